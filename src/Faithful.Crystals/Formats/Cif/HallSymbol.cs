using System.Collections.Immutable;

namespace Faithful.Crystals.Formats.Cif;

/// <summary>
/// Reads Hall symbols, which say all operations of a space group by some that generate it: S. R. Hall, Acta Cryst. A37 (1981) 517;
/// International Tables for Crystallography B (2010), appendix A1.4.2.3.
/// </summary>
internal static class HallSymbol
{
    private const int MaximumLength = 80;
    private const string Axes = "xyz";

    private static readonly CifOperation Inversion = new([-1, 0, 0, 0, -1, 0, 0, 0, -1], Vector3D.Zero);

    // Rotations about z (or, for the last, about the diagonal of the cell); other axes follow by cyclic exchange.
    private static readonly int[] Twofold = [-1, 0, 0, 0, -1, 0, 0, 0, 1];
    private static readonly int[] Threefold = [0, -1, 0, 1, -1, 0, 0, 0, 1];
    private static readonly int[] Fourfold = [0, -1, 0, 1, 0, 0, 0, 0, 1];
    private static readonly int[] Sixfold = [1, -1, 0, 1, 0, 0, 0, 0, 1];
    private static readonly int[] TwofoldAlongDifference = [0, -1, 0, -1, 0, 0, 0, 0, -1]; // a - b
    private static readonly int[] TwofoldAlongSum = [0, 1, 0, 1, 0, 0, 0, 0, -1]; // a + b
    private static readonly int[] ThreefoldAlongDiagonal = [0, 0, 1, 1, 0, 0, 0, 1, 0]; // a + b + c

    /// <summary>Reads a symbol.</summary>
    /// <param name="symbol">For example <c>-P 2ybc</c>, <c>P 61 2 (0 0 -1)</c> or <c>-F_4vw_2vw_3</c>.</param>
    /// <returns>The group, or null if this is no Hall symbol.</returns>
    public static CifSpaceGroup? TryParse(string symbol)
    {
        if (symbol.Length > MaximumLength)
        {
            return null;
        }

        var text = symbol.Replace('_', ' ').ToLowerInvariant();
        CifOperation? change = null;
        if (text.IndexOf('(', StringComparison.Ordinal) is var bracket and >= 0)
        {
            change = TryParseChange(text[bracket..].Trim());
            if (change is null)
            {
                return null;
            }

            text = text[..bracket];
        }

        var words = text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        if (words.Length is < 1 or > 5 || !TryReadLattice(words[0], out var generators))
        {
            return null;
        }

        var (previousOrder, previousAxis) = (0, 'z');
        for (var index = 1; index < words.Length; index++)
        {
            if (TryReadRotation(words[index], index, ref previousOrder, ref previousAxis) is not { } generator)
            {
                return null;
            }

            generators.Add(generator);
        }

        return CifSpaceGroup.FromGenerators(change is null ? generators : generators.Select(generator => generator.In(change)));
    }

    private static bool TryReadLattice(ReadOnlySpan<char> word, out List<CifOperation> generators)
    {
        generators = [];
        if (word.StartsWith("-"))
        {
            generators.Add(Inversion);
            word = word[1..];
        }

        if (word.Length != 1)
        {
            return false;
        }

        const double Half = 1.0 / 2, Third = 1.0 / 3;
        ImmutableArray<Vector3D>? translations = word[0] switch
        {
            'p' => [],
            'a' => [new(0, Half, Half)],
            'b' => [new(Half, 0, Half)],
            'c' => [new(Half, Half, 0)],
            'i' => [new(Half, Half, Half)],
            'f' => [new(0, Half, Half), new(Half, 0, Half)],
            'r' => [new(2 * Third, Third, Third)],
            's' => [new(Third, Third, 2 * Third)],
            't' => [new(Third, 2 * Third, Third)],
            'h' => [new(2 * Third, Third, 0)],
            _ => null,
        };
        if (translations is null)
        {
            return false;
        }

        generators.AddRange(translations.Value.Select(translation => new CifOperation(CifOperation.Identity.Rotation, translation)));
        return true;
    }

