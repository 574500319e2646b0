using Faithful.Models;
using Faithful.Networks.Embeddings;

namespace Faithful.Networks;

/// <summary>Options of <see cref="Ccnn"/>; the defaults are the preset <c>best</c>.</summary>
public sealed record CcnnOptions : NetworkOptions
{
    /// <summary>Gets the network of the paper's code, with what it leaves out of a faithful representation.</summary>
    /// <remarks>
    /// Different from the code: where atoms meet in a voxel their vectors add up (there a crystal is refused), a padded
    /// convolution of kernel 5 and stride 3 starts one voxel further out, and the volume is made of the projected global vector.
    /// </remarks>
    public static CcnnOptions Paper { get; } = new()
    {
        Grid = 42,
        Margin = 1,
        WeightsFeatures = false,
        IsCircular = false,
        EmbedsElements = false,
        Elements = ElementEncoding.LeftStep,
        Global = GlobalEncoding.LatticeSines,
        UsesCellMetric = false,
        UsesSites = false,
        Volume = CcnnVolume.Full,
        Stages =
        [
            new(90, 5, 3, 0), new(90, 1, 1, 0), new(90, 1, 1, 0), new(90, 2, 2, 0), new(270, 5, 3, 0), new(270, 1, 1, 0),
            new(270, 1, 1, 0), new(540, 3, 3, 0), new(540, 1, 1, 0),
        ],
        KeepsPhases = false,
        IsConditioned = false,
        PoolsVoxels = false,
        ReadsAtAtoms = false,
        IsSmooth = false,
        Width = 512,
        HeadWidths = [1024, 512, 256],
        NormalizesHead = false,
        Dropout = 0,
        Cell = CellChoice.AsGiven,
    };

    /// <summary>Gets the number of voxels along each axis of the cell. Range 4..64; the default is 12, so that the twelfths of the cell, on which most special positions lie, are voxels.</summary>
    public int Grid { get; init; } = 12;

    /// <summary>Gets how many voxels at either end of an axis repeat those at the other. Range 0..4; the default is 0.</summary>
    public int Margin { get; init; }

    /// <summary>Gets whether the features of an atom fade out with the distance from it; otherwise its eight voxels get them in full. The default is true.</summary>
    public bool WeightsFeatures { get; init; } = true;

    /// <summary>Gets whether convolutions continue the grid periodically; otherwise zeros lie around it. The default is true.</summary>
    public bool IsCircular { get; init; } = true;

    /// <summary>Gets whether element vectors are embedded by a trained perceptron before they are put on the grid. The default is true.</summary>
    public bool EmbedsElements { get; init; } = true;

    /// <summary>Gets the number of channels of embedded atoms on the grid. Range 1..256; the default is 24.</summary>
    public int AtomChannels { get; init; } = 24;

    /// <summary>Gets whether lengths and angles of the cell join the global vector. The default is true.</summary>
    public bool UsesCellMetric { get; init; } = true;

    /// <summary>Gets whether the site symmetry of atoms is used, where the task may use symmetry. The default is true.</summary>
    public bool UsesSites { get; init; } = true;

    /// <summary>Gets what the global vector adds to the grid. The default is <see cref="CcnnVolume.Uniform"/>.</summary>
    public CcnnVolume Volume { get; init; } = CcnnVolume.Uniform;

    /// <summary>
    /// Gets the stages; each stride divides the voxels that are left of an axis. At least one. The default is two, the second
    /// with half the voxels of an axis.
    /// </summary>
    public IReadOnlyList<CcnnStage> Stages { get; init; } = [new(24, 3, 1, 1), new(48, 3, 2, 1)];

    /// <summary>
    /// Gets whether a stage with a stride keeps the results that the stride would skip, as grids of their own, so that the answer
    /// is the same for every origin that is a whole number of voxels away. Three times the arithmetic. The default is false.
    /// </summary>
    public bool KeepsPhases { get; init; }

    /// <summary>Gets whether the global vector scales and shifts the channels of every stage. The default is true.</summary>
    public bool IsConditioned { get; init; } = true;

