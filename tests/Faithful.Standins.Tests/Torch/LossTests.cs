using TorchSharp;
using static TorchSharp.torch;

namespace Faithful.Standins.Tests.Torch;

/// <summary>Losses against their formulas, in every reduction.</summary>
public sealed class LossTests
{
    private static readonly double[][] Logits = [[0.2, -1.3, 0.7], [1.1, 0.4, -0.6], [-0.3, 0.9, 2.0], [0, 0, 0]];
    private static readonly long[] Classes = [2, 0, 1, 1];

    [Fact]
    public void Cross_entropy_is_the_mean_negative_log_probability()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor logits = tensor(Logits.SelectMany(row => row).ToArray()).reshape(4, 3);
        Tensor classes = tensor(Classes);
        double[] each = [.. Logits.Select((row, i) => Math.Log(row.Sum(Math.Exp)) - row[Classes[i]])];
        Assert.Equal(each.Average(), nn.functional.cross_entropy(logits, classes).item<double>(), 1e-12);
        Assert.Equal(each.Sum(), nn.functional.cross_entropy(logits, classes, reduction: nn.Reduction.Sum).item<double>(), 1e-12);
        Assert.Equal(each, nn.functional.cross_entropy(logits, classes, reduction: nn.Reduction.None).data<double>().ToArray(), (a, b) => Math.Abs(a - b) < 1e-12);
        using var module = nn.CrossEntropyLoss();
        Assert.Equal(each.Average(), module.call(logits, classes).item<double>(), 1e-12);
        Assert.Equal(each.Average(), nn.functional.nll_loss(logits.log_softmax(1), classes).item<double>(), 1e-12);
        Assert.Equal((each[0] + each[1]) / 2, nn.functional.cross_entropy(logits, classes, ignore_index: 1).item<double>(), 1e-12);
    }

    [Fact]
    public void Class_weights_and_smoothing_enter_as_published()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor logits = tensor(Logits.SelectMany(row => row).ToArray()).reshape(4, 3);
        double[] weights = [0.5, 2, 1];
        double[] each = [.. Logits.Select((row, i) => Math.Log(row.Sum(Math.Exp)) - row[Classes[i]])];
        double weighted = each.Select((loss, i) => loss * weights[Classes[i]]).Sum() / Classes.Sum(label => weights[label]);
        Assert.Equal(weighted, nn.functional.cross_entropy(logits, tensor(Classes), tensor(weights)).item<double>(), 1e-12);
        double spread = Logits.Select(row => (3 * Math.Log(row.Sum(Math.Exp))) - row.Sum()).Average() / 3;
        Assert.Equal((0.9 * each.Average()) + (0.1 * spread), nn.functional.cross_entropy(logits, tensor(Classes), label_smoothing: 0.1).item<double>(), 1e-12);
    }

    [Fact]
    public void Errors_follow_their_formulas()
    {
        using DisposeScope scope = NewDisposeScope();
        double[] differences = [0.5, -2, 0.1];
        Tensor prediction = tensor(differences);
        Tensor zero = zeros([3], ScalarType.Float64);
        using var absolute = nn.L1Loss();
        using var squared = nn.MSELoss(nn.Reduction.Sum);
        using var smooth = nn.SmoothL1Loss();
        Assert.Equal(differences.Average(Math.Abs), absolute.call(prediction, zero).item<double>(), 1e-12);
        Assert.Equal(differences.Sum(x => x * x), squared.call(prediction, zero).item<double>(), 1e-12);
        Assert.Equal(differences.Average(x => Math.Abs(x) < 1 ? x * x / 2 : Math.Abs(x) - 0.5), smooth.call(prediction, zero).item<double>(), 1e-12);
        Assert.Equal(differences.Average(x => Math.Abs(x) < 1 ? x * x / 2 : Math.Abs(x) - 0.5), nn.functional.huber_loss(prediction, zero).item<double>(), 1e-12);
    }

    [Fact]
    public void Attention_is_a_softmax_over_keys()
    {
        using DisposeScope scope = NewDisposeScope();
        manual_seed(3);
        Tensor query = randn([2, 3, 4], ScalarType.Float64);
        Tensor key = randn([2, 5, 4], ScalarType.Float64);
        Tensor value = randn([2, 5, 6], ScalarType.Float64);
        Tensor scores = bmm(query, key.transpose(1, 2)) / 2;
        Assert.True(nn.functional.scaled_dot_product_attention(query, key, value).allclose(bmm(scores.softmax(-1), value)));
        Tensor mask = tensor(new[] { true, true, false, true, false }).expand(3, 5);
        Tensor masked = scores.masked_fill(mask.logical_not(), double.NegativeInfinity);
        Assert.True(nn.functional.scaled_dot_product_attention(query, key, value, mask).allclose(bmm(masked.softmax(-1), value)));
    }

    [Fact]
    public void One_hot_marks_the_class()
    {
        using DisposeScope scope = NewDisposeScope();
        Assert.Equal([0L, 0, 1, 1, 0, 0], nn.functional.one_hot(tensor(new long[] { 2, 0 }), 3).reshape(-1).data<long>().ToArray());
    }
}
