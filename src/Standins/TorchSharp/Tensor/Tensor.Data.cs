using TorchSharp.Native;
using TorchSharp.Utils;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>The elements; a copy on the CPU where the tensor lives elsewhere.</summary>
        /// <exception cref="ArgumentException">The .NET type does not fit the tensor's type.</exception>
        public TensorAccessor<T> data<T>()
            where T : unmanaged
        {
            RequireElementType(typeof(T));
            return new TensorAccessor<T>(device_type == DeviceType.CPU ? this : cpu());
        }

        public T item<T>()
            where T : unmanaged
        {
            if (NumberOfElements != 1)
            {
                throw new ArgumentException("Number of elements in the tensor must be 1");
            }

            return data<T>()[0];
        }

        public Scalar ToScalar() => Operators.CallScalar("_local_scalar_dense", this);

        /// <summary>The memory of a contiguous CPU tensor.</summary>
        public unsafe Span<byte> bytes
        {
            get => new((void*)ContiguousData(), checked((int)(NumberOfElements * ElementSize)));

            set
            {
                if (value.Length != NumberOfElements * ElementSize)
                {
                    throw new ArgumentException("Mismatched data sizes in SetBytes().");
                }

                value.CopyTo(new Span<byte>((void*)ContiguousData(), value.Length));
            }
        }

        public unsafe void WriteBytesToStream(Stream stream, int bufferSize = 1024)
        {
            byte* data = (byte*)ContiguousData();
            long total = NumberOfElements * ElementSize;
            for (long written = 0; written < total; written += 1 << 20)
            {
                stream.Write(new ReadOnlySpan<byte>(data + written, (int)Math.Min(1 << 20, total - written)));
            }

            GC.KeepAlive(this);
        }

        public unsafe void ReadBytesFromStream(Stream stream, int bufferSize = 1024)
        {
            byte* data = (byte*)ContiguousData();
            long total = NumberOfElements * ElementSize;
            for (long read = 0; read < total; read += 1 << 20)
            {
                stream.ReadExactly(new Span<byte>(data + read, (int)Math.Min(1 << 20, total - read)));
            }

            GC.KeepAlive(this);
        }

        public double ReadCpuDouble(long i) => ReadCpuValue<double>(i);

        public float ReadCpuSingle(long i) => ReadCpuValue<float>(i);

        public int ReadCpuInt32(long i) => ReadCpuValue<int>(i);

        public long ReadCpuInt64(long i) => ReadCpuValue<long>(i);

        public byte ReadCpuByte(long i) => ReadCpuValue<byte>(i);

        public sbyte ReadCpuSByte(long i) => ReadCpuValue<sbyte>(i);

        public short ReadCpuInt16(long i) => ReadCpuValue<short>(i);

        public bool ReadCpuBool(long i) => ReadCpuValue<bool>(i);

        public T ReadCpuValue<T>(long i)
            where T : unmanaged
        {
            RequireElementType(typeof(T));
            return new TensorAccessor<T>(this)[i];
        }

        public static explicit operator float(Tensor value) => value.ToSingle();

        public static explicit operator double(Tensor value) => value.ToDouble();

        public static explicit operator sbyte(Tensor value) => value.ToSByte();

        public static explicit operator byte(Tensor value) => value.ToByte();

        public static explicit operator short(Tensor value) => value.ToInt16();

        public static explicit operator int(Tensor value) => value.ToInt32();

        public static explicit operator long(Tensor value) => value.ToInt64();

        public static explicit operator bool(Tensor value) => value.ToBoolean();

        internal static Type ElementType(ScalarType type) => type switch
        {
            ScalarType.Byte => typeof(byte),
            ScalarType.Int8 => typeof(sbyte),
            ScalarType.Int16 => typeof(short),
            ScalarType.Int32 => typeof(int),
            ScalarType.Int64 => typeof(long),
            ScalarType.Float16 => typeof(Half),
            ScalarType.Float32 => typeof(float),
            ScalarType.Float64 => typeof(double),
            ScalarType.Bool => typeof(bool),
            _ => throw new NotSupportedException($"This stand-in does not read elements of type {type}."),
        };

        private void RequireElementType(Type type)
        {
            if (ElementType(dtype) != type)
            {
                throw new ArgumentException($"{type.Name} is not compatible with {dtype}");
            }
        }

        private nint ContiguousData()
        {
            if (!is_contiguous())
            {
                throw new InvalidOperationException("The bytes of a tensor can be had only where it is contiguous.");
            }

            if (device_type != DeviceType.CPU)
            {
                throw new InvalidOperationException("Elements can be read on the CPU only; move the tensor there first.");
            }

            return Bridge.faithful_data(Handle);
        }
    }
}