    /// <summary>Gets whether the head sees the mean over all voxels; otherwise every voxel by itself, in order. The default is true.</summary>
    public bool PoolsVoxels { get; init; } = true;

    /// <summary>Gets whether the grid is also read at the atoms and averaged over them. Needs phases that are kept. The default is false.</summary>
    public bool ReadsAtAtoms { get; init; }

    /// <summary>Gets whether activations are smooth (SiLU); otherwise linear with a slope of 0.01 below 0. The default is true.</summary>
    public bool IsSmooth { get; init; } = true;

    /// <summary>Gets the width of the global vector. Range 4..1024; the default is 128.</summary>
    public int Width { get; init; } = 128;

    /// <summary>Gets the widths of the hidden layers of the head. Each in the range 1..4096; the default is 256.</summary>
    public IReadOnlyList<int> HeadWidths { get; init; } = [256];

    /// <summary>Gets whether the input of the head is normalised. The default is true.</summary>
    public bool NormalizesHead { get; init; } = true;

    /// <summary>Gets the cell in which the network sees a crystal. The default is <see cref="CellChoice.Canonical"/>.</summary>
    public CellChoice Cell { get; init; } = CellChoice.Canonical;

    /// <inheritdoc/>
    public override Network Build(NetworkSpecification specification)
    {
        ThrowIfInvalid();
        return new Ccnn(this, specification);
    }

    /// <inheritdoc/>
    public override PreparationOptions Preparation(bool taskUsesSymmetry) => new() { UsesSymmetry = ReadsSymmetry(taskUsesSymmetry), Cell = Cell };

    /// <inheritdoc/>
    public override IReadOnlyList<string> Validate()
    {
        List<string> faults = [.. base.Validate()];
        Require(Grid is >= 4 and <= 64, $"Grid must lie in 4..64, found {Grid}.");
        Require(Margin is >= 0 and <= 4 && Grid - 2 * Margin >= 4, $"Margin must lie in 0..4 and leave 4 voxels, found {Margin}.");
        Require(AtomChannels is >= 1 and <= 256, $"AtomChannels must lie in 1..256, found {AtomChannels}.");
        Require(EmbedsElements || Elements != ElementEncoding.Learned, "Learned element vectors need EmbedsElements.");
        Require(Enum.IsDefined(Volume), $"Volume must be Uniform or Full, found {Volume}.");
        Require(Volume != CcnnVolume.Full || Grid % 2 == 0, $"A full volume needs an even Grid, found {Grid}.");
        Require(!ReadsAtAtoms || KeepsPhases, "ReadsAtAtoms needs KeepsPhases.");
        Require(Width is >= 4 and <= 1024, $"Width must lie in 4..1024, found {Width}.");
        Require(HeadWidths is not null && HeadWidths.All(width => width is >= 1 and <= 4096), "HeadWidths must each lie in 1..4096.");
        Require(Enum.IsDefined(Cell), $"Cell must be AsGiven or Canonical, found {Cell}.");
        Require(Stages is { Count: > 0 }, "Stages must have at least one stage.");
        int voxels = Grid;
        foreach (CcnnStage stage in Stages ?? [])
        {
            Require(
                stage is { Channels: >= 1 and <= 1024, Kernel: >= 1 and <= 9, Stride: >= 1 and <= 8, Blocks: >= 0 and <= 8 }
                    && (stage.Kernel % 2 == 1 || (stage.Kernel == stage.Stride && !KeepsPhases)),
                $"A stage must lie in the ranges of its members, with an odd kernel or one that is the stride; found {stage}.");
            if (stage is not { Stride: >= 1 })
            {
                continue;
            }

            Require(
                !KeepsPhases || voxels % stage.Stride == 0,
                $"Strides must divide the grid where phases are kept: {voxels} voxels are left for a stride of {stage.Stride}.");
            voxels = stage.Shrink(voxels);
            Require(voxels >= 1, $"No voxel is left after {stage}.");
        }

        return faults;

        void Require(bool holds, string fault)
        {
            if (!holds)
            {
                faults.Add(fault);
            }
        }
    }
}
