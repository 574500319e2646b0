using Faithful.Crystals.Symmetry;

namespace Faithful.Datasets.Purification;

/// <summary>What is removed from a data set, and by which measure.</summary>
public sealed record PurificationOptions
{
    /// <summary>
    /// Gets the label column by which duplicates are compared, or null when labels are not to be compared. The default value is null.
    /// </summary>
    public string? Label { get; init; }

    /// <summary>
    /// Gets how far the numbers of one label may lie apart and still agree, in the unit of the label (eV, eV/atom), at least 0. The
    /// default value is 0.05: about the chemical accuracy of 1 kcal/mol, and what two runs of one method differ by. Texts agree
    /// when they are equal.
    /// </summary>
    public double LabelTolerance { get; init; } = 0.05;

    /// <summary>Gets the most atoms that a primitive cell may have, at least 1. The default value is 59: the paper takes cells of fewer than 60.</summary>
    public int MaximumAtoms { get; init; } = 59;

    /// <summary>
    /// Gets how close two atoms may be, in Å, at least 0. The default value is 0.5, two thirds of the shortest bond there is (H–H, 0.74 Å).
    /// </summary>
    public double MinimumDistance { get; init; } = 0.5;

    /// <summary>
    /// Gets the least volume of an atom, Å³, at least 0. The default value is 2: diamond has 5.7, hydrides at 150 GPa have 3.
    /// </summary>
    public double MinimumVolumePerAtom { get; init; } = 2;

    /// <summary>
    /// Gets the greatest volume of an atom, Å³. The default value is 150: the sparsest dense matter is caesium with 110 (calculations
    /// give up to 125), so a quarter more is no solid but atoms that float.
    /// </summary>
    public double MaximumVolumePerAtom { get; init; } = 150;

    /// <summary>Gets the tolerances of the symmetry search. The default values are 0.1 Å and 5°.</summary>
    public SymmetryOptions Symmetry { get; init; } = new();

    /// <summary>
    /// Gets how far the interatomic distances of distorted copies may differ, as a fraction of the mean spacing of atoms (the cube
    /// root of the volume per atom), at most 0.2; 0 looks for no copies. The default value is 0.05, which is 0.12 Å in the middle
    /// of the data: what the symmetry search takes for symmetric. Differences of larger distortions go on without a gap.
    /// </summary>
    public double DistortionTolerance { get; init; } = 0.05;

    /// <summary>
    /// Gets the ratio by which the volumes per atom of distorted copies may differ, at least 1. The default value is 1.1: methods of
    /// calculation differ by some percent, and so does a solid between the coldest and the hottest.
    /// </summary>
    public double DistortionVolumeRatio { get; init; } = 1.1;

    /// <summary>Gets the number of threads; 0 means one for each processor. The default value is 0.</summary>
    public int Threads { get; init; }

    internal int EffectiveThreads => Threads == 0 ? Environment.ProcessorCount : Threads;

    /// <summary>Checks all values.</summary>
    /// <exception cref="ArgumentException">A value is out of its range; the message names all that are.</exception>
    public void Validate()
    {
        List<string> faults = [];
        void Require(bool isValid, string fault)
        {
            if (!isValid)
            {
                faults.Add(fault);
            }
        }

        Require(Label is null || !string.IsNullOrWhiteSpace(Label), $"{nameof(Label)} must be null or the name of a column");
        Require(LabelTolerance >= 0 && double.IsFinite(LabelTolerance), $"{nameof(LabelTolerance)} must be at least 0");
        Require(MaximumAtoms >= 1, $"{nameof(MaximumAtoms)} must be at least 1");
        Require(MinimumDistance is >= 0 and <= 10, $"{nameof(MinimumDistance)} must lie in 0..10 Å");
        Require(MinimumVolumePerAtom >= 0, $"{nameof(MinimumVolumePerAtom)} must be at least 0 Å³");
        Require(MaximumVolumePerAtom > MinimumVolumePerAtom, $"{nameof(MaximumVolumePerAtom)} must exceed {nameof(MinimumVolumePerAtom)}");
        Require(Symmetry is not null, $"{nameof(Symmetry)} must be given");
        Require(DistortionTolerance is >= 0 and <= 0.2, $"{nameof(DistortionTolerance)} must lie in 0..0.2");
        Require(DistortionVolumeRatio >= 1 && double.IsFinite(DistortionVolumeRatio), $"{nameof(DistortionVolumeRatio)} must be at least 1");
        Require(Threads >= 0, $"{nameof(Threads)} must be positive, or 0 for all processors");
        if (faults.Count > 0)
        {
            throw new ArgumentException($"{string.Join("; ", faults)}.");
        }
    }
}
