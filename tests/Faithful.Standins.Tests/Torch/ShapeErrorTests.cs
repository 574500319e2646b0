using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace Faithful.Standins.Tests.Torch;

/// <summary>A wrong shape, type or index is a managed exception with libtorch's words, and the process lives on.</summary>
public sealed class ShapeErrorTests
{
    public static TheoryData<string> Mistakes =>
    [
        "add", "mul_", "mm", "bmm", "linear", "addmm", "einsum", "layer_norm", "conv3d", "cat", "stack", "reshape", "view", "expand", "permute", "transpose",
        "index_select", "index_select type", "gather", "scatter_add", "index_add", "index_add_", "select", "narrow", "squeeze", "softmax", "cumsum", "sum", "amax", "copy_", "masked_fill",
        "repeat_interleave", "one_hot", "cross_entropy", "mse_loss", "number index", "tensor index", "backward", "requires_grad", "pad", "lerp", "where", "split", "chunk", "unsqueeze", "max",
    ];

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void A_mistake_is_an_exception(string name)
    {
        using DisposeScope scope = NewDisposeScope();
        var error = Assert.Throws<ExternalException>(() => Make(name));
        Assert.NotEmpty(error.Message);
        Assert.Equal(4f, ones(2, 2).sum().item<float>());
    }

    [Fact]
    public void The_message_names_the_shapes()
    {
        using DisposeScope scope = NewDisposeScope();
        var error = Assert.Throws<ExternalException>(() => mm(ones(2, 3), ones(4, 5)));
        Assert.Contains("2x3", error.Message, StringComparison.Ordinal);
        Assert.Contains("4x5", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_disposed_tensor_says_so()
    {
        Tensor x = ones(2);
        x.Dispose();
        Assert.True(x.IsInvalid);
        Assert.Throws<InvalidOperationException>(() => x + 1);
        Assert.Throws<InvalidOperationException>(() => ones(2) + x);
        x.Dispose();
    }

    private static Tensor Make(string name)
    {
        Tensor a = ones(2, 3);
        Tensor b = ones(4, 5);
        Tensor wrong = tensor(new long[] { 9 });
        return name switch
        {
            "add" => a + b,
            "mul_" => a.mul_(b),
            "mm" => mm(a, b),
            "bmm" => bmm(ones(2, 3, 4), ones(2, 3, 4)),
            "linear" => nn.functional.linear(a, b),
            "addmm" => a.addmm(a, b),
            "einsum" => einsum("ij,jk->ik", a, b),
            "layer_norm" => nn.functional.layer_norm(a, [4]),
            "conv3d" => nn.functional.conv3d(ones(1, 2, 3, 3), ones([2, 3, 1, 1, 1])),
            "cat" => cat([a, b]),
            "stack" => stack([a, b]),
            "reshape" => a.reshape(5),
            "view" => a.t().view(6),
            "expand" => a.expand(2, 4),
            "permute" => a.permute(0, 0),
            "transpose" => a.transpose(0, 5),
            "index_select" => a.index_select(0, wrong),
            "index_select type" => a.index_select(0, ones(2)),
            "gather" => a.gather(1, wrong),
            "scatter_add" => a.scatter_add(0, wrong, b),
            "index_add" => a.index_add(0, tensor(new long[] { 0, 1 }), b, 1),
            "index_add_" => a.index_add_(0, wrong, ones(1, 3), 1),
            "select" => a.select(0, 7),
            "narrow" => a.narrow(1, 2, 5),
            "squeeze" => a.squeeze(4),
            "softmax" => a.softmax(3),
            "cumsum" => a.cumsum(2),
            "sum" => a.sum(5),
            "amax" => ones(0, 3).amax([0]),
            "copy_" => a.copy_(b),
            "masked_fill" => a.masked_fill(ones(5, ScalarType.Bool), 1),
            "repeat_interleave" => a.repeat_interleave(tensor(new long[] { 1, 2, 3 }), 0),
            "one_hot" => nn.functional.one_hot(tensor(new long[] { 3 }), 2),
            "cross_entropy" => nn.functional.cross_entropy(a, tensor(new long[] { 0, 1, 2 })),
            "mse_loss" => nn.functional.mse_loss(a, b),
            "number index" => a[0, 9],
            "tensor index" => a[TensorIndex.Tensor(wrong)].cpu(),
            "backward" => Backward(a),
            "requires_grad" => arange(3).requires_grad_(),
            "pad" => nn.functional.pad(a, [1, 1, 1, 1, 1, 1], PaddingModes.Circular),
            "lerp" => a.lerp(b, a),
            "where" => where(ones(2, ScalarType.Bool), a, b),
            "split" => a.split(new long[] { 1, 5 }, 0)[0],
            "chunk" => a.chunk(0)[0],
            "unsqueeze" => a.unsqueeze(9),
            "max" => maximum(a, b),
            _ => throw new ArgumentOutOfRangeException(nameof(name), name, null),
        };
    }

    private static Tensor Backward(Tensor tensor)
    {
        tensor.requires_grad_();
        (tensor * 2).backward();
        return tensor;
    }
}
