using System.Collections.Immutable;
using System.Globalization;
using Faithful.Crystals;

namespace Faithful.Datasets.Samples;

/// <summary>
/// A structure type: a space group, the shape of its conventional cell, and one position for each of its sites. The symmetry
/// makes all the other positions. Immutable.
/// </summary>
/// <remarks>
/// Settings are those of the International Tables: unique axis b with cell choice 1, hexagonal axes for rhombohedral lattices,
/// origin choice 2 where there are two.
/// </remarks>
public sealed class StructurePrototype
{
    private StructurePrototype(string name, int spaceGroup, ImmutableArray<double> shape, ImmutableArray<PrototypeSite> sites)
    {
        Name = name;
        SpaceGroup = spaceGroup;
        Shape = shape;
        Sites = sites;
    }

    /// <summary>Gets the name, for example <c>rutile</c>.</summary>
    public string Name { get; }

    /// <summary>Gets the number of the space group, 1 to 230.</summary>
    public int SpaceGroup { get; }

    /// <summary>
    /// Gets the free numbers of the cell's shape: nothing for cubic, c/a for tetragonal, trigonal and hexagonal, b/a and c/a for
    /// orthorhombic, then β for monoclinic, then α, β and γ for triclinic (degrees).
    /// </summary>
    public ImmutableArray<double> Shape { get; }

    /// <summary>Gets the sites.</summary>
    public ImmutableArray<PrototypeSite> Sites { get; }

    /// <summary>
    /// Reads a prototype from a line of the form <c>name | space group | shape | A x y z | B x y z</c>; coordinates may be
    /// fractions such as <c>1/3</c>, and the shape of a cubic cell is <c>-</c>.
    /// </summary>
    /// <param name="line">The line.</param>
    /// <returns>The prototype.</returns>
    /// <exception cref="FormatException">The line has another form.</exception>
    public static StructurePrototype Parse(string line)
    {
        ArgumentNullException.ThrowIfNull(line);
        var fields = line.Split('|', StringSplitOptions.TrimEntries);
        if (fields.Length < 4 || !int.TryParse(fields[1], CultureInfo.InvariantCulture, out var spaceGroup) || spaceGroup is < 1 or > 230)
        {
            throw new FormatException($"Expected \"name | space group | shape | sites\", found \"{line}\".");
        }

        ImmutableArray<double> shape = fields[2] == "-" ? [] : [.. Words(fields[2]).Select(Number)];
        var expected = FreeNumbers(spaceGroup);
        if (shape.Length != expected)
        {
            throw new FormatException($"The shape of a cell of space group {spaceGroup} has {expected} numbers, found \"{fields[2]}\".");
        }

        return new StructurePrototype(fields[0], spaceGroup, shape, [.. fields.Skip(3).Select(Site)]);
    }

    /// <summary>Gets the conventional cell with a = 1, in the units of the shape.</summary>
    /// <param name="shape">The free numbers, as in <see cref="Shape"/>, perhaps strained.</param>
    /// <returns>The lattice; multiply its vectors by a to get Å.</returns>
    internal Lattice UnitCell(ReadOnlySpan<double> shape) => SpaceGroup switch
    {
        <= 2 => Lattice.FromParameters(1, shape[0], shape[1], shape[2], shape[3], shape[4]),
        <= 15 => Lattice.FromParameters(1, shape[0], shape[1], 90, shape[2], 90),
        <= 74 => Lattice.Orthorhombic(1, shape[0], shape[1]),
        <= 142 => Lattice.Tetragonal(1, shape[0]),
        <= 194 => Lattice.Hexagonal(1, shape[0]),
        _ => Lattice.Cubic(1),
    };

    private static int FreeNumbers(int spaceGroup) => spaceGroup switch { <= 2 => 5, <= 15 => 3, <= 74 => 2, <= 194 => 1, _ => 0 };

    private static PrototypeSite Site(string field)
    {
        var words = Words(field);
        return words.Length == 4 && words[0] is "A" or "B" or "C"
            ? new(words[0][0], new(Number(words[1]), Number(words[2]), Number(words[3])))
            : throw new FormatException($"Expected a site such as \"A 0 1/2 0.25\", found \"{field}\".");
    }

    private static string[] Words(string field) => field.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    private static double Number(string word)
    {
        var parts = word.Split('/');
        var number = double.Parse(parts[0], CultureInfo.InvariantCulture);
        return parts.Length == 1 ? number : number / double.Parse(parts[1], CultureInfo.InvariantCulture);
    }
}
