using System.Collections.Immutable;
using Faithful.Crystals.Neighbors;
using Faithful.Crystals.Symmetry;

namespace Faithful.Crystals.Bands;

/// <summary>
/// An approximate band structure at the eight momenta that time reversal leaves where they are, from the structure alone, and what symmetry
/// says of its occupied bands. Immutable.
/// </summary>
/// <remarks>
/// Density-functional tight binding without fitted parameters: orbitals of free atoms in the local-density approximation, relativistic and
/// confined; two-centre integrals of their Hamiltonian; charges that reproduce themselves; spin-orbit interaction between the states around the Fermi level.
/// Gaps are off by 1 eV and more. What it is for is the order of levels of different symmetry, in which topological quantum chemistry
/// (B. Bradlyn et al., Nature 547, 298 (2017), DOI 10.1038/nature23268) reads whether a crystal is topological.
/// </remarks>
public sealed class BandStructure
{
    /// <summary>The most orbitals for which bands are computed: the time grows with their third power.</summary>
    public const int LargestOrbitals = 400;

    /// <summary>
    /// The smallest distance of two atoms in sums of their covalent radii. Bonds have 0.75 and more; atoms that are closer than this overlap
    /// so much that their charges may balance in more than one way.
    /// </summary>
    public const double SmallestDistance = 0.65;

    private BandStructure(BandCell cell, SelfConsistentBands bands, InvariantMomenta momenta)
    {
        Cell = cell;
        SpinOrbitStates[] states = [.. momenta.Representatives.Select((_, star) => new SpinOrbitStates(cell, bands, star))];
        Electrons = cell.Electrons;
        Orbitals = cell.Orbitals;
        double[] OfMomenta(Func<SpinOrbitStates, double> read) =>
            [.. Enumerable.Range(0, InvariantMomenta.Count).Select(momentum => SpinOrbitStates.HartreeInElectronvolts * read(states[momenta.Star(momentum)]))];
        var gaps = OfMomenta(state => state.Bottom - state.Top);
        var tops = OfMomenta(state => state.Top);
        var bottoms = OfMomenta(state => state.Bottom);
        Gaps = [.. gaps.Order()];
        GapsWithoutSpin = [.. OfMomenta(state => state.GapWithoutSpin).Order()];
        IndirectGap = bottoms.Min() - tops.Max();
        TopSpread = tops.Max() - tops.Min();
        FermiEnergy = tops.Max();
        Levels = [.. states.Select(state => state.Levels.Select(level => level * SpinOrbitStates.HartreeInElectronvolts).ToImmutableArray())];
        Weights = [.. momenta.Weights];
        ChargeMaximum = bands.Charges.Max(Math.Abs);
        ChargeDeviation = Math.Sqrt(bands.Charges.Sum(charge => charge * charge) / bands.Charges.Length);
        var traces = new SymmetryTraces(cell, momenta, states);
        Compatibility = new(cell, traces, gaps);
        var inversion = Array.FindIndex(cell.Operations, operation => operation.IsInversion);
        if (inversion >= 0)
        {
            Parities = new(Electrons, momentum => traces[inversion, momentum]);
            (double Top, double Bottom)[] ends =
                [.. states.Select((state, star) => state.Parities(cell.Operations[inversion], momenta.Representatives[star]))];
            List<double> flips = [];
            for (var momentum = 0; momentum < InvariantMomenta.Count; momentum++)
            {
                var (top, bottom) = ends[momenta.Star(momentum)];
                if (Math.Min(Math.Abs(top), Math.Abs(bottom)) > 0.5 && top * bottom < 0)
                {
                    flips.Add(gaps[momentum]);
                }
            }

            (InvertibleMomenta, SmallestInvertibleGap) = (flips.Count, flips.Count == 0 ? double.NaN : flips.Min());
        }
    }

    /// <summary>Gets the electrons in the bands of a primitive cell.</summary>
    public int Electrons { get; }

    /// <summary>Gets the number of orbitals of a primitive cell, without spin.</summary>
    public int Orbitals { get; }

    /// <summary>Gets the gaps at the filling with spin-orbit interaction, eV, ascending; shape (8).</summary>
    public ImmutableArray<double> Gaps { get; }

