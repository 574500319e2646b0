using Faithful.Crystals;
using Faithful.Networks.Embeddings;
using Faithful.Networks.Operations;
using TorchSharp;

namespace Faithful.Networks.Tests;

public sealed class InjectivityTests
{
    [Fact]
    public void The_vectors_of_two_elements_always_differ()
    {
        float[] table = ElementEmbedding.Table();
        int width = table.Length / 119;
        HashSet<string> seen = [];
        for (int z = 0; z < 119; z++)
        {
            Assert.True(seen.Add(string.Join(",", table[(z * width)..((z + 1) * width)])), $"element {z}");
        }
    }

    [Fact]
    public void Structures_that_the_sine_encoding_of_the_papers_code_confuses_are_told_apart()
    {
        Network network = TestNetworks.Cgnn(TestNetworks.Classification(usesSymmetry: false));
        using var state = new NetworkState(network.Layout, TestNetworks.Values(network), torch.CPU);
        Crystal[] crystals =
        [
            TestCrystals.RockSalt,
            TestCrystals.ZincBlende,
            TestCrystals.CesiumChloride,
            TestCrystals.Of(Lattice.Cubic(3), ("Po", new(0, 0, 0))),
            TestCrystals.Of(Lattice.Cubic(8), ("Po", new(0, 0, 0))), // 3 Å and 8 Å are one modulo 5 Å
        ];
        float[][] answers = [.. crystals.Select(crystal => TestNetworks.Predict(network, state, crystal))];
        for (int i = 0; i < answers.Length; i++)
        {
            for (int j = 0; j < i; j++)
            {
                Assert.True(answers[i].Zip(answers[j], (a, b) => Math.Abs(a - b)).Max() > 1e-3, $"crystals {j} and {i}");
            }
        }
    }
}
