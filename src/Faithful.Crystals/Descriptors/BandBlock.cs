using System.Globalization;
using Faithful.Crystals.Bands;

namespace Faithful.Crystals.Descriptors;

/// <summary>An approximate band structure and what symmetry says of it (<see cref="BandStructure"/>); missing where there is none.</summary>
internal sealed class BandBlock() : DescriptorBlock(List())
{
    private const int GapsWithoutSpin = 4;
    private const double NoGap = 0.005; // eV

    private static readonly double[] Windows = [0.25, 1]; // eV
    private static readonly double[] SmallGaps = [0.05, 0.15, 0.3]; // eV
    private static readonly string[] Kinds = ["2-fold axes", "3-fold axes", "4-fold axes", "6-fold axes", "mirrors and rotoinversions"];

    /// <inheritdoc/>
    public override bool UsesSymmetry => true;

    /// <inheritdoc/>
    public override void Compute(DescriptorInput input, Span<float> values)
    {
        if (input.Bands is not { } bands)
        {
            values.Fill(float.NaN);
            return;
        }

        var next = 0;
        void Add(Span<float> all, double value) => all[next++] = (float)value;
        Add(values, bands.Electrons);
        Add(values, bands.Orbitals);
        Add(values, bands.IndirectGap);
        foreach (var gap in bands.Gaps)
        {
            Add(values, gap);
        }

        foreach (var gap in bands.GapsWithoutSpin.AsSpan(0, GapsWithoutSpin))
        {
            Add(values, gap);
        }

        Add(values, bands.Gaps.Count(gap => gap < NoGap));
        Add(values, bands.GapsWithoutSpin.Count(gap => gap < NoGap));
        foreach (var limit in SmallGaps)
        {
            Add(values, bands.Gaps.Count(gap => gap < limit));
        }

        foreach (var window in Windows)
        {
            Add(values, bands.LevelsNearFermi(window) / bands.Cell.Atoms.Length);
        }

        Add(values, bands.FermiEnergy);
        Add(values, bands.TopSpread);
        Add(values, bands.ChargeMaximum);
        Add(values, bands.ChargeDeviation);
        AddParities(bands, values[next..]);
        next += ParityColumns.Length;
        var tests = bands.Compatibility;
        Add(values, tests.Tests.Sum());
        Add(values, tests.Violations.Sum());
        Add(values, tests.Tests.Sum() == 0 ? double.NaN : (double)tests.Violations.Sum() / tests.Tests.Sum());
        Add(values, double.IsFinite(tests.ViolationGap) ? tests.ViolationGap : double.NaN);
        for (var kind = 0; kind < Kinds.Length; kind++)
        {
            Add(values, tests.Tests[kind] == 0 ? double.NaN : (double)tests.Violations[kind] / tests.Tests[kind]);
        }

        if (next != values.Length)
        {
            throw new InvalidOperationException($"{values.Length} columns, {next} values.");
        }
    }

    private static DescriptorColumn[] ParityColumns { get; } =
    [
        new("parity_index", "1", "Sum of the odd pairs of occupied bands over the eight momenta modulo 4; missing without inversion or without gaps"),
        new("parity_weak", "1", "1 where a plane of four momenta has an odd number of odd pairs"),
        new("parity_rules_out_atomic_limit", "1", "1 where the parities are those of no atomic limit"),
        new("parity_uncertainty", "1", "How far the numbers of odd pairs are from whole ones"),
        new("parity_odd_share", "1", "Odd pairs of occupied bands at a momentum, on average, for each electron"),
        new("parity_spread", "1", "Largest minus smallest number of odd pairs"),
        new("parity_least_beyond_zero", "1", "Smallest number of odd pairs at another momentum minus that at momentum zero"),
        new("parity_most_beyond_zero", "1", "Largest number of odd pairs at another momentum minus that at momentum zero"),
        new("band_invertible_momenta", "1", "Momenta where the levels around the gap have opposite parities"),
        new("band_smallest_invertible_gap", "eV", "Smallest gap between levels of opposite parities"),
    ];

    private static void AddParities(BandStructure bands, Span<float> values)
    {
        if (bands.Parities is not { } parities)
        {
            values[..ParityColumns.Length].Fill(float.NaN);
            return;
        }

        var odd = parities.OddPairs;
        double IfCertain(double number) => parities.AreCertain ? number : double.NaN;
        ReadOnlySpan<double> numbers =
        [
            IfCertain(parities.Index),
            IfCertain(parities.IsWeak ? 1 : 0),
            IfCertain(parities.RuleOutAtomicLimit ? 1 : 0),
            parities.Uncertainty,
            IfCertain(odd.Average() / bands.Electrons),
            IfCertain(odd.Max() - odd.Min()),
            IfCertain(odd.Skip(1).Min() - odd[0]),
            IfCertain(odd.Skip(1).Max() - odd[0]),
            bands.InvertibleMomenta,
            bands.SmallestInvertibleGap,
        ];
        for (var index = 0; index < numbers.Length; index++)
        {
            values[index] = (float)numbers[index];
        }
    }

    private static string Text(double number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Name(double number) => Text(number).Replace('.', '_');

    private static IEnumerable<DescriptorColumn> List() =>
    [
        new("band_electrons", "1", "Electrons in the bands of the primitive cell"),
        new("band_orbitals", "1", "Orbitals of the primitive cell"),
        new("band_indirect_gap", "eV", "Lowest empty level minus highest occupied one over eight momenta"),
        .. Enumerable.Range(1, 8).Select(rank => new DescriptorColumn($"band_gap_{rank}", "eV", $"Gap with spin-orbit interaction at eight momenta, number {rank} by size")),
        .. Enumerable.Range(1, GapsWithoutSpin).Select(rank => new DescriptorColumn($"band_gap_without_spin_{rank}", "eV", $"Gap without spin-orbit interaction at eight momenta, number {rank} by size")),
        new("band_zero_gaps", "1", "Momenta without a gap"),
        new("band_zero_gaps_without_spin", "1", "Momenta without a gap, were there no spin-orbit interaction"),
        .. SmallGaps.Select(limit => new DescriptorColumn($"band_gaps_below_{Name(limit)}", "1", $"Momenta with a gap below {Text(limit)} eV")),
        .. Windows.Select(window => new DescriptorColumn($"band_levels_within_{Name(window)}", "1", $"Levels within {Text(window)} eV of the highest occupied one, for an atom and a momentum")),
        new("band_fermi_energy", "eV", "Highest occupied level over eight momenta"),
        new("band_top_spread", "eV", "How far the highest occupied levels of the momenta lie apart"),
        new("band_charge_maximum", "1", "Largest charge of an atom, electrons"),
        new("band_charge_deviation", "1", "Root of the mean square of the charges, electrons"),
        .. ParityColumns,
        new("band_line_tests", "1", "Operations on lines between momenta by which occupied bands can be compared"),
        new("band_line_violations", "1", "Those that say that bands cross"),
        new("band_line_violation_share", "1", "Those, as a share"),
        new("band_line_violation_gap", "eV", "Smallest of the larger gaps at the ends of lines where bands cross"),
        .. Kinds.Select(kind => new DescriptorColumn($"band_violations_{kind.Split(' ')[0].Replace('-', '_')}", "1", $"Share of violations among tests of {kind}")),
    ];
}
