using Faithful.Models;
using Faithful.Networks.Operations;
using Faithful.Testing;
using Microsoft.ML.OnnxRuntime;
using TorchSharp;
using static TorchSharp.torch;

namespace Faithful.Onnx.Tests.Operations;

/// <summary>Each operation by itself: both interpreters agree, gradients are right, padding and rounding stay in bounds.</summary>
public sealed class OperationTests
{
    /// <summary>The rows of each segment in a batch.</summary>
    private static readonly int[][] Batches = [[3, 1, 5], [1], [1, 1, 1], [4], [0, 3, 0, 2], [2, 7], [0], [9, 0, 8, 17, 24, 1]];

    public static TheoryData<string> Operations => [.. OperationCase.All.Select(operation => operation.Name)];

    public static TheoryData<string> Products =>
    [
        .. OperationCase.All.Select(operation => operation.Name).Where(name =>
            name.StartsWith("Linear", StringComparison.Ordinal) || name.StartsWith("Attention", StringComparison.Ordinal)
            || name.StartsWith("Convolution", StringComparison.Ordinal) || name == "BatchMatrixProduct"),
    ];

    [Theory]
    [MemberData(nameof(Operations))]
    public void The_graph_gives_what_training_computes(string name) => AssertGraph(name, portable: false);

    [Theory]
    [MemberData(nameof(Operations))]
    public void The_portable_graph_gives_what_training_computes(string name) => AssertGraph(name, portable: true);

    [Theory]
    [MemberData(nameof(Operations))]
    public void Gradients_equal_central_differences_in_float64(string name)
    {
        (OperationNetwork network, float[] values) = Find(name);
        using var state = new NetworkState(network.Layout, values, CPU, ScalarType.Float64);
        using DisposeScope scope = NewDisposeScope();
        Dictionary<string, Tensor> inputs = new OperationInputs(9, 3, 0, 2).ToTorch(ScalarType.Float64);
        Tensor[] leaves =
        [
            state.Flat,
            .. network.Inputs.Where(input => !input.IsInteger && input != ModelInput.Lattices).Select(input => inputs[input.Name]),
        ];
        Tensor weights = Random(Output());
        if (!Output().requires_grad)
        {
            return; // whole numbers, or a mask
        }

        Loss().backward();
        foreach (Tensor leaf in leaves)
        {
            Tensor direction = Random(leaf);
            double slope = leaf.grad is null ? 0 : (leaf.grad * direction).sum().item<double>();
            double difference = (At(1e-6) - At(-1e-6)) / 2e-6;
            Assert.Equal(difference, slope, 1e-6 * Math.Max(1, Math.Abs(difference)));

            double At(double size)
            {
                using IDisposable noGradient = no_grad();
                leaf.add_(direction, size);
                double loss = Loss().item<double>();
                leaf.sub_(direction * size);
                return loss;
            }
        }

        Tensor Output() => ((EagerTensor)network.Forward(new EagerOperations(state, inputs))).Tensor;
        Tensor Loss() => (Output() * weights).sum();
    }

    [Theory]
    [MemberData(nameof(Products))]
    public void In_bfloat16_the_result_is_close_to_that_of_float32(string name)
    {
        (OperationNetwork network, float[] values) = Find(name);
        using var state = new NetworkState(network.Layout, values, CPU);
        var inputs = new OperationInputs(4, 3, 0, 5);
        float[] single = network.Eager(state, inputs);
        float[] rounded = network.Eager(state, inputs, new EagerMode { Precision = ComputePrecision.BFloat16 });
        AssertClose(single, rounded, 0.08, name); // 2^-8 for each factor; on a CPU sums of hundreds of terms are rounded too
        Assert.NotEqual(single, rounded);
    }

