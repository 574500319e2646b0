using TorchSharp;
using static TorchSharp.torch;

namespace Faithful.Standins.Tests.Torch;

/// <summary>Every derivative equals the central difference in float64.</summary>
public sealed class GradientTests
{
    private const double Step = 1e-6;
    private const double Tolerance = 1e-6;

    public static TheoryData<string, int[]> Functions => new()
    {
        { "sin", [3, 4] }, { "cos", [3, 4] }, { "exp", [5] }, { "log", [5] }, { "sqrt", [5] }, { "abs", [5] }, { "tanh", [5] }, { "sigmoid", [5] },
        { "silu", [5] }, { "gelu", [5] }, { "leaky_relu", [5] }, { "softplus", [5] }, { "pow", [5] }, { "reciprocal", [5] }, { "rsqrt", [5] },
        { "softmax", [3, 4] }, { "log_softmax", [3, 4] }, { "logsumexp", [3, 4] }, { "cumsum", [3, 4] }, { "layer_norm", [3, 4] },
        { "mean", [3, 4] }, { "amax", [3, 4] }, { "norm", [3, 4] }, { "var", [3, 4] }, { "clamp", [5] }, { "maximum", [5] }, { "where", [5] }, { "lerp", [5] },
        { "matmul", [3, 4] }, { "mm", [3, 4] }, { "linear", [3, 4] }, { "einsum", [3, 4] }, { "bmm", [2, 3, 4] }, { "addmm", [3, 3] }, { "attention", [2, 3, 4] },
        { "index_select", [4, 2] }, { "index_add", [3, 2] }, { "scatter_add", [3, 2] }, { "gather", [3, 4] }, { "repeat_interleave", [3, 2] },
        { "slices", [4, 6] }, { "masked_fill", [5] }, { "cat", [3, 2] }, { "stack", [3, 2] }, { "permute", [2, 3, 4] }, { "expand", [1, 4] }, { "chunk", [4, 2] },
        { "circular_pad", [1, 2, 3, 3, 3] }, { "conv3d", [1, 2, 3, 3, 3] }, { "conv_transpose3d", [1, 2, 2, 2, 2] }, { "embedding", [5, 3] },
        { "cross_entropy", [4, 3] }, { "l1_loss", [5] }, { "mse_loss", [5] }, { "smooth_l1_loss", [5] },
    };

    [Theory]
    [MemberData(nameof(Functions))]
    public void The_gradient_equals_the_central_difference(string name, int[] shape)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor x = Positive([.. shape.Select(size => (long)size)]).requires_grad_();
        Tensor weights = Fixed(Apply(name, x).shape, 7);
        (Apply(name, x) * weights).sum().backward();
        double[] gradient = x.grad!.reshape(-1).data<double>().ToArray();
        double[] start = x.detach().reshape(-1).data<double>().ToArray();
        for (int i = 0; i < start.Length; i++)
        {
            double difference = (Value(i, Step) - Value(i, -Step)) / (2 * Step);
            Assert.Equal(difference, gradient[i], Tolerance * Math.Max(1, Math.Abs(difference)));
        }

