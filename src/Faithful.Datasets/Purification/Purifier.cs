using System.Collections.Immutable;
using Faithful.Crystals.Formats;
using Faithful.Crystals.Symmetry;

namespace Faithful.Datasets.Purification;

/// <summary>
/// Purifies data sets as the paper does (npj Comput. Mater. 2025, section "Topological classification"): large and implausible
/// cells go, other cells become primitive, and of the crystals that are one material one is kept, or none when they contradict
/// each other.
/// </summary>
/// <remarks>
/// What is kept depends on which crystals there are, not on their order, and purifying what was kept changes nothing. Rules are
/// applied one after the other, and each sees only what those before it have left.
/// </remarks>
public static class Purifier
{
    /// <summary>Gets the rules that the options ask for, in the order in which they are applied.</summary>
    /// <param name="options">The thresholds.</param>
    /// <returns>The rules for single crystals, then those for groups.</returns>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public static ImmutableArray<PurificationRule> Rules(PurificationOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        return
        [
            new AtomDistanceRule(options.MinimumDistance), // first what costs little
            new VolumePerAtomRule(options.MinimumVolumePerAtom, options.MaximumVolumePerAtom),
            new SymmetryRule(options.Symmetry),
            new PrimitiveCellRule(options.Symmetry),
            new CellSizeRule(options.MaximumAtoms),
            new RepeatedIdRule(), // ids must be unambiguous before they decide what is kept
            new DuplicateRule(),
            new DistortedCopyRule(options.DistortionTolerance, options.DistortionVolumeRatio),
        ];
    }

    /// <summary>Purifies a data set by the label that the options name.</summary>
    /// <param name="records">The crystals, read as they are needed.</param>
    /// <param name="options">The thresholds; null for the defaults.</param>
    /// <param name="progress">Told the number of crystals examined so far, on the caller's thread.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>What is kept, and why the rest is not.</returns>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    /// <exception cref="LabelException">No crystal has such a label.</exception>
    /// <exception cref="MissingNativeLibraryException">spglib is missing or unusable.</exception>
    /// <exception cref="OperationCanceledException">The work was cancelled.</exception>
    public static PurificationResult Run(
        IEnumerable<CrystalRecord> records,
        PurificationOptions? options = null,
        IProgress<int>? progress = null,
        CancellationToken cancellationToken = default) =>
        Examine(records, options, progress, cancellationToken).Purify(options?.Label);

    /// <summary>Does all that needs no label, so that a data set can be purified by several labels in one pass.</summary>
    /// <param name="records">The crystals, read as they are needed.</param>
    /// <param name="options">The thresholds; null for the defaults. The label plays no part.</param>
    /// <param name="progress">Told the number of crystals examined so far, on the caller's thread.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>The examined crystals.</returns>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    /// <exception cref="MissingNativeLibraryException">spglib is missing or unusable.</exception>
    /// <exception cref="OperationCanceledException">The work was cancelled.</exception>
    public static ExaminedDataset Examine(
        IEnumerable<CrystalRecord> records,
        PurificationOptions? options = null,
        IProgress<int>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(records);
        options ??= new();
        var rules = Rules(options);
        _ = SymmetryFinder.Version; // better to know now that spglib is missing than after an hour of reading
        ImmutableArray<CrystalRule> crystalRules = [.. rules.OfType<CrystalRule>()];
        var examination = new CrystalExamination(crystalRules, options.EffectiveThreads);
        examination.Run(records, progress, cancellationToken);

        var remaining = examination.Remaining;
        return new ExaminedDataset(
            options,
            crystalRules,
            [
                .. rules.OfType<GroupRule>().Select(rule => (rule, rule.Relate(remaining, options.EffectiveThreads, cancellationToken))),
            ],
            examination);
    }
}
