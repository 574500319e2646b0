using Faithful.Models;
using Faithful.Networks.Embeddings;
using Faithful.Networks.Operations;
using TorchSharp;
using static TorchSharp.torch;

namespace Faithful.Networks.Tests.Embeddings;

public sealed class VoxelGridTests
{
    private const int Size = 6;

    [Fact]
    public void An_atom_on_a_node_fills_that_voxel_alone_and_any_other_eight_of_which_the_sum_is_one()
    {
        float[] onNode = Filling(Size, 0, trilinear: true, [1 / 3f, 0.5f, 0]);
        Assert.Equal(1, onNode[2 * Size * Size + 3 * Size], 1e-6f);
        Assert.Equal(1, onNode.Sum(), 1e-6f);
        float[] between = Filling(Size, 0, trilinear: true, [0.97f, 0.21f, 0.6f]);
        Assert.Equal(8, between.Count(value => value > 0));
        Assert.Equal(1, between.Sum(), 1e-6f);
        Assert.True(between[1 * Size + 3] > between[5 * Size * Size + 1 * Size + 3]); // 0.97 is nearer to 1, which is 0, than to 5/6
    }

    [Theory]
    [InlineData(0.5f)]
    [InlineData(0.55f)]
    [InlineData(0.97f)]
    public void The_nearest_voxels_are_always_eight_also_for_an_atom_on_a_node(float x)
    {
        float[] filling = Filling(Size, 0, trilinear: false, [x, 0.21f, 1 / 3f]);
        Assert.Equal(8, filling.Count(value => value == 1));
        Assert.Equal(8, filling.Sum());
    }

    [Fact]
    public void A_margin_repeats_the_voxels_of_the_other_end()
    {
        float[] plain = Filling(Size, 0, trilinear: true, [0.95f, 0.02f, 0.4f]);
        float[] repeated = Filling(Size + 2, 1, trilinear: true, [0.95f, 0.02f, 0.4f]);
        for (int x = 0; x < Size + 2; x++)
        {
            for (int y = 0; y < Size + 2; y++)
            {
                for (int z = 0; z < Size + 2; z++)
                {
                    Assert.Equal(
                        plain[(((x + Size - 1) % Size) * Size + (y + Size - 1) % Size) * Size + (z + Size - 1) % Size],
                        repeated[(x * (Size + 2) + y) * (Size + 2) + z],
                        1e-5f);
                }
            }
        }
    }

    [Fact]
    public void What_is_written_at_nodes_is_read_back_atom_by_atom()
    {
        float[] positions = [0, 0, 0, 0.5f, 1 / 6f, 2 / 3f, 1 / 3f, 1 / 3f, 5 / 6f];
        float[] features = [1, -2, 3, 4, -5, 6];
        var layout = new ParameterLayout();
        var grid = new VoxelGrid(layout, "grid", Size, 0);
        ConstantReference values = layout.AddConstant("features", features, 3, 2);
        float[] read = Run(layout, positions, [0, 1, 1], operations =>
        {
            VoxelGrid.Weights weights = grid.Trilinear(operations);
            return grid.Read(grid.Write(operations.Constant(values), 2, weights), 2, weights);
        });
        Assert.Equal(features.Length, read.Length);
        Assert.All(features.Zip(read), pair => Assert.Equal(pair.First, pair.Second, 1e-5f));
    }

    private static float[] Filling(int size, int margin, bool trilinear, float[] position)
    {
        var layout = new ParameterLayout();
        var grid = new VoxelGrid(layout, "grid", size, margin);
        ConstantReference one = layout.AddConstant("one", [1], 1, 1);
        return Run(layout, position, [0], operations =>
            grid.Write(operations.Constant(one), 1, trilinear ? grid.Trilinear(operations) : grid.Nearest(operations)));
    }

    private static float[] Run(ParameterLayout layout, float[] positions, long[] crystals, Func<TensorOperations, TensorValue> compute)
    {
        layout.Add("unused", ParameterInitialization.Zeros, 1);
        using var state = new NetworkState(layout, layout.Initialize(0), CPU);
        using IDisposable noGradient = no_grad();
        using DisposeScope scope = NewDisposeScope();
        var inputs = new Dictionary<string, Tensor>
        {
            [ModelInput.Positions.Name] = tensor(positions, [crystals.Length, 3]),
            [ModelInput.CrystalIndex.Name] = tensor(crystals),
            [ModelInput.Lattices.Name] = zeros([crystals[^1] + 1, 3, 3]),
        };
        return ((EagerTensor)compute(new EagerOperations(state, inputs))).Tensor.contiguous().data<float>().ToArray();
    }
}
