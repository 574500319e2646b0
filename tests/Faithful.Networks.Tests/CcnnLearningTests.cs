using Faithful.Crystals;
using Faithful.Crystals.Transformations;
using Faithful.Models;
using Faithful.Networks.Embeddings;
using Faithful.Networks.Operations;
using Faithful.Networks.Training;
using Faithful.Testing;
using TorchSharp;
using static TorchSharp.torch;

namespace Faithful.Networks.Tests;

public sealed class CcnnLearningTests
{
    private const int Crystals = 36;

    [Fact]
    public void The_grid_alone_teaches_structure_types_of_elements_sizes_and_origins_never_seen()
    {
        // The global vector, sines of the lattice alone, cannot tell the three types: all have the same random cells.
        var options = new CcnnOptions
        {
            KeepsPhases = true,
            ReadsAtAtoms = true,
            Grid = 6,
            Width = 16,
            AtomChannels = 6,
            Stages = [new(8, 3, 1, 1), new(12, 3, 2, 1)],
            HeadWidths = [16],
            Elements = ElementEncoding.LeftStep,
            Global = GlobalEncoding.LatticeSines,
            UsesCellMetric = false,
            Dropout = 0,
        };
        Network network = TestNetworks.Ccnn(TestNetworks.Classification(usesSymmetry: false), options);
        using var state = new NetworkState(network.Layout, network.Layout.Initialize(1), CPU);
        using var optimizer = new FlatAdamW(state.Flat, weightDecay: 0.01, clipNorm: 1);
        (CrystalBatch training, long[] labels) = Draw(network, 1);
        for (int step = 0; step < 60; step++)
        {
            using DisposeScope scope = NewDisposeScope();
            nn.functional.cross_entropy(Logits(network, state, training, isTraining: true), tensor(labels)).backward();
            optimizer.Step(0.01);
        }

        (CrystalBatch others, long[] answers) = Draw(network, 2);
        using DisposeScope testScope = NewDisposeScope();
        using IDisposable noGradient = no_grad();
        double accuracy = Logits(network, state, others, isTraining: false).argmax(1).eq(tensor(answers)).to(ScalarType.Float32).mean().item<float>();
        Assert.True(accuracy >= 0.75, $"accuracy {accuracy:p0}; guessing gives 33 %");
    }

    private static Tensor Logits(Network network, NetworkState state, CrystalBatch batch, bool isTraining)
    {
        Dictionary<string, Tensor> inputs = network.Inputs.ToDictionary(
            input => input.Name,
            input => batch.Values(input) is long[] integers
                ? tensor(integers, batch.Shape(input))
                : tensor((float[])batch.Values(input), batch.Shape(input)));
        var operations = new EagerOperations(state, inputs, new EagerMode { IsTraining = isTraining, LargestCrystal = 16 });
        return ((EagerTensor)network.Forward(operations)).Tensor;
    }

    /// <summary>Rock salt, zinc blende and caesium chloride (eight cells of it), in turn.</summary>
    private static (CrystalBatch Batch, long[] Types) Draw(Network network, int seed)
    {
        var random = new RandomCrystals(seed);
        List<Crystal> crystals = [];
        for (int i = 0; i < Crystals; i++)
        {
            Crystal prototype = (i % 3) switch
            {
                0 => TestCrystals.RockSalt,
                1 => TestCrystals.ZincBlende,
                _ => TestCrystals.Of(
                    Lattice.Cubic(5.64),
                    [.. Corners.Select(p => ("Na", p)), .. Corners.Select(p => ("Cl", p + new Vector3D(0.25, 0.25, 0.25)))]),
            };
            Element first = random.Element(), second = random.Element();
            Crystal crystal = new Crystal(
                Lattice.Cubic(random.Uniform(4.5, 8)),
                prototype.Species.Select(element => element.Symbol == "Na" ? first : second),
                prototype.FractionalPositions);
            crystals.Add(crystal.Translate(random.Vector(0, 1)));
        }

        PreparedCrystal[] prepared = [.. crystals.Select(crystal =>
            CrystalPreparation.Prepare(crystal, new PreparationOptions { UsesSymmetry = false }))];
        return (CrystalBatch.Pack(prepared), [.. Enumerable.Range(0, Crystals).Select(i => (long)(i % 3))]);
    }

    private static IEnumerable<Vector3D> Corners =>
        from x in new[] { 0, 0.5 } from y in new[] { 0, 0.5 } from z in new[] { 0, 0.5 } select new Vector3D(x, y, z);
}
