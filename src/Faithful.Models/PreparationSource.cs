using System.Collections.Concurrent;
using Faithful.Crystals;
using Faithful.Crystals.Symmetry;

namespace Faithful.Models;

/// <summary>
/// A crystal that several models want, each prepared in its own way. What the ways have in common is found once: its symmetry, which takes
/// longer than all else where the given cell is not primitive. Thread-safe.
/// </summary>
/// <param name="crystal">The crystal, in any cell.</param>
public sealed class PreparationSource(Crystal crystal)
{
    private readonly ConcurrentDictionary<(double Distance, double Angle, bool OfPrimitive), Lazy<CrystalSymmetry>> _symmetries = new();

    /// <summary>Gets the crystal as it was given.</summary>
    public Crystal Crystal { get; } = crystal ?? throw new ArgumentNullException(nameof(crystal));

    /// <summary>Prepares the crystal for a model.</summary>
    /// <param name="options">How the model wants it.</param>
    /// <returns>What <see cref="CrystalPreparation.Prepare(Crystal, PreparationOptions)"/> gives.</returns>
    /// <exception cref="MissingNativeLibraryException">The options ask for symmetry and spglib is not installed.</exception>
    public PreparedCrystal Prepare(PreparationOptions options) => CrystalPreparation.Prepare(this, options);

    /// <summary>Gets the symmetry of the crystal.</summary>
    /// <param name="options">The tolerances.</param>
    /// <returns>The symmetry.</returns>
    /// <exception cref="SymmetryException">spglib finds none with these tolerances.</exception>
    internal CrystalSymmetry Symmetry(PreparationOptions options) => Symmetry(options, ofPrimitive: false);

    /// <summary>Gets the symmetry of the standard primitive cell.</summary>
    /// <param name="options">The tolerances.</param>
    /// <returns>The symmetry.</returns>
    /// <exception cref="SymmetryException">spglib finds none with these tolerances.</exception>
    internal CrystalSymmetry SymmetryOfPrimitive(PreparationOptions options) => Symmetry(options, ofPrimitive: true);

    private CrystalSymmetry Symmetry(PreparationOptions options, bool ofPrimitive) => _symmetries.GetOrAdd(
        (options.DistanceTolerance, options.AngleTolerance, ofPrimitive),
        key => new Lazy<CrystalSymmetry>(() => SymmetryFinder.Analyze(
            key.OfPrimitive ? Symmetry(options, ofPrimitive: false).StandardPrimitive : Crystal,
            new SymmetryOptions { DistanceTolerance = key.Distance, AngleTolerance = key.Angle }))).Value;
}