        double Value(int place, double step)
        {
            using DisposeScope inner = NewDisposeScope();
            double[] moved = [.. start];
            moved[place] += step;
            return (Apply(name, tensor(moved).reshape(x.shape)) * weights).sum().ToDouble();
        }
    }

    [Fact]
    public void A_second_derivative_comes_from_a_graph_of_the_first()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor x = tensor(new[] { 0.3, 1.2, -0.7 }).requires_grad_();
        Tensor first = autograd.grad([x.pow(4).sum()], [x], create_graph: true)[0];
        Tensor second = autograd.grad([first.sum()], [x])[0];
        Assert.True(second.allclose(12 * x.detach().pow(2)));
    }

    [Fact]
    public void Gradients_accumulate_until_they_are_cleared()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor x = ones(3).requires_grad_();
        (2 * x).sum().backward();
        (3 * x).sum().backward();
        Assert.Equal([5f, 5f, 5f], x.grad!.data<float>().ToArray());
        x.grad = null;
        Assert.True(x.grad is null);
    }

    [Fact]
    public void Nothing_is_recorded_where_gradients_are_off()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor x = ones(3).requires_grad_();
        using (no_grad())
        {
            Assert.False(is_grad_enabled());
            Assert.False((x * 2).requires_grad);
            using (enable_grad())
            {
                Assert.True((x * 2).requires_grad);
            }
        }

        Assert.True(is_grad_enabled());
        Assert.True((x * 2).requires_grad);
        Assert.False((x * 2).detach().requires_grad);
        using (inference_mode())
        {
            Assert.False((x * 2).requires_grad);
        }
    }

    [Fact]
    public void Views_of_one_flat_parameter_send_their_gradients_home()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor flat = arange(6, ScalarType.Float64).requires_grad_();
        Tensor matrix = flat.narrow(0, 0, 4).view(2, 2);
        Tensor bias = flat.narrow(0, 4, 2);
        nn.functional.linear(ones([1, 2], ScalarType.Float64), matrix, bias).sum().backward();
        Assert.Equal([1.0, 1, 1, 1, 1, 1], flat.grad!.data<double>().ToArray());
    }

    private static Tensor Apply(string name, Tensor x) => name switch
    {
        "sin" => x.sin(),
        "cos" => x.cos(),
        "exp" => x.exp(),
        "log" => x.log(),
        "sqrt" => x.sqrt(),
        "abs" => (x - 1.3).abs(),
        "tanh" => x.tanh(),
        "sigmoid" => x.sigmoid(),
        "silu" => nn.functional.silu(x),
        "gelu" => nn.functional.gelu(x),
        "leaky_relu" => nn.functional.leaky_relu(x - 1.3, 0.2),
        "softplus" => nn.functional.softplus(x),
        "pow" => x.pow(3),
        "reciprocal" => 1 / x,
        "rsqrt" => x.rsqrt(),
        "softmax" => x.softmax(-1),
        "log_softmax" => nn.functional.log_softmax(x, -1),
        "logsumexp" => logsumexp(x, 1),
        "cumsum" => x.cumsum(0),
        "layer_norm" => nn.functional.layer_norm(x, [4], Fixed([4], 1), Fixed([4], 2)),
        "mean" => x.mean([0]),
        "amax" => x.amax([1]),
        "norm" => x.norm(1),
        "var" => x.var(1),
        "clamp" => x.clamp(0.4, 2.0),
        "maximum" => maximum(x, Fixed(x.shape, 3) + 1),
        "where" => where(x > 1.1, x * x, x.sin()),
        "lerp" => x.lerp(Fixed(x.shape, 1), Fixed(x.shape, 2)),
        "matmul" => matmul(x, Fixed([4, 2], 1)),
        "mm" => mm(x, Fixed([4, 2], 1)),
        "linear" => nn.functional.linear(x, Fixed([2, 4], 1), Fixed([2], 2)),
        "einsum" => einsum("ij,jk->ki", x, Fixed([4, 2], 1)),
        "bmm" => bmm(x, Fixed([2, 4, 2], 1)),
        "addmm" => x.addmm(Fixed([3, 2], 1), Fixed([2, 3], 2), 0.5f, 2f),
        "attention" => nn.functional.scaled_dot_product_attention(x, x.sin(), x * 2),
        "index_select" => x.index_select(0, tensor(new long[] { 2, 0, 2 })),
        "index_add" => zeros([2, 2], ScalarType.Float64).index_add(0, tensor(new long[] { 1, 0, 1 }), x, 1),
        "scatter_add" => zeros([2, 2], ScalarType.Float64).scatter_add(0, tensor(new long[,] { { 1, 0 }, { 0, 1 }, { 1, 1 } }), x),
        "gather" => x.gather(1, tensor(new long[,] { { 0, 0 }, { 3, 1 }, { 2, 2 } })),
        "repeat_interleave" => x.repeat_interleave(tensor(new long[] { 2, 0, 3 }), 0, 5),
        "slices" => x[TensorIndex.Slice(1, null, 2), TensorIndex.Ellipsis, TensorIndex.Slice(null, 3)],
        "masked_fill" => x.masked_fill(x > 1.1, 0) * x,
        "cat" => cat([x, x * 2], 1),
        "stack" => stack([x, x * 2], 1),
        "permute" => x.permute(2, 0, 1).contiguous().transpose(0, 1).flatten(1),
        "expand" => x.expand(3, 4) * Fixed([3, 4], 1),
        "chunk" => x.chunk(2)[1] * x.split(2)[0],
        "circular_pad" => nn.functional.pad(x, [1, 1, 1, 1, 1, 1], PaddingModes.Circular),
        "conv3d" => nn.functional.conv3d(x, Fixed([3, 2, 2, 2, 2], 1), Fixed([3], 2), [1, 1, 1], [1, 1, 1]),
        "conv_transpose3d" => nn.functional.conv_transpose3d(x, Fixed([2, 3, 2, 2, 2], 1), Fixed([3], 2), [2, 2, 2]),
        "embedding" => x[tensor(new long[] { 4, 0, 0, 2 })],
        "cross_entropy" => nn.functional.cross_entropy(x, tensor(new long[] { 2, 0, 1, 1 }), label_smoothing: 0.1),
        "l1_loss" => nn.functional.l1_loss(x, Fixed(x.shape, 1)),
        "mse_loss" => nn.functional.mse_loss(x, Fixed(x.shape, 1)),
        "smooth_l1_loss" => nn.functional.smooth_l1_loss(x, Fixed(x.shape, 1), beta: 0.5),
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, null),
    };

    // Distinct values in (0.2, 2.2), away from every kink above.
    private static Tensor Positive(long[] shape)
    {
        long count = shape.Aggregate(1L, (product, size) => product * size);
        return tensor(Enumerable.Range(0, (int)count).Select(i => 0.2 + (2.0 * ((((i * 37) + 11) % 101) + 0.5) / 101)).ToArray()).reshape(shape);
    }

    // Values in (-1, 1) that depend on a number only.
    private static Tensor Fixed(long[] shape, int number)
    {
        long count = shape.Aggregate(1L, (product, size) => product * size);
        return tensor(Enumerable.Range(0, (int)count).Select(i => Math.Sin((number * 1.7) + (i * 0.9))).ToArray()).reshape(shape);
    }
}
