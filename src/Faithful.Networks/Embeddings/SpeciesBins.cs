using Faithful.Models;
using Faithful.Networks.Operations;

namespace Faithful.Networks.Embeddings;

/// <summary>
/// The species of each crystal, most common first, as the canonical order of the atoms has them: which bin an atom belongs to,
/// and which place it has there. Found from the atomic numbers alone, so a model file needs no further input.
/// </summary>
public sealed class SpeciesBins
{
    private SpeciesBins(TensorValue bin, TensorValue place)
    {
        Bin = bin;
        Place = place;
    }

    /// <summary>Gets the bin of each atom, 0 for the most common species, float32, shape (atoms, 1).</summary>
    public TensorValue Bin { get; }

    /// <summary>Gets the place of each atom among those of its species, from 0, float32, shape (atoms, 1).</summary>
    public TensorValue Place { get; }

    /// <summary>Finds the bins of a batch.</summary>
    /// <param name="operations">The interpreter.</param>
    /// <param name="atomCounts">The number of atoms of each crystal, shape (crystals, 1).</param>
    /// <returns>The bins.</returns>
    public static SpeciesBins Find(TensorOperations operations, TensorValue atomCounts)
    {
        ArgumentNullException.ThrowIfNull(operations);
        TensorValue crystal = operations.Input(ModelInput.CrystalIndex); // (atoms)
        TensorValue crystalColumn = Column(operations, crystal), species = Column(operations, operations.Input(ModelInput.AtomicNumbers));
        TensorValue ones = species * 0 + 1;
        TensorValue number = operations.CumulativeSum(ones); // 1, 2, …: whole numbers below 2²⁴ are exact in float32

        // 1. A new species begins where the atomic number or the crystal differs from those of the atom before.
        TensorValue before = Row(operations, operations.Rectify(number + -2)); // the first atom is compared with itself
        TensorValue change = operations.Absolute(species - operations.Gather(species, before))
            + operations.Absolute(crystalColumn - operations.Gather(crystalColumn, before));
        TensorValue begins = operations.Rectify(change) - operations.Rectify(change + -1); // 1 where it does

        // 2. Species are numbered through the batch, then from the first of their crystal.
        TensorValue running = operations.CumulativeSum(begins);
        TensorValue firstAtom = Row(operations, operations.CumulativeSum(atomCounts) - atomCounts); // (crystals)
        TensorValue bin = running - operations.Gather(operations.Gather(running, firstAtom), crystal);

        // 3. Places count from the first atom of the species. There are at most as many species as atoms.
        TensorValue speciesOfBatch = Row(operations, running);
        TensorValue sizes = operations.SegmentSum(ones, speciesOfBatch, ones);
        TensorValue starts = operations.CumulativeSum(sizes) - sizes;
        return new SpeciesBins(bin, number + -1 - operations.Gather(starts, speciesOfBatch));
    }

    /// <summary>Turns float32 (n, 1) into int64 (n).</summary>
    internal static TensorValue Row(TensorOperations operations, TensorValue value) =>
        operations.ToInteger(operations.DropLastAxis(value + 0.25)); // whole numbers, whatever the last bit

    /// <summary>Turns int64 (n) into float32 (n, 1).</summary>
    internal static TensorValue Column(TensorOperations operations, TensorValue value) =>
        operations.Reshape(operations.ToFloat(value), -1, 1);
}
