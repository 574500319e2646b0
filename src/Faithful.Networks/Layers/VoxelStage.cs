using Faithful.Networks.Operations;

namespace Faithful.Networks.Layers;

/// <summary>
/// A convolution and residual blocks over a grid. A stride either skips voxels, or keeps them all as phases: grids of every
/// s-th voxel that start at each of the s³ places, which the layers that follow treat as crystals of their own. That is a
/// convolution with holes (Holschneider et al. 1989, DOI 10.1007/978-3-642-97177-8_28; Yu and Koltun 2016, arXiv:1511.07122):
/// it sees as far as a strided one, and commutes with shifts by whole voxels, which a strided one does not.
/// </summary>
/// <remarks>Letters: b crystals, P phases, C channels, m voxels along an axis of a phase.</remarks>
internal sealed class VoxelStage
{
    private readonly CcnnStage _stage;
    private readonly CcnnOptions _options;
    private readonly ConvolutionLayer _first;
    private readonly ConvolutionLayer[] _blocks;
    private readonly LinearLayer?[] _conditions;

    /// <summary>Declares the parameters of a stage.</summary>
    public VoxelStage(ParameterLayout layout, string name, int inputChannels, CcnnStage stage, CcnnOptions options)
    {
        _stage = stage;
        _options = options;
        int channels = stage.Channels;
        bool circular = options.IsCircular;
        _first = new ConvolutionLayer(
            layout, $"{name}.first", inputChannels, channels, stage.Kernel, options.KeepsPhases ? 1 : stage.Stride, circular);
        _blocks =
        [
            .. Enumerable.Range(0, 2 * stage.Blocks).Select(i => new ConvolutionLayer(
                layout,
                $"{name}.blocks.{i / 2}.{(i % 2 == 0 ? "first" : "second")}",
                channels,
                channels,
                3,
                1,
                circular,
                i % 2 == 0 ? ParameterInitialization.UniformFanIn : ParameterInitialization.Zeros)),
        ];
        _conditions =
        [
            .. Enumerable.Range(0, 1 + stage.Blocks).Select(i => options.IsConditioned
                ? new LinearLayer(layout, $"{name}.conditions.{i}", options.Width, 2 * channels, initialization: ParameterInitialization.Zeros)
                : null),
        ];
    }

    /// <summary>Applies the stage.</summary>
    /// <param name="grid">The grid, shape (b · P, C, m, m, m), and the number of its phases.</param>
    /// <param name="global">The global vector, shape (b, D).</param>
    /// <param name="shift">Added to the channels after the first convolution, shape (b, channels); or null.</param>
    /// <returns>Shape (b · P · s³, channels, m / s, m / s, m / s) if phases are kept, (b, channels, m / s, m / s, m / s) otherwise.</returns>
    public Phases Apply(Phases grid, TensorValue global, TensorValue? shift)
    {
        TensorOperations operations = grid.Value.Operations;
        Phases result = grid with { Value = _first.Apply(grid.Value), Channels = _stage.Channels };
        result = _options.KeepsPhases ? result.Split(_stage.Stride) : result with { Size = _stage.Shrink(grid.Size) };

        if (shift is not null)
        {
            result = result.PerChannel(value => value + operations.Reshape(shift, -1, 1, _stage.Channels, 1));
        }

        result = Condition(result, global, 0);
        for (int block = 0; block < _stage.Blocks; block++)
        {
            TensorValue inner = _blocks[2 * block].Apply(Activate(result.Value));
            inner = Condition(result with { Value = inner }, global, block + 1).Value;
            result = result with { Value = result.Value + _blocks[2 * block + 1].Apply(Activate(inner)) };
        }

        return result with { Value = Activate(result.Value) };
    }

    private TensorValue Activate(TensorValue value) =>
        _options.IsSmooth ? value.Operations.Silu(value) : value.Operations.LeakyRectify(value, 0.01);

    private Phases Condition(Phases grid, TensorValue global, int index)
    {
        if (_conditions[index] is not { } layer)
        {
            return grid;
        }

        TensorOperations operations = global.Operations;
        TensorValue numbers = layer.Apply(global); // (b, 2 C)
        TensorValue scale = operations.Reshape(operations.Columns(numbers, 0, grid.Channels) + 1, -1, 1, grid.Channels, 1);
        TensorValue shift = operations.Reshape(operations.Columns(numbers, grid.Channels, grid.Channels), -1, 1, grid.Channels, 1);
        return grid.PerChannel(value => value * scale + shift);
    }

    /// <summary>A grid as its phases.</summary>
    /// <param name="Value">Shape (b · P, C, m, m, m).</param>
    /// <param name="Channels">C.</param>
    /// <param name="Size">m.</param>
    /// <param name="Strides">The strides by which it was split; P is the product of their cubes.</param>
    internal sealed record Phases(TensorValue Value, int Channels, int Size, IReadOnlyList<int> Strides)
    {
        public int Count => Strides.Aggregate(1, (count, stride) => count * stride * stride * stride);

        /// <summary>Applies a function to the shape (b, P, C, m³).</summary>
        public Phases PerChannel(Func<TensorValue, TensorValue> function)
        {
            TensorOperations operations = Value.Operations;
            TensorValue lines = operations.Reshape(Value, -1, Count, Channels, Size * Size * Size);
            return this with { Value = operations.Reshape(function(lines), -1, Channels, Size, Size, Size) };
        }

        /// <summary>Splits every grid into those of each s-th voxel.</summary>
        public Phases Split(int stride)
        {
            if (stride == 1)
            {
                return this;
            }

            TensorOperations operations = Value.Operations;
            int size = Size / stride;
            TensorValue axes = operations.Reshape(Value, -1, Channels, size, stride, size, stride, size, stride);
            TensorValue phases = operations.Permute(axes, 0, 3, 5, 7, 1, 2, 4, 6);
            return new Phases(operations.Reshape(phases, -1, Channels, size, size, size), Channels, size, [.. Strides, stride]);
        }

        /// <summary>Joins the phases to the grid of all voxels, shape (b, C, N, N, N).</summary>
        public TensorValue Join()
        {
            TensorOperations operations = Value.Operations;
            TensorValue value = Value;
            int size = Size;
            foreach (int stride in Strides.Reverse())
            {
                TensorValue axes = operations.Reshape(value, -1, stride, stride, stride, Channels, size, size, size);
                size *= stride;
                value = operations.Reshape(operations.Permute(axes, 0, 4, 5, 1, 6, 2, 7, 3), -1, Channels, size, size, size);
            }

            return value;
        }

        /// <summary>Lays all voxels of all channels side by side, shape (b, P · C · m³).</summary>
        public TensorValue Flatten() => Value.Operations.Reshape(Value, -1, Count * Channels * Size * Size * Size);

        /// <summary>Averages over all voxels, shape (b, C).</summary>
        public TensorValue Mean()
        {
            TensorOperations operations = Value.Operations;
            TensorValue lines = operations.Reshape(Value, -1, Count, Channels, Size * Size * Size);
            TensorValue means = operations.Reshape(operations.MeanColumns(lines), -1, Count, Channels); // (b, P, C)
            return operations.SumRows(means) * (1.0 / Count);
        }
    }
}
