using System.Collections.Immutable;
using Faithful.Crystals.Descriptors;

namespace Faithful.Models.Trees;

/// <summary>
/// What makes two crystals relatives, told from their descriptors alone. There are several degrees; relatives of one degree have the same
/// space group and the same numbers in all columns of the degree, and a key stands for these numbers. Immutable.
/// </summary>
/// <remarks>
/// <para>
/// Bands connect as the space group, the occupied positions and the electrons on them let them (B. Bradlyn et al., Nature 547, 298 (2017)):
/// a crystal whose relatives are all trivial is seldom topological. A tree would need one split for each of those numbers to see that.
/// </para>
/// <para>
/// The key of a degree is a whole number, exact in float64: degree · 2⁴⁹ + Σ multiplier · number, with multipliers below 2²⁹, numbers from 0
/// to 4,095 and at most 256 columns. Multipliers are fixed and pseudo-random: two crystals that are no relatives share a key with a
/// probability of about 2⁻²⁹.
/// </para>
/// </remarks>
public sealed class RelativeKeys
{
    /// <summary>The largest number that a key tells from larger ones.</summary>
    public const int LargestNumber = 4095;

    private const double DegreesApart = 1L << 49;
    private const int MultiplierBits = 29;
    private const int MostColumns = 256;

    private static readonly ImmutableArray<(string Name, Func<string, bool> Takes)> Degrees =
    [
        ("wyckoff_atoms", IsWyckoffAtoms),
        ("wyckoff_atoms_and_valence", column => IsWyckoffAtoms(column) || column == "primitive_valence_electrons"),
        ("wyckoff_electrons", column => Is(column, "wyckoff_", "_electrons")),
        ("site_electrons", column => Is(column, "site_", "_electrons")),
    ];

    private readonly double[][] _multipliers;

    private RelativeKeys(DescriptorSet descriptors)
    {
        string[][] columns = [.. Degrees.Select(degree => descriptors.Names.Where(name => name == "space_group" || degree.Takes(name)).ToArray())];
        if (columns.Any(names => names.Length is < 2 or > MostColumns || names[0] != "space_group"))
        {
            throw new ArgumentException(
                $"Relatives are told by the space group, Wyckoff positions and site symmetries, which the descriptors {descriptors} do not have.", nameof(descriptors));
        }

        Columns = [.. columns.SelectMany(names => names).Distinct().Select(name => descriptors.Names.IndexOf(name)).Order()];
        _multipliers = [.. columns.Select((names, degree) => Columns
            .Select(column => names.Contains(descriptors.Names[column]) ? Draw(degree, column) : 0.0).ToArray())];
        Descriptors = descriptors;
    }

    /// <summary>Gets the names of the degrees.</summary>
    public static ImmutableArray<string> Names { get; } = [.. Degrees.Select(degree => degree.Name)];

    /// <summary>Gets the descriptors that the keys are made of.</summary>
    public DescriptorSet Descriptors { get; }

    /// <summary>Gets the columns of the descriptors that a key depends on, ascending.</summary>
    public ImmutableArray<int> Columns { get; }

    /// <summary>Gets the number of degrees.</summary>
    public int Count => _multipliers.Length;

    /// <summary>Tells whether descriptors have the columns that make relatives.</summary>
    /// <param name="descriptors">The descriptors.</param>
    /// <returns>True for <c>best</c>.</returns>
    public static bool Fit(DescriptorSet descriptors)
    {
        ArgumentNullException.ThrowIfNull(descriptors);
        return Degrees.All(degree => descriptors.Names.Any(degree.Takes)) && descriptors.Names.Contains("space_group");
    }

    /// <summary>Gets the keys that descriptors make.</summary>
    /// <param name="descriptors">The descriptors.</param>
    /// <returns>The keys.</returns>
    /// <exception cref="ArgumentException">They have not the columns that make relatives.</exception>
    public static RelativeKeys Of(DescriptorSet descriptors)
    {
        ArgumentNullException.ThrowIfNull(descriptors);
        return new RelativeKeys(descriptors);
    }

    /// <summary>Gets what the number in a column is multiplied with for the key of a degree; 0 where the degree does not look at it.</summary>
    /// <param name="degree">The degree, from 0.</param>
    /// <param name="column">The place of the column in <see cref="Columns"/>.</param>
    /// <returns>A whole number below 2²⁹.</returns>
    /// <exception cref="IndexOutOfRangeException">There is no such degree or column.</exception>
    public double Multiplier(int degree, int column) => _multipliers[degree][column];

    /// <summary>Gets what is added to the key of a degree, so that no two degrees share one.</summary>
    /// <param name="degree">The degree, from 0.</param>
    /// <returns>A multiple of 2⁴⁹.</returns>
    public static double Offset(int degree) => degree * DegreesApart;

    /// <summary>Gets the key of a crystal.</summary>
    /// <param name="descriptors">The descriptors of the crystal; shape (columns of the set). A missing value counts as 0.</param>
    /// <param name="degree">The degree, from 0.</param>
    /// <returns>The key.</returns>
    /// <exception cref="IndexOutOfRangeException">There is no such degree, or the descriptors are fewer than the columns of the set.</exception>
    public double Key(ReadOnlySpan<float> descriptors, int degree)
    {
        double key = Offset(degree);
        double[] multipliers = _multipliers[degree];
        for (int index = 0; index < multipliers.Length; index++)
        {
            float value = descriptors[Columns[index]];
            key += multipliers[index] * (float.IsNaN(value) ? 0 : Math.Round(Math.Clamp((double)value, 0, LargestNumber)));
        }

        return key;
    }

    private static bool IsWyckoffAtoms(string column) => Is(column, "wyckoff_", "_atoms");

    private static bool Is(string column, string start, string end) =>
        column.StartsWith(start, StringComparison.Ordinal) && column.EndsWith(end, StringComparison.Ordinal);

    /// <summary>The step of SplitMix64 (G. Steele et al., OOPSLA 2014, DOI 10.1145/2660193.2660195), its first bits.</summary>
    private static double Draw(int degree, int column)
    {
        ulong bits = unchecked((((ulong)degree << 32) + (ulong)column + 1) * 0x9E3779B97F4A7C15);
        bits = unchecked((bits ^ (bits >> 30)) * 0xBF58476D1CE4E5B9);
        bits = unchecked((bits ^ (bits >> 27)) * 0x94D049BB133111EB);
        return (bits ^ (bits >> 31)) >> (64 - MultiplierBits);
    }
}
