using Faithful.Models;
using Faithful.Networks.Operations;
using Faithful.Networks.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace Faithful.Networks.Tests;

public sealed class GradientTests
{
    [Theory]
    [MemberData(nameof(TestNetworks.All), MemberType = typeof(TestNetworks))]
    public void Of_a_classification_equal_central_differences_in_float64(string model, string preset) =>
        AssertGradients(TestNetworks.Small(model, preset, TestNetworks.Classification(usesSymmetry: true)));

    [Theory]
    [MemberData(nameof(TestNetworks.All), MemberType = typeof(TestNetworks))]
    public void Of_a_regression_equal_central_differences_in_float64(string model, string preset) =>
        AssertGradients(TestNetworks.Small(model, preset, TestNetworks.Regression));

    private static void AssertGradients(Network network)
    {
        bool classification = network.Specification.Task.Kind == TaskKind.Classification;
        using var state = new NetworkState(network.Layout, TestNetworks.Values(network), torch.CPU, ScalarType.Float64);
        CrystalBatch batch = TestNetworks.Batch(network, TestCrystals.RockSalt, TestCrystals.OneAtom, TestCrystals.WithoutEdges);
        using DisposeScope scope = torch.NewDisposeScope();
        Dictionary<string, Tensor> inputs = network.Inputs.ToDictionary(
            input => input.Name,
            input => batch.Values(input) is long[] integers
                ? torch.tensor(integers, batch.Shape(input))
                : torch.tensor((float[])batch.Values(input), batch.Shape(input), dtype: ScalarType.Float64));

        Loss().backward();
        Tensor gradient = state.Flat.grad!;
        var random = new Random(11);
        for (int trial = 0; trial < 4; trial++)
        {
            // The slope along a random direction of a third of the parameters.
            double[] direction = [.. Enumerable.Range(0, (int)network.Layout.Count).Select(_ => random.Next(3) == 0 ? random.NextDouble() - 0.5 : 0)];
            Tensor step = torch.tensor(direction);
            double slope = (gradient * step).sum().item<double>();
            double difference = (At(1e-6) - At(-1e-6)) / 2e-6;
            Assert.Equal(difference, slope, 1e-6 * Math.Max(1, Math.Abs(difference)));

            double At(double size)
            {
                using IDisposable noGradient = torch.no_grad();
                state.Flat.add_(step, size);
                double loss = Loss().item<double>();
                state.Flat.sub_(step * size);
                return loss;
            }
        }

        Tensor Loss()
        {
            Tensor output = Trainer.Forward(network, state, inputs);
            return classification
                ? nn.functional.cross_entropy(output, torch.tensor(new long[] { 0, 2, 1 }))
                : nn.functional.mse_loss(output, torch.tensor(new[] { -2.0, 0.5, -1.0 }));
        }
    }

    [Theory]
    [InlineData("nnn")]
    [InlineData("cgnn")]
    [InlineData("cann")]
    [InlineData("ccnn")]
    public void In_bfloat16_the_gradient_points_the_same_way_and_is_float32(string model)
    {
        ModelTask task = TestNetworks.Classification(usesSymmetry: true);
        Network network = TestNetworks.Small(model, "best", task);
        CrystalBatch batch = TestNetworks.Batch(network, TestCrystals.RockSalt, TestCrystals.OneAtom, TestCrystals.CesiumChloride);
        using DisposeScope scope = torch.NewDisposeScope();
        Tensor single = Gradient(ComputePrecision.Float32), rounded = Gradient(ComputePrecision.BFloat16);
        Assert.Equal(ScalarType.Float32, rounded.dtype);
        double cosine = (single * rounded).sum().item<float>() / Math.Sqrt((single * single).sum().item<float>() * (rounded * rounded).sum().item<float>());
        Assert.InRange(cosine, 0.99, 0.99999999); // 1 would mean that nothing was rounded

        Tensor Gradient(ComputePrecision precision)
        {
            using var state = new NetworkState(network.Layout, TestNetworks.Values(network), torch.CPU);
            Dictionary<string, Tensor> inputs = network.Inputs.ToDictionary(
                input => input.Name,
                input => batch.Values(input) is long[] integers
                    ? torch.tensor(integers, batch.Shape(input))
                    : torch.tensor((float[])batch.Values(input), batch.Shape(input)));
            var operations = new EagerOperations(state, inputs, new EagerMode { Precision = precision, LargestCrystal = 9 });
            nn.functional.cross_entropy(((EagerTensor)network.Forward(operations)).Tensor, torch.tensor(new long[] { 0, 2, 1 })).backward();
            return state.Flat.grad!.clone();
        }
    }
}
