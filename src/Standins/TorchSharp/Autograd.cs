using TorchSharp.Native;

namespace TorchSharp;

/// <summary>Turns the recording of gradients on or off until it is disposed.</summary>
internal sealed class AutoGradMode : IDisposable
{
    private readonly bool before = IsEnabled;

    public AutoGradMode(bool enabled) => Set(enabled);

    public static bool IsEnabled => Bridge.faithful_grad_mode() != 0;

    public void Dispose() => Set(before);

    private static void Set(bool enabled) => Bridge.faithful_set_grad_mode(enabled ? (byte)1 : (byte)0);
}

/// <summary>Inference mode until it is disposed.</summary>
internal sealed class InferenceMode : IDisposable
{
    private nint guard;

    public InferenceMode(bool mode) => guard = Bridge.faithful_enter_inference_mode(mode ? (byte)1 : (byte)0);

    public void Dispose()
    {
        if (guard != 0)
        {
            Bridge.faithful_leave_inference_mode(guard);
            guard = 0;
        }
    }
}

public static partial class torch
{
    public static IDisposable no_grad() => new AutoGradMode(false);

    public static IDisposable enable_grad(bool enabled = true) => new AutoGradMode(enabled);

    public static IDisposable set_grad_enabled(bool mode = true) => new AutoGradMode(mode);

    public static IDisposable inference_mode(bool mode = true) => new InferenceMode(mode);

    public static bool is_grad_enabled() => AutoGradMode.IsEnabled;

    public static bool is_inference_mode_enabled() => Bridge.faithful_inference_mode() != 0;

    /// <summary>Reverse-mode differentiation.</summary>
    public static partial class autograd
    {
        /// <summary>Accumulates gradients into the leaves of the graph, or into <paramref name="inputs"/> only.</summary>
        public static unsafe void backward(
            IList<Tensor> tensors, IList<Tensor>? grad_tensors = null, bool? retain_graph = null, bool create_graph = false, IList<Tensor>? inputs = null)
        {
            nint[] roots = Handles(tensors);
            nint[] grads = grad_tensors is null ? new nint[roots.Length] : Handles(grad_tensors);
            nint[] leaves = inputs is null ? [] : Handles(inputs);
            fixed (nint* root = roots, grad = grads, leaf = leaves)
            {
                Bridge.Check(Bridge.faithful_backward(root, grad, roots.Length, Flag(retain_graph ?? create_graph), Flag(create_graph), leaf, leaves.Length));
            }

            GC.KeepAlive(tensors);
            GC.KeepAlive(grad_tensors);
            GC.KeepAlive(inputs);
        }

        public static void backward(
            Tensor tensor, IList<Tensor>? grad_tensors = null, bool? retain_graph = null, bool create_graph = false, IList<Tensor>? inputs = null) =>
            backward([tensor], grad_tensors, retain_graph, create_graph, inputs);

        public static void backward(
            Tensor tensor, Tensor grad_tensor, bool? retain_graph = null, bool create_graph = false, IList<Tensor>? inputs = null) =>
            backward([tensor], [grad_tensor], retain_graph, create_graph, inputs);

        /// <summary>Gradients of the outputs with respect to the inputs; nothing is accumulated. Null where unused.</summary>
        public static unsafe IList<Tensor> grad(
            IList<Tensor> outputs, IList<Tensor> inputs, IList<Tensor>? grad_outputs = null, bool retain_graph = false, bool create_graph = false, bool allow_unused = false)
        {
            nint[] roots = Handles(outputs);
            nint[] grads = grad_outputs is null ? new nint[roots.Length] : Handles(grad_outputs);
            nint[] leaves = Handles(inputs);
            nint[] found = new nint[leaves.Length];
            fixed (nint* root = roots, grad = grads, leaf = leaves, result = found)
            {
                Bridge.Check(Bridge.faithful_gradients(
                    root, grad, roots.Length, leaf, leaves.Length, Flag(retain_graph || create_graph), Flag(create_graph), Flag(allow_unused), result));
            }

            GC.KeepAlive(outputs);
            GC.KeepAlive(inputs);
            GC.KeepAlive(grad_outputs);
            return found.Select(handle => handle == 0 ? null! : new Tensor(handle)).ToArray();
        }

        private static nint[] Handles(IList<Tensor> tensors) => tensors.Select(tensor => tensor.Handle).ToArray();

        private static byte Flag(bool value) => value ? (byte)1 : (byte)0;
    }
}
