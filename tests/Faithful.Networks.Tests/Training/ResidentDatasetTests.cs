using Faithful.Models;
using Faithful.Networks.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace Faithful.Networks.Tests.Training;

public sealed class ResidentDatasetTests
{
    [Fact]
    public void A_batch_assembled_on_the_device_is_the_packed_batch()
    {
        using ResidentDataset data = TestRun.Data();
        using ResidentOrder order = data.Arrange([7, 5, 0, 47, 5, 12, 3]);
        AssertSame(order, new BatchRange(1, 5), TestRun.Crystals, [5, 0, 47, 5, 12]);
        AssertSame(order, new BatchRange(0, 1), TestRun.Crystals, [7]);
        AssertSame(order, new BatchRange(6, 1), TestRun.Crystals, [3]);
        AssertSame(order, new BatchRange(0, 7), TestRun.Crystals, [7, 5, 0, 47, 5, 12, 3]);
    }

    [Fact]
    public void Crystals_without_edges_have_their_place_in_a_batch()
    {
        var options = new PreparationOptions { Cutoff = 4 };
        PreparedCrystal[] crystals = [.. new[] { TestCrystals.WithoutEdges, TestCrystals.RockSalt, TestCrystals.WithoutEdges }
            .Select(crystal => CrystalPreparation.Prepare(crystal, options))];
        using var data = new ResidentDataset(crystals, [0, 1, 2], TaskKind.Classification, torch.CPU);
        using ResidentOrder order = data.Arrange([2, 1, 0]);
        AssertSame(order, new BatchRange(0, 3), crystals, [2, 1, 0]);
        AssertSame(order, new BatchRange(0, 1), crystals, [2]);
    }

    [Fact]
    public void Only_what_the_network_reads_is_assembled()
    {
        using ResidentDataset data = TestRun.Data();
        ModelInput[] inputs = [ModelInput.Lattices, ModelInput.AtomicNumbers];
        using ResidentOrder order = data.Arrange([0, 1, 2], inputs);
        using DisposeScope scope = torch.NewDisposeScope();
        Assert.Equal(inputs.Select(input => input.Name), order.Batch(new BatchRange(0, 2)).Inputs.Keys);
    }

    [Fact]
    public void Certain_classes_give_the_loss_of_labels_and_probabilities_their_cross_entropy()
    {
        var specification = new NetworkSpecification { Task = TestNetworks.Classification(usesSymmetry: true) };
        PreparedArrays arrays = PreparedArrays.Join([.. TestRun.Crystals.Take(3)]);
        using var certain = ResidentDataset.OfProbabilities(arrays, [[0, 1, 0], [1, 0, 0], [0, 0, 1]], torch.CPU);
        using var probable = ResidentDataset.OfProbabilities(arrays, [[0.2f, 0.8f, 0], [0.5f, 0.25f, 0.25f], [0, 0, 1]], torch.CPU);
        using var labelled = new ResidentDataset(arrays, [1, 0, 2], TaskKind.Classification, torch.CPU);
        Assert.Equal(labelled.TargetValues, certain.TargetValues);
        Assert.Equal(labelled.TargetValues, probable.TargetValues);
        using DisposeScope scope = torch.NewDisposeScope();
        Tensor logits = torch.tensor(new float[] { 0.5f, -1, 2, 0, 0.25f, -0.5f, 1, 1, -3 }, [3, 3]);
        foreach (double smoothing in new[] { 0, 0.1 })
        {
            using var loss = new TrainingLoss(specification, new TrainingOptions { LabelSmoothing = smoothing }, certain);
            Assert.Equal(loss.OfTraining(logits, labelled.Targets, 3).item<float>(), loss.OfTraining(logits, certain.Targets, 3).item<float>(), 1e-6f);
        }

        using var plain = new TrainingLoss(specification, new TrainingOptions(), probable);
        float expected = -(probable.Targets * nn.functional.log_softmax(logits, 1)).sum().item<float>() / 3;
        Assert.Equal(expected, plain.OfTraining(logits, probable.Targets, 3).item<float>(), 1e-6f);
    }

    [Fact]
    public void Probabilities_of_other_shapes_are_refused()
    {
        PreparedArrays arrays = PreparedArrays.Join([.. TestRun.Crystals.Take(2)]);
        Assert.Throws<ArgumentException>(() => ResidentDataset.OfProbabilities(arrays, [], torch.CPU));
        Assert.Throws<ArgumentException>(() => ResidentDataset.OfProbabilities(arrays, [[1, 0]], torch.CPU));
        Assert.Throws<ArgumentException>(() => ResidentDataset.OfProbabilities(arrays, [[1, 0], [1, 0, 0]], torch.CPU));
    }

    private static void AssertSame(ResidentOrder order, BatchRange range, IReadOnlyList<PreparedCrystal> crystals, int[] expected)
    {
        using DisposeScope scope = torch.NewDisposeScope();
        ResidentBatch batch = order.Batch(range);
        CrystalBatch packed = CrystalBatch.Pack([.. expected.Select(i => crystals[i])]);
        foreach (ModelInput input in ModelInput.All)
        {
            Tensor tensor = batch.Inputs[input.Name];
            Assert.Equal(packed.Shape(input), tensor.shape);
            if (input.IsInteger)
            {
                Assert.Equal((long[])packed.Values(input), tensor.to(ScalarType.Int64).data<long>().ToArray());
            }
            else
            {
                Assert.Equal((float[])packed.Values(input), tensor.data<float>().ToArray());
            }
        }

        Assert.Equal((expected.Length, expected.Max(i => crystals[i].Atoms)), (batch.Crystals, batch.LargestCrystal));
        Assert.Equal(expected.Length, batch.Targets.shape[0]);
        Assert.Equal((packed.Atoms, packed.Edges), ((int)order.Size(range).Atoms, (int)order.Size(range).Edges));
    }
}
