using System.Globalization;

namespace Faithful.Crystals.Formats.ExtendedXyz;

/// <summary>Which columns of an atom's line are read.</summary>
/// <param name="Species">The zero-based column of the element.</param>
/// <param name="IsAtomicNumber">Whether that column holds atomic numbers and not symbols.</param>
/// <param name="Position">The first of the three columns of the Cartesian position in Å.</param>
/// <param name="Count">The number of columns, or null where there may be any number after the known ones.</param>
internal sealed record ExtendedXyzColumns(int Species, bool IsAtomicNumber, int Position, int? Count)
{
    private const int MaximumCount = 100_000;

    /// <summary>Reads the list of columns.</summary>
    /// <param name="properties"><c>name:type:count</c> for each property, joined with colons; null where the file has no list.</param>
    /// <returns>The columns, or null where the list is none or lacks species or positions.</returns>
    public static ExtendedXyzColumns? Parse(string? properties)
    {
        var words = (properties ?? ExtendedXyzKeys.PlainProperties).Split(':');
        var (species, atomicNumber, position, count) = (-1, -1, -1, 0);
        for (var index = 0; index + 2 < words.Length; index += 3)
        {
            if (!int.TryParse(words[index + 2], NumberStyles.None, CultureInfo.InvariantCulture, out var width)
                || width is < 1 or > MaximumCount
                || words[index + 1] is not ("S" or "R" or "I" or "L"))
            {
                return null;
            }

            switch (words[index], words[index + 1], width)
            {
                case ("species" or "element", "S", 1) when species < 0:
                    species = count;
                    break;
                case ("Z" or "numbers" or "atomic_numbers", "I", 1) when atomicNumber < 0:
                    atomicNumber = count;
                    break;
                case ("pos" or "positions", "R", 3) when position < 0:
                    position = count;
                    break;
            }

            count += width;
            if (count > MaximumCount)
            {
                return null;
            }
        }

        var isComplete = words.Length % 3 == 0 && position >= 0 && Math.Max(species, atomicNumber) >= 0;
        return isComplete
            ? new(species >= 0 ? species : atomicNumber, species < 0, position, properties is null ? null : count)
            : null;
    }
}