    /// <summary>Gets the gaps at the filling without spin-orbit interaction, eV, ascending; shape (8).</summary>
    public ImmutableArray<double> GapsWithoutSpin { get; }

    /// <summary>Gets the lowest empty level minus the highest occupied one, over the eight momenta, eV; negative in a metal.</summary>
    public double IndirectGap { get; }

    /// <summary>Gets how far the highest occupied levels of the momenta lie apart, eV.</summary>
    public double TopSpread { get; }

    /// <summary>Gets the highest occupied level, eV, against the vacuum of free atoms.</summary>
    public double FermiEnergy { get; }

    /// <summary>Gets the largest charge of an atom, electrons.</summary>
    public double ChargeMaximum { get; }

    /// <summary>Gets the root of the mean square of the charges, electrons.</summary>
    public double ChargeDeviation { get; }

    /// <summary>Gets at how many momenta the levels around the gap have opposite parities; 0 without inversion.</summary>
    public int InvertibleMomenta { get; }

    /// <summary>Gets the smallest gap between levels of opposite parities, eV; NaN where there is none.</summary>
    public double SmallestInvertibleGap { get; } = double.NaN;

    /// <summary>Gets what the parities of the occupied bands say; null without inversion.</summary>
    public ParityIndices? Parities { get; }

    /// <summary>Gets the cell.</summary>
    internal BandCell Cell { get; }

    /// <summary>Gets the tests of lines between the momenta.</summary>
    internal CompatibilityTests Compatibility { get; }

    /// <summary>Gets the levels around the gap with spin-orbit interaction at one momentum of each star, eV; shape (stars), (levels).</summary>
    internal ImmutableArray<ImmutableArray<double>> Levels { get; }

    /// <summary>Gets how many momenta each star has; shape (stars).</summary>
    internal ImmutableArray<int> Weights { get; }

    /// <summary>Computes the band structure.</summary>
    /// <param name="crystal">The crystal in any cell.</param>
    /// <param name="options">The tolerances of its symmetry; null for the defaults.</param>
    /// <returns>
    /// The bands; null where there are none: more orbitals than <see cref="LargestOrbitals"/>, elements beyond curium, a symmetry that is not certain,
    /// atoms closer than <see cref="SmallestDistance"/>, charges that find no balance, or no empty or no occupied orbital.
    /// </returns>
    /// <exception cref="MissingNativeLibraryException">spglib is missing or unusable.</exception>
    public static BandStructure? Compute(Crystal crystal, SymmetryOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(crystal);
        if (!crystal.Species.All(BandAtom.Covers)
            || BandCell.Find(crystal, options ?? new()) is not { } cell
            || cell.Orbitals > LargestOrbitals
            || cell.Electrons < 2
            || cell.Electrons / 2 >= cell.Orbitals
            || AreTooClose(cell.Crystal))
        {
            return null;
        }

        var momenta = new InvariantMomenta(cell.Operations);
        return SelfConsistentBands.Solve(cell, momenta) is { } bands ? new(cell, bands, momenta) : null;
    }

    private static bool AreTooClose(Crystal crystal)
    {
        var limit = 2 * SmallestDistance * crystal.Species.Max(element => element.CovalentRadius);
        var pairs = NeighborSearch.Find(crystal, limit);
        for (var pair = 0; pair < pairs.Count; pair++)
        {
            var radii = crystal.Species[pairs.Source[pair]].CovalentRadius + crystal.Species[pairs.Target[pair]].CovalentRadius;
            if (pairs.Distances[pair] < SmallestDistance * radii)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Gets the number of levels of all eight momenta within a distance of the highest occupied one, for a momentum.</summary>
    /// <param name="distance">The distance, eV.</param>
    /// <returns>The mean number.</returns>
    public double LevelsNearFermi(double distance)
    {
        var sum = 0;
        for (var star = 0; star < Levels.Length; star++)
        {
            sum += Weights[star] * Levels[star].Count(level => Math.Abs(level - FermiEnergy) < distance);
        }

        return (double)sum / InvariantMomenta.Count;
    }
}
