using System.Runtime.CompilerServices;
using TorchSharp.Native;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        [IndexerName("TensorItems")]
        public Tensor this[params TensorIndex[] indices]
        {
            get => index(indices);
            set => index_put_(value, indices);
        }

        [IndexerName("TensorItems")]
        public Tensor this[params Tensor[] indices]
        {
            get => index(indices);
            set => index_put_(value, indices);
        }

        [IndexerName("TensorItems")]
        public Tensor this[long i1]
        {
            get => select(0, i1);
            set => index_put_(value, Singles(i1));
        }

        [IndexerName("TensorItems")]
        public Tensor this[long i1, long i2]
        {
            get => index(Singles(i1, i2));
            set => index_put_(value, Singles(i1, i2));
        }

        [IndexerName("TensorItems")]
        public Tensor this[long i1, long i2, long i3]
        {
            get => index(Singles(i1, i2, i3));
            set => index_put_(value, Singles(i1, i2, i3));
        }

        [IndexerName("TensorItems")]
        public Tensor this[long i1, long i2, long i3, long i4]
        {
            get => index(Singles(i1, i2, i3, i4));
            set => index_put_(value, Singles(i1, i2, i3, i4));
        }

        [IndexerName("TensorItems")]
        public Tensor this[params long[] indices]
        {
            get => index(Singles(indices));
            set => index_put_(value, Singles(indices));
        }

        public unsafe Tensor index(params TensorIndex[] indices)
        {
            fixed (NativeIndex* places = Places(indices))
            {
                nint found = Bridge.Check(Bridge.faithful_index(Handle, places, indices.Length));
                GC.KeepAlive(this);
                GC.KeepAlive(indices);
                return new Tensor(found);
            }
        }

        public Tensor index(params Tensor[] indices) => Operators.Call("index.Tensor", this, Argument.Optional(indices));

        public Tensor index_put_(Tensor value, params TensorIndex[] indices) => index_put_(value, indices, false);

        public unsafe Tensor index_put_(Tensor value, TensorIndex[] indices, bool accumulate = false)
        {
            if (accumulate)
            {
                return index_put_(value, [.. indices.Select(index => index.Indices ?? throw new ArgumentException("Only indices that are tensors can accumulate."))], true);
            }

            fixed (NativeIndex* places = Places(indices))
            {
                Bridge.Check(Bridge.faithful_index_put(Handle, places, indices.Length, value.Handle));
                GC.KeepAlive(this);
                GC.KeepAlive(indices);
                GC.KeepAlive(value);
                return this;
            }
        }

        public Tensor index_put_(Tensor value, params Tensor[] indices) => index_put_(value, indices, false);

        public Tensor index_put_(Tensor value, Tensor[] indices, bool accumulate = false)
        {
            Operators.Run("index_put_", this, Argument.Optional(indices), value, accumulate);
            return this;
        }

        public Tensor index_put_(Scalar value, params TensorIndex[] indices)
        {
            using Tensor number = Operators.Call("full", Array.Empty<long>(), value, dtype, Argument.Default, device);
            return index_put_(number, indices, false);
        }

        public Tensor index_put_(Scalar value, params Tensor[] indices)
        {
            using Tensor number = Operators.Call("full", Array.Empty<long>(), value, dtype, Argument.Default, device);
            return index_put_(number, indices, false);
        }

        private static TensorIndex[] Singles(params long[] indices) => Array.ConvertAll(indices, static index => TensorIndex.Single(index));

        private static NativeIndex[] Places(TensorIndex[] indices) => Array.ConvertAll(indices, static index => new NativeIndex
        {
            Kind = (long)index.Kind,
            Start = index.Start ?? long.MinValue,
            Stop = index.Stop ?? long.MinValue,
            Step = index.Step ?? long.MinValue,
            Tensor = index.Indices is Tensor tensor ? tensor.Handle : 0,
        });
    }
}
