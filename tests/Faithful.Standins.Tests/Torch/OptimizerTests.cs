using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Faithful.Standins.Tests.Torch;

/// <summary>Optimizers against their formulas, written out in plain arithmetic.</summary>
public sealed class OptimizerTests
{
    [Theory]
    [InlineData(0.0)]
    [InlineData(0.05)]
    public void AdamW_follows_its_formula(double decay)
    {
        double[] expected = [1, -2, 3];
        double[] first = new double[3];
        double[] second = new double[3];
        var parameter = new Parameter(tensor(expected));
        using AdamW optimizer = optim.AdamW([parameter], 0.1, 0.8, 0.95, 1e-6, decay);
        for (int step = 1; step <= 6; step++)
        {
            optimizer.zero_grad();
            Loss(parameter).backward();
            optimizer.step();
            for (int i = 0; i < 3; i++)
            {
                double gradient = 4 * Math.Pow(expected[i], 3);
                first[i] = (0.8 * first[i]) + (0.2 * gradient);
                second[i] = (0.95 * second[i]) + (0.05 * gradient * gradient);
                double root = Math.Sqrt(second[i] / (1 - Math.Pow(0.95, step)));
                expected[i] -= (0.1 * decay * expected[i]) + (0.1 * first[i] / (1 - Math.Pow(0.8, step)) / (root + 1e-6));
            }

            Assert.Equal(expected, parameter.data<double>().ToArray(), (a, b) => Math.Abs(a - b) < 1e-9);
        }
    }

    [Fact]
    public void The_learning_rate_can_be_set_between_steps()
    {
        var parameter = new Parameter(tensor(new[] { 1.0 }));
        using AdamW optimizer = optim.AdamW([parameter], 0.1);
        Loss(parameter).backward();
        foreach (optim.ILearningRateController group in optimizer.ParamGroups)
        {
            Assert.Equal(0.1, group.LearningRate);
            group.LearningRate = 0.25;
        }

        optimizer.step();
        Assert.Equal(0.75, parameter.item<double>(), 1e-6);
    }

    [Fact]
    public void Groups_keep_their_own_options()
    {
        var decayed = new Parameter(tensor(new[] { 1.0 }));
        var free = new Parameter(tensor(new[] { 1.0 }));
        AdamW.ParamGroup[] groups = [new([decayed], lr: 0.1, weight_decay: 0.5), new([free], lr: 0.1, weight_decay: 0)];
        using AdamW optimizer = optim.AdamW(groups);
        (Loss(decayed) + Loss(free)).backward();
        optimizer.step();
        Assert.Equal(0.9, free.item<double>(), 1e-6);
        Assert.Equal(0.85, decayed.item<double>(), 1e-6);
    }

    [Fact]
    public void A_saved_optimizer_goes_on_as_if_nothing_happened()
    {
        var one = new Parameter(tensor(new[] { 1.0, 2.0 }));
        var two = new Parameter(tensor(new[] { 1.0, 2.0 }));
        using AdamW first = optim.AdamW([one], 0.1);
        using AdamW second = optim.AdamW([two], 0.3);
        Step(first, one);
        Step(first, one);
        using (no_grad())
        {
            two.copy_(one);
        }

        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        first.save_state_dict(writer);
        writer.Flush();
        stream.Position = 0;
        using var reader = new BinaryReader(stream);
        second.load_state_dict(reader);
        Step(first, one);
        Step(second, two);
        Assert.True(one.Equals(two));

        static void Step(AdamW optimizer, Parameter parameter)
        {
            optimizer.zero_grad();
            Loss(parameter).backward();
            optimizer.step();
        }
    }

    [Fact]
    public void Clipping_scales_all_gradients_by_one_factor()
    {
        using DisposeScope scope = NewDisposeScope();
        var one = new Parameter(tensor(new[] { 3.0 }));
        var two = new Parameter(tensor(new[] { 4.0 }));
        one.grad = tensor(new[] { 3.0 });
        two.grad = tensor(new[] { 4.0 });
        Assert.Equal(5, nn.utils.clip_grad_norm_([one, two], 10), 1e-9);
        Assert.Equal(3.0, one.grad!.item<double>());
        Assert.Equal(5, nn.utils.clip_grad_norm_([one, two], 1), 1e-9);
        Assert.Equal(0.6, one.grad!.item<double>(), 1e-6);
        Assert.Equal(0.8, two.grad!.item<double>(), 1e-6);
    }

    private static Tensor Loss(Tensor x) => x.pow(4).sum();
}
