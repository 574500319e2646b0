using Faithful.Networks.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace Faithful.Networks.Tests.Training;

public sealed class FlatAdamWTests
{
    [Fact]
    public void Its_steps_are_those_of_the_library_optimizer()
    {
        const double LearningRate = 0.01, WeightDecay = 0.1;
        float[] start = [1f, -2f, 0.5f, 3f];
        using Tensor ours = torch.tensor(start, requires_grad: true);
        using var theirs = new TorchSharp.Modules.Parameter(torch.tensor(start));
        using var optimizer = new FlatAdamW(ours, WeightDecay, double.PositiveInfinity);
        using var reference = torch.optim.AdamW([theirs], LearningRate, 0.9, 0.999, 1e-8, WeightDecay);
        for (int step = 0; step < 25; step++)
        {
            Loss(ours).backward();
            optimizer.Step(LearningRate).Dispose();
            reference.zero_grad();
            Loss(theirs).backward();
            reference.step();
        }

        float[] expected = theirs.detach().data<float>().ToArray();
        float[] found = ours.detach().data<float>().ToArray();
        for (int i = 0; i < start.Length; i++)
        {
            Assert.Equal(expected[i], found[i], 5e-6f);
        }

        static Tensor Loss(Tensor parameters) => ((parameters * parameters).sum() - 3f).pow(2) + parameters.sin().sum();
    }

    [Fact]
    public void Clipping_bounds_the_gradient_but_leaves_small_ones_alone()
    {
        using Tensor large = torch.tensor(new[] { 300f, 400f }, requires_grad: true);
        using Tensor small = torch.tensor(new[] { 0.3f, 0.4f }, requires_grad: true);
        using var onLarge = new FlatAdamW(large, 0, clipNorm: 1);
        using var onSmall = new FlatAdamW(small, 0, clipNorm: 1);
        (large * large * 0.5f).sum().backward(); // gradient (300, 400), norm 500
        (small * small * 0.5f).sum().backward(); // gradient (0.3, 0.4), norm 0.5
        onLarge.Step(0.001).Dispose();
        onSmall.Step(0.001).Dispose();

        // The first moment after one step is a tenth of the clipped gradient.
        Assert.Equal(0.1, onLarge.FirstMoment.norm().item<float>(), 1e-5);
        Assert.Equal(0.05, onSmall.FirstMoment.norm().item<float>(), 1e-6);
    }
}
