using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Faithful.Standins.Tests.Torch;

/// <summary>Modules: names, states, modes, and layers against their formulas.</summary>
public sealed class ModuleTests
{
    [Fact]
    public void Parameters_and_buffers_have_paths()
    {
        using var network = new Network();
        Assert.Equal(
            ["scale", "first.weight", "first.bias", "blocks.0.weight", "blocks.0.bias", "blocks.1.weight", "blocks.1.bias", "tail.0.weight", "tail.0.bias", "tail.2.weight", "tail.2.bias"],
            network.named_parameters().Select(pair => pair.name).OrderBy(name => Array.FindIndex(Order, start => name.StartsWith(start, StringComparison.Ordinal))));
        Assert.Equal(["mean"], network.named_buffers().Select(pair => pair.name));
        Assert.Equal(12, network.state_dict().Count);
        Assert.Contains("blocks.1", network.named_modules().Select(pair => pair.name));
        Assert.Same(network.parameters().First(), network.get_parameter(network.named_parameters().First().name));
    }

    [Fact]
    public void A_state_goes_from_one_network_to_another()
    {
        using DisposeScope scope = NewDisposeScope();
        using var one = new Network();
        using var two = new Network();
        Tensor x = randn(5, 4);
        Assert.False(one.call(x).allclose(two.call(x)));
        var (missing, unexpected) = two.load_state_dict(one.state_dict().ToDictionary(pair => pair.Key, pair => pair.Value.detach().clone()));
        Assert.Empty(missing);
        Assert.Empty(unexpected);
        Assert.True(one.call(x).Equals(two.call(x)));
        Assert.Throws<InvalidOperationException>(() => two.load_state_dict(new Dictionary<string, Tensor> { ["elsewhere"] = ones(1) }));
    }

    [Fact]
    public void A_state_goes_through_a_file()
    {
        using DisposeScope scope = NewDisposeScope();
        string file = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        try
        {
            using var one = new Network();
            using var two = new Network();
            one.save(file);
            two.load(file);
            Tensor x = randn(5, 4);
            Assert.True(one.call(x).Equals(two.call(x)));
            using var other = nn.Linear(3, 3);
            Assert.Throws<ArgumentException>(() => other.load(file));
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public void Training_and_evaluation_reach_all_parts()
    {
        using DisposeScope scope = NewDisposeScope();
        using var dropout = nn.Dropout(0.5);
        using var tail = nn.Sequential(("drop", dropout), ("linear", nn.Linear(3, 3)));
        Tensor x = ones(100, 3);
        Assert.True(tail.training);
        Assert.True(dropout.call(x).eq(0).any().item<bool>());
        tail.eval();
        Assert.False(dropout.training);
        Assert.True(dropout.call(x).Equals(x));
        tail.train();
        Assert.True(dropout.training);
    }

    [Fact]
    public void A_network_changes_its_type_in_place()
    {
        using DisposeScope scope = NewDisposeScope();
        using var network = new Network();
        Assert.Same(network, network.to(ScalarType.Float64));
        Assert.All(network.parameters(), parameter => Assert.Equal(ScalarType.Float64, parameter.dtype));
        Assert.All(network.parameters(), parameter => Assert.True(parameter.requires_grad && parameter.is_leaf));
        Assert.Equal(ScalarType.Float64, network.call(ones([2, 4], ScalarType.Float64)).dtype);
        Assert.Same(network, network.to(CPU));
    }

    [Fact]
    public void Layers_follow_their_formulas()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor x = randn([6, 4], ScalarType.Float64);
        using var linear = nn.Linear(4, 3, dtype: ScalarType.Float64);
        Assert.True(linear.call(x).allclose(x.mm(linear.weight.t()) + linear.bias!));
        Assert.True(linear.weight.abs().max().ToDouble() <= 0.5);
        using var norm = nn.LayerNorm(4, dtype: ScalarType.Float64);
        Tensor centered = x - x.mean([1], true);
        Assert.True(norm.call(x).allclose(centered / (centered.pow(2).mean([1], true) + 1e-5).sqrt()));
        using var table = nn.Embedding(10, 4);
        Tensor rows = tensor(new long[] { 3, 3, 9 });
        Assert.True(table.call(rows).Equals(table.weight!.index_select(0, rows)));
        using var silu = nn.SiLU();
        Assert.True(silu.call(x).allclose(x * x.sigmoid()));
        using var relu = nn.ReLU();
        Assert.True(relu.call(x).Equals(x.clamp(0)));
        using var gelu = nn.GELU();
        Assert.True(gelu.call(x).allclose(x * 0.5 * (1 + (x / Math.Sqrt(2)).erf())));
        using var leaky = nn.LeakyReLU(0.2);
        Assert.True(leaky.call(x).allclose(x.clamp(0) + (0.2 * x.clamp(null, 0))));
    }

    [Fact]
    public void A_circular_convolution_does_not_see_where_the_origin_is()
    {
        using DisposeScope scope = NewDisposeScope();
        using var layer = nn.Conv3d(2, 3, 3, padding: 1, padding_mode: PaddingModes.Circular);
        Tensor x = randn([1, 2, 4, 4, 4]);
        Tensor moved = x.roll([1, 2, 3], [2, 3, 4]);
        Assert.Equal([1L, 3, 4, 4, 4], layer.call(x).shape);
        Assert.True(layer.call(moved).allclose(layer.call(x).roll([1, 2, 3], [2, 3, 4]), 1e-4, 1e-5));
        using var plain = nn.Conv3d(2, 3, 3, padding: 1);
        Assert.Equal([1L, 3, 4, 4, 4], plain.call(x).shape);
        using var up = nn.ConvTranspose3d(2, 1, 2, stride: 2);
        Assert.Equal([1L, 1, 8, 8, 8], up.call(x).shape);
    }

    [Fact]
    public void First_values_keep_their_bounds()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor x = empty(200, 50);
        nn.init.kaiming_uniform_(x, Math.Sqrt(5));
        Assert.InRange(x.abs().max().ToDouble(), 0.13, 1 / Math.Sqrt(50));
        nn.init.xavier_uniform_(x);
        Assert.InRange(x.abs().max().ToDouble(), 0.15, Math.Sqrt(6.0 / 250));
        nn.init.normal_(x, 1, 2);
        Assert.InRange(x.mean().ToDouble(), 0.9, 1.1);
        Assert.InRange(x.std().ToDouble(), 1.9, 2.1);
        nn.init.constant_(x, 3);
        Assert.Equal(3.0, x.mean().ToDouble());
        nn.init.zeros_(x);
        nn.init.ones_(x);
        Assert.Equal(10000.0, x.sum().ToDouble());
    }

    private static readonly string[] Order = ["scale", "first", "blocks", "tail"];

    private sealed class Network : nn.Module<Tensor, Tensor>
    {
        private readonly Parameter scale;
        private readonly Tensor mean;
        private readonly Linear first;
        private readonly ModuleList<Linear> blocks;
        private readonly Sequential tail;

        public Network()
            : base(nameof(Network))
        {
            scale = nn.Parameter(ones(3));
            mean = zeros(3);
            first = nn.Linear(4, 3);
            blocks = nn.ModuleList(nn.Linear(3, 3), nn.Linear(3, 3));
            tail = nn.Sequential(nn.Linear(3, 2), nn.Tanh(), nn.Linear(2, 1));
            RegisterComponents();
        }

        public override Tensor forward(Tensor input)
        {
            Tensor x = (first.call(input) - mean) * scale;
            foreach (Linear block in blocks)
            {
                x = block.call(x).relu() + x;
            }

            return tail.call(x);
        }
    }
}
