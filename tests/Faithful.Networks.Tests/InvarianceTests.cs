using Faithful.Crystals;
using Faithful.Crystals.Transformations;
using Faithful.Networks.Operations;
using Faithful.Testing;
using TorchSharp;

namespace Faithful.Networks.Tests;

/// <summary>The same crystal written in another way gets the same answer.</summary>
public sealed class InvarianceTests : IDisposable
{
    private const int Trials = 40;

    private readonly Network _network = TestNetworks.Cgnn(TestNetworks.Classification(usesSymmetry: false));
    private readonly NetworkState _state;

    public InvarianceTests()
    {
        _state = new NetworkState(_network.Layout, TestNetworks.Values(_network), torch.CPU);
    }

    public void Dispose() => _state.Dispose();

    [Fact]
    public void Rotation_of_the_cell() => AssertInvariant((crystal, random) => crystal.Rotate(random.Rotation()));

    [Fact]
    public void Another_origin() => AssertInvariant((crystal, random) => crystal.Translate(random.Vector(-2, 2)));

    [Fact]
    public void Another_order_of_the_atoms() => AssertInvariant((crystal, random) => crystal.Permute(random.Permutation(crystal.Count)));

    [Fact]
    public void Another_basis_of_the_same_lattice() => AssertInvariant((crystal, random) => crystal.ChangeBasis(random.UnimodularMatrix()));

    [Fact]
    public void A_supercell() => AssertInvariant((crystal, _) => crystal.Supercell(2, 1, 1));

    [Fact]
    public void A_mirror_image() => AssertInvariant((crystal, _) => crystal.Invert());

    [Fact]
    public void All_of_it_at_once_with_the_symmetry_finder_in_the_way()
    {
        Network network = TestNetworks.Cgnn(TestNetworks.Classification(usesSymmetry: true));
        using var state = new NetworkState(network.Layout, TestNetworks.Values(network), torch.CPU);
        AssertInvariant(
            network,
            state,
            (crystal, random) => crystal.Supercell(2, 1, 1).ChangeBasis(random.UnimodularMatrix()).Rotate(random.Rotation())
                .Translate(random.Vector(-2, 2)));
    }

    [Fact]
    public void A_crystal_moved_a_little_gets_an_answer_that_moved_a_little()
    {
        // No cutoff makes the answer jump: atoms cross the cutoff radius all the time while a crystal is strained.
        Crystal crystal = TestCrystals.RockSalt;
        float[] previous = Answer(5.4);
        for (double a = 5.405; a < 6.2; a += 0.005)
        {
            float[] answer = Answer(a);
            Assert.True(answer.Zip(previous, (x, y) => Math.Abs(x - y)).Max() < 0.05, $"jump at {a} Å");
            previous = answer;
        }

        float[] Answer(double a) => TestNetworks.Predict(
            _network, _state, new Crystal(Lattice.Cubic(a), crystal.Species, crystal.FractionalPositions));
    }

    [Fact]
    public void The_rest_of_the_batch_does_not_matter()
    {
        var random = new RandomCrystals(5);
        Crystal[] crystals = [.. Enumerable.Range(0, 12).Select(_ => random.Crystal()), TestCrystals.OneAtom, TestCrystals.WithoutEdges];
        float[] together = TestNetworks.Predict(_network, _state, crystals);
        for (int i = 0; i < crystals.Length; i++)
        {
            float[] alone = TestNetworks.Predict(_network, _state, crystals[i]);
            AssertClose(alone, together[(3 * i)..(3 * i + 3)], 1e-6 * 10, $"crystal {i}");
        }
    }

    private void AssertInvariant(Func<Crystal, RandomCrystals, Crystal> transform) => AssertInvariant(_network, _state, transform);

    private static void AssertInvariant(Network network, NetworkState state, Func<Crystal, RandomCrystals, Crystal> transform)
    {
        for (int seed = 0; seed < Trials; seed++)
        {
            var random = new RandomCrystals(seed);
            Crystal crystal = random.Crystal();
            float[] before = TestNetworks.Predict(network, state, crystal);
            float[] after = TestNetworks.Predict(network, state, transform(crystal, random));
            AssertClose(before, after, Tolerances.SingleInvariance, $"seed {seed}, {crystal}");
        }
    }

    private static void AssertClose(float[] expected, float[] found, double tolerance, string what)
    {
        double scale = Math.Max(1, expected.Max(Math.Abs));
        double difference = expected.Zip(found, (a, b) => Math.Abs(a - b)).Max();
        Assert.True(difference <= tolerance * scale, $"{what}: differs by {difference:g3} of {scale:g3}");
    }
}