    [Theory]
    [InlineData("Attention")]
    [InlineData("Attention with one head")]
    public void More_padding_than_the_batch_needs_changes_nothing(string name)
    {
        OperationCase attention = OperationCase.All.Single(operation => operation.Name == name);
        var network = new OperationNetwork(attention with
        {
            Apply = (n, o) => o.Unpad(attention.Apply(n, o), o.Input(ModelInput.CrystalIndex)),
        });
        using var state = new NetworkState(network.Layout, network.Layout.Initialize(1), CPU);
        var inputs = new OperationInputs(4, 3, 0, 5, 1);
        float[] tight = network.Eager(state, inputs);
        float[] loose = network.Eager(state, inputs, new EagerMode { LargestCrystal = 12 });
        AssertClose(tight, loose, 1e-6, name);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Attention_gives_masked_keys_no_weight_and_where_all_are_masked_zero(bool exported)
    {
        // Values in the padding are a million: the smallest weight would show.
        var operation = new OperationCase(
            "masked",
            [OperationInputs.Rows, ModelInput.CrystalIndex, ModelInput.Lattices],
            (_, o) =>
            {
                TensorValue padded = o.Pad(o.Input(OperationInputs.Rows), o.Input(ModelInput.CrystalIndex), o.Input(ModelInput.Lattices));
                TensorValue mask = o.PadMask(o.Input(ModelInput.CrystalIndex), o.Input(ModelInput.Lattices));
                return o.Attention(padded, padded + 3, padded * 0 + (mask + -1) * -1e6 + mask, mask, 2);
            });
        var network = new OperationNetwork(operation);
        float[] values = network.Layout.Initialize(1);
        var inputs = new OperationInputs(4, 3, 0, 5);
        float[] heard;
        if (exported)
        {
            using var session = new InferenceSession(NetworkExporter.ToBytes(network, values, Card(network)));
            using IDisposableReadOnlyCollection<DisposableNamedOnnxValue> served = session.Run(inputs.ToOnnx(network.Inputs));
            heard = [.. served[0].AsEnumerable<float>()];
        }
        else
        {
            using var state = new NetworkState(network.Layout, values, CPU);
            heard = network.Eager(state, inputs);
        }

        int length = heard.Length / 3; // tables may be wider than the longest segment
        for (int crystal = 0; crystal < 3; crystal++)
        {
            // Every key that counts has the value 1, so their mean is 1; nothing counts in the crystal without atoms.
            Assert.All(heard[(crystal * length)..((crystal + 1) * length)], value => Assert.Equal(crystal == 1 ? 0 : 1, value, 1e-6f));
        }
    }

    [Fact]
    public void Numbers_are_dropped_only_while_training()
    {
        (OperationNetwork network, float[] values) = Find("Dropout");
        using var state = new NetworkState(network.Layout, values, CPU);
        var inputs = new OperationInputs(4, 200);
        float[] kept = network.Eager(state, inputs);
        float[] dropped = network.Eager(state, inputs, new EagerMode { IsTraining = true });
        Assert.Equal(inputs.ToTorch()[OperationInputs.Rows.Name].data<float>().ToArray(), kept);
        Assert.All(dropped.Zip(kept), pair => Assert.True(pair.First == 0 || Math.Abs(pair.First - 2 * pair.Second) < 1e-5));
        Assert.InRange(dropped.Count(value => value == 0) / (double)dropped.Length, 0.4, 0.6);
    }

    [Fact]
    public void Rows_cannot_be_taken_out_of_a_padding_that_was_not_made()
    {
        var network = new OperationNetwork(new OperationCase(
            "unpadded", [OperationInputs.Left, ModelInput.CrystalIndex], (_, o) => o.Unpad(o.Input(OperationInputs.Left), o.Input(ModelInput.CrystalIndex))));
        float[] values = network.Layout.Initialize(1);
        using var state = new NetworkState(network.Layout, values, CPU);
        Assert.Throws<InvalidOperationException>(() => network.Eager(state, new OperationInputs(1, 2)));
        Assert.Throws<InvalidOperationException>(() => NetworkExporter.ToBytes(network, values, Card(network)));
    }

    [Fact]
    public void An_even_kernel_needs_a_stride_of_its_own_length()
    {
        var network = new OperationNetwork(new OperationCase(
            "even", [OperationInputs.Grid], (n, o) => o.Convolution(o.Input(OperationInputs.Grid), o.Parameter(n.Kernel2), null, 1, true)));
        float[] values = network.Layout.Initialize(1);
        using var state = new NetworkState(network.Layout, values, CPU);
        Assert.Throws<ArgumentException>(() => network.Eager(state, new OperationInputs(1, 2)));
        Assert.Throws<ArgumentException>(() => NetworkExporter.ToBytes(network, values, Card(network)));
    }

    private static void AssertGraph(string name, bool portable)
    {
        (OperationNetwork network, float[] values) = Find(name);
        using var state = new NetworkState(network.Layout, values, CPU);
        using var session = new InferenceSession(NetworkExporter.ToBytes(network, values, Card(network), portable));
        for (int i = 0; i < Batches.Length; i++)
        {
            var inputs = new OperationInputs(i, Batches[i]);
            int width = Math.Max(1, (Batches[i].Max() + 3) / 4) * 4; // the graph makes paddings as wide as a multiple of 4
            float[] eager = network.Eager(state, inputs, new EagerMode { LargestCrystal = width });
            using IDisposableReadOnlyCollection<DisposableNamedOnnxValue> served = session.Run(inputs.ToOnnx(network.Inputs));
            float[] graph = [.. served[0].AsEnumerable<float>()];
            Assert.Equal(eager.Length, graph.Length);
            Assert.All(eager, value => Assert.True(float.IsFinite(value)));
            AssertClose(eager, graph, Tolerances.SingleParity, $"{name}, batch ({string.Join(", ", Batches[i])})");
        }
    }

    private static (OperationNetwork Network, float[] Values) Find(string name)
    {
        var network = new OperationNetwork(OperationCase.All.Single(operation => operation.Name == name));
        return (network, network.Layout.Initialize(3));
    }

    private static Tensor Random(Tensor like)
    {
        var random = new Random(5);
        double[] values = [.. Enumerable.Range(0, (int)like.numel()).Select(_ => random.NextDouble() - 0.5)];
        return tensor(values, like.shape);
    }

    private static void AssertClose(float[] expected, float[] found, double tolerance, string what)
    {
        double scale = Math.Max(1, expected.Select(MathF.Abs).DefaultIfEmpty().Max());
        double difference = expected.Zip(found, (a, b) => Math.Abs((double)a - b)).DefaultIfEmpty().Max();
        Assert.True(difference <= tolerance * scale, $"{what}: differs by {difference:g3} of {scale:g3}");
    }

    private static ModelCard Card(OperationNetwork network) => new()
    {
        Model = network.Name,
        Preset = "best",
        Task = network.Specification.Task,
        Preparation = new PreparationOptions(),
        Inputs = [.. network.Inputs.Select(input => input.Name)],
        Fallback = new FallbackPrediction { Median = 0 },
        Training = new TrainingSummary
        {
            Data = "none",
            DataSha256 = new string('0', 64),
            Crystals = 1,
            Epochs = 1,
            BestEpoch = 1,
            Seed = 0,
            TestFraction = 0.1,
            ValidationFraction = 0.1,
            Elements = [1],
            SmallestVolumePerAtom = 1,
            LargestVolumePerAtom = 1,
        },
        Parameters = network.Layout.Count,
    };
}
