using TorchSharp.Native;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        public bool requires_grad
        {
            get
            {
                bool value = Bridge.faithful_requires_grad(Handle) != 0;
                GC.KeepAlive(this);
                return value;
            }

            set
            {
                Bridge.Check(Bridge.faithful_set_requires_grad(Handle, value ? (byte)1 : (byte)0));
                GC.KeepAlive(this);
            }
        }

        public bool is_leaf
        {
            get
            {
                bool value = Bridge.faithful_is_leaf(Handle) != 0;
                GC.KeepAlive(this);
                return value;
            }
        }

        /// <summary>The accumulated gradient; null before the first backward pass.</summary>
        public Tensor? grad
        {
            get
            {
                nint found = Bridge.faithful_grad(Handle);
                GC.KeepAlive(this);
                return found == 0 ? null : new Tensor(found);
            }

            set
            {
                Bridge.Check(Bridge.faithful_set_grad(Handle, value is null ? 0 : value.Handle));
                GC.KeepAlive(this);
                GC.KeepAlive(value);
            }
        }

        public Tensor requires_grad_(bool requires_grad = true)
        {
            this.requires_grad = requires_grad;
            return this;
        }

        public Tensor with_requires_grad(bool requires_grad = true) => requires_grad_(requires_grad);

        public void retain_grad()
        {
            Bridge.Check(Bridge.faithful_retain_grad(Handle));
            GC.KeepAlive(this);
        }

        public Tensor detach() => Operators.Call("detach", this);

        public Tensor detach_()
        {
            Operators.Run("detach_", this);
            return this;
        }

        public void backward() => autograd.backward([this]);

        public void backward(
            IList<Tensor>? grad_tensors = null, bool retain_graph = false, bool create_graph = false, IList<Tensor>? inputs = null) =>
            autograd.backward([this], grad_tensors, retain_graph, create_graph, inputs);
    }
}
