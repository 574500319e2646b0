using TorchSharp.Native;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>
    /// A tensor of libtorch. It owns one reference to the native tensor until it is disposed, by hand, by its
    /// <see cref="DisposeScope"/> or by the garbage collector.
    /// </summary>
    public partial class Tensor : IDisposable
    {
        private static long totalCount;
        private static long peakCount;
        private nint handle;

        internal Tensor(nint handle, bool register = true)
        {
            this.handle = handle;
            long total = Interlocked.Increment(ref totalCount);
            peakCount = Math.Max(total, peakCount);
            if (register)
            {
                OwningDisposeScope = DisposeScopeManager.OfThread.Register(this);
            }
        }

        ~Tensor() => Dispose(false);

        public static long TotalCount => totalCount;

        public static long PeakCount => peakCount;

        public string? name { get; set; }

        public bool IsInvalid => handle == 0;

        /// <summary>The native tensor. A disposed tensor has none.</summary>
        /// <exception cref="InvalidOperationException">The tensor was disposed.</exception>
        public IntPtr Handle => handle != 0 ? handle : throw new InvalidOperationException("Tensor invalid: it has been disposed.");

        internal DisposeScope? OwningDisposeScope { get; set; }

        public long Dimensions => Describe().Dimensions;

        public long ndim => Describe().Dimensions;

        public long NumberOfElements => Describe().Elements;

        public long ElementSize => Describe().ElementSize;

        public ScalarType dtype => (ScalarType)Describe().ScalarType;

        public DeviceType device_type => (DeviceType)Describe().DeviceType;

        public int device_index => Describe().DeviceIndex;

        public Device device
        {
            get
            {
                TensorDescription description = Describe();
                var type = (DeviceType)description.DeviceType;
                return type == DeviceType.CPU ? new Device(DeviceType.CPU) : new Device(type, description.DeviceIndex);
            }
        }

        public bool is_cuda => device_type == DeviceType.CUDA;

        public bool is_meta => device_type == DeviceType.META;

        public unsafe long[] shape
        {
            get
            {
                TensorDescription description = Describe();
                long[] sizes = new ReadOnlySpan<long>(description.Sizes, (int)description.Dimensions).ToArray();
                GC.KeepAlive(this);
                return sizes;
            }
        }

        public void Dispose()
        {
            Dispose(true);
            GC.SuppressFinalize(this);
        }

        public Tensor MoveToOuterDisposeScope()
        {
            OwningDisposeScope?.MoveToOuter(this);
            return this;
        }

        public Tensor DetachFromDisposeScope()
        {
            OwningDisposeScope?.Detach(this);
            return this;
        }

        public Tensor MoveToOtherDisposeScope(Tensor other) => MoveToOtherDisposeScope(other.OwningDisposeScope);

        public Tensor MoveToOtherDisposeScope(DisposeScope? other)
        {
            if (OwningDisposeScope is null)
            {
                other?.Attach(this);
            }
            else
            {
                OwningDisposeScope.MoveToOther(other, this);
            }

            return this;
        }

        public long dim() => Describe().Dimensions;

        public long numel() => Describe().Elements;

        public long element_size() => Describe().ElementSize;

        public long[] size() => shape;

        public unsafe long size(int dim)
        {
            TensorDescription description = Describe();
            long size = description.Sizes[WithinRank(dim, description.Dimensions)];
            GC.KeepAlive(this);
            return size;
        }

        public unsafe long[] stride()
        {
            TensorDescription description = Describe();
            long[] strides = new ReadOnlySpan<long>(description.Strides, (int)description.Dimensions).ToArray();
            GC.KeepAlive(this);
            return strides;
        }

        public long stride(int dim)
        {
            long[] strides = stride();
            return strides[WithinRank(dim, strides.Length)];
        }

        public long storage_offset() => Describe().StorageOffset;

        public bool is_cpu() => device_type == DeviceType.CPU;

        public bool is_integral() => torch.is_integral(dtype);

        public bool is_floating_point() => torch.is_floating_point(dtype);

        public bool is_complex() => torch.is_complex(dtype);

        public bool is_contiguous()
        {
            long[] sizes = shape;
            long[] strides = stride();
            long expected = 1;
            for (int i = sizes.Length - 1; i >= 0; i--)
            {
                if (sizes[i] != 1 && strides[i] != expected && !sizes.Contains(0))
                {
                    return false;
                }

                expected *= sizes[i];
            }

            return true;
        }

        public override bool Equals(object? obj) => obj is Tensor other && Equals(other);

        /// <summary>Whether both have the same shape and the same elements.</summary>
        public bool Equals(Tensor target) => Operators.CallScalar("equal", this, target).AsInteger() != 0;

        public override int GetHashCode() => base.GetHashCode();

        public override string ToString()
        {
            if (handle == 0)
            {
                return "[disposed tensor]";
            }

            string sizes = string.Join("x", shape);
            return $"[{(sizes.Length == 0 ? string.Empty : sizes)}], type = {dtype}, device = {device}";
        }

        /// <summary>Takes the native tensor away from this object, for another owner, and its place in its scope too.</summary>
        internal nint GiveTo(out DisposeScope? scope)
        {
            nint taken = Handle;
            scope = OwningDisposeScope;
            scope?.MarkAsDisposed(this);
            Interlocked.Decrement(ref totalCount);
            handle = 0;
            GC.SuppressFinalize(this);
            return taken;
        }

        protected virtual void Dispose(bool disposing)
        {
            nint owned = Interlocked.Exchange(ref handle, 0);
            if (owned == 0)
            {
                return;
            }

            DisposeScopeManager.OfThread.CountDisposed(OwningDisposeScope is not null);
            if (disposing)
            {
                OwningDisposeScope?.MarkAsDisposed(this);
            }

            Interlocked.Decrement(ref totalCount);
            Bridge.faithful_release(owned);
        }

        internal unsafe TensorDescription Describe()
        {
            TensorDescription description;
            Bridge.Check(Bridge.faithful_describe(Handle, &description));
            GC.KeepAlive(this);
            return description;
        }

        private static long WithinRank(int dimension, long rank)
        {
            if (dimension < -rank || dimension >= rank)
            {
                throw new System.Runtime.InteropServices.ExternalException(
                    $"Dimension out of range (expected to be in range of [{-rank}, {rank - 1}], but got {dimension})");
            }

            return dimension < 0 ? dimension + rank : dimension;
        }
    }
}