    // [-] order [axis] [translations], where order and place in the symbol say the axis that is not written.
    private static CifOperation? TryReadRotation(ReadOnlySpan<char> word, int place, ref int previousOrder, ref char previousAxis)
    {
        var isImproper = word.StartsWith("-");
        word = isImproper ? word[1..] : word;
        if (word.IsEmpty || word[0] is not ('1' or '2' or '3' or '4' or '6'))
        {
            return null;
        }

        var order = word[0] - '0';
        word = word[1..];
        var axis = order == 1 ? 'z'
            : place == 1 ? 'z'
            : order == 2 && place == 2 ? (previousOrder is 2 or 4 ? 'x' : '\'')
            : order == 3 && place >= 3 ? '*'
            : 'z';
        if (!word.IsEmpty && word[0] is 'x' or 'y' or 'z' or '\'' or '"' or '*' or '=')
        {
            axis = word[0] == '=' ? '"' : word[0];
            word = word[1..];
        }

        if (TryRotation(order, axis, previousAxis) is not { } rotation || !TryReadTranslation(word, order, axis, out var translation))
        {
            return null;
        }

        (previousOrder, previousAxis) = (order, axis is 'x' or 'y' or 'z' ? axis : previousAxis);
        return new(isImproper ? [.. rotation.Select(entry => -entry)] : rotation, translation);
    }

    private static int[]? TryRotation(int order, char axis, char previousAxis) => (order, axis) switch
    {
        (1, _) => CifOperation.Identity.Rotation,
        (2, '\'') => About(TwofoldAlongDifference, previousAxis),
        (2, '"') => About(TwofoldAlongSum, previousAxis),
        (3, '*') => ThreefoldAlongDiagonal,
        (_, not ('x' or 'y' or 'z')) => null,
        (2, _) => About(Twofold, axis),
        (3, _) => About(Threefold, axis),
        (4, _) => About(Fourfold, axis),
        _ => About(Sixfold, axis),
    };

    // Moves the entries of a matrix about z to where they belong for another axis: x -> y -> z -> x keeps the sense of rotation.
    private static int[] About(int[] matrix, char axis)
    {
        var shift = Axes.IndexOf(axis, StringComparison.Ordinal) + 1;
        var moved = new int[9];
        for (var place = 0; place < 9; place++)
        {
            var (row, column) = (((place / 3) + shift) % 3, (place + shift) % 3);
            moved[(3 * row) + column] = matrix[place];
        }

        return moved;
    }

    private static bool TryReadTranslation(ReadOnlySpan<char> letters, int order, char axis, out Vector3D translation)
    {
        translation = Vector3D.Zero;
        foreach (var letter in letters)
        {
            if (letter is >= '1' and <= '5')
            {
                if (letter - '0' >= order || axis is not ('x' or 'y' or 'z'))
                {
                    return false;
                }

                var screw = (letter - '0') / (double)order;
                translation += new Vector3D(axis == 'x' ? screw : 0, axis == 'y' ? screw : 0, axis == 'z' ? screw : 0);
                continue;
            }

            Vector3D? part = letter switch
            {
                'a' => new(0.5, 0, 0),
                'b' => new(0, 0.5, 0),
                'c' => new(0, 0, 0.5),
                'n' => new(0.5, 0.5, 0.5),
                'u' => new(0.25, 0, 0),
                'v' => new(0, 0.25, 0),
                'w' => new(0, 0, 0.25),
                'd' => new(0.25, 0.25, 0.25),
                _ => null,
            };
            if (part is null)
            {
                return false;
            }

            translation += part.Value;
        }

        return true;
    }

    // A shift of the origin in twelfths, (0 0 1), or a change of the coordinates, (x-z,y,z+1/4).
    private static CifOperation? TryParseChange(string text)
    {
        if (!text.EndsWith(')'))
        {
            return null;
        }

        var inside = text[1..^1];
        if (inside.Contains(','))
        {
            return CifOperationParser.TryParse(inside);
        }

        var words = inside.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        Span<double> shift = stackalloc double[3];
        for (var axis = 0; axis < 3; axis++)
        {
            if (words.Length != 3 || !CifNumber.TryParse(words[axis], out var twelfths) || Math.Abs(twelfths.Value) > 12)
            {
                return null;
            }

            shift[axis] = twelfths.Value / 12;
        }

        return new(CifOperation.Identity.Rotation, new(shift[0], shift[1], shift[2]));
    }
}
