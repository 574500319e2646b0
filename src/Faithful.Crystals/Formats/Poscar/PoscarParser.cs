using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Faithful.Crystals.Formats.Poscar;

/// <summary>Reads one POSCAR from the top to the bottom; see <see cref="PoscarReader"/> for the rules.</summary>
internal ref struct PoscarParser
{
    private const string NotPoscar = "a POSCAR: a comment, the scale, three vectors, species, counts, Direct or Cartesian, coordinates";

    /// <summary>The longest count with a meaning: nine digits.</summary>
    private const int MaximumCount = 999_999_999;

    private readonly PoscarErrors errors;
    private readonly PoscarReaderOptions options;
    private readonly ReadOnlySpan<char> text;
    private readonly List<string> warnings = [];
    private PoscarLines lines;

    public PoscarParser(string text, string source, PoscarReaderOptions options)
    {
        this.text = text;
        this.options = options;
        errors = new(source);
        lines = new(text);
    }

    public readonly IReadOnlyList<string> Warnings => warnings.Count == 0 ? [] : warnings;

    public Crystal Parse()
    {
        if (text.IsWhiteSpace())
        {
            throw errors.With(0, NotPoscar, text.IsEmpty ? "an empty file" : "nothing but blank lines");
        }

        if (text.Contains('\0'))
        {
            throw errors.With(0, NotPoscar, "a binary file");
        }

        lines.MoveNext();
        var comment = lines.Current;
        var scale = ReadScale();
        var lattice = ReadLattice(ref scale);
        var groups = ReadGroups(comment, out var total);
        var isCartesian = ReadMode();
        var firstLine = lines.Number + 1;
        var positions = ReadPositions(total, lattice, isCartesian ? scale : null);
        CheckEnd(total);
        var crystal = Construct(lattice, groups, positions, firstLine);
        if (CloseAtomWarning.Of(crystal) is { } warning)
        {
            warnings.Add(warning);
        }

        return crystal;
    }

    private Vector3D ReadScale()
    {
        const string Expected = "a scale: one number that is not zero, or three positive ones";
        Next(Expected);
        var rest = lines.Current;
        Span<double> numbers = stackalloc double[4];
        var count = 0;
        while (count < 4 && TextWords.TryParse(TextWords.Take(ref rest), out numbers[count]))
        {
            count++;
        }

        var isOne = count == 1 && double.IsFinite(numbers[0]) && numbers[0] != 0;
        var isThree = count == 3 && numbers[0] > 0 && numbers[1] > 0 && numbers[2] > 0
            && double.IsFinite(numbers[0] + numbers[1] + numbers[2]);
        return isOne ? new(numbers[0], numbers[0], numbers[0])
            : isThree ? new(numbers[0], numbers[1], numbers[2])
            : throw errors.At(lines.Number, Expected, lines.Current);
    }

    // A negative scale, the volume of the cell, is replaced by the factor that gives this volume.
    private Lattice ReadLattice(ref Vector3D scale)
    {
        Span<Vector3D> vectors = stackalloc Vector3D[3];
        for (var row = 0; row < 3; row++)
        {
            Next("a lattice vector: 3 numbers");
            if (!PoscarLines.TryTakeThree(lines.Current, out vectors[row]) || !vectors[row].IsFinite)
            {
                throw errors.At(lines.Number, "a lattice vector: 3 finite numbers", lines.Current);
            }
        }

        var firstLine = lines.Number - 2;
        if (scale.X < 0)
        {
            var volume = Math.Abs(vectors[0].Dot(vectors[1].Cross(vectors[2])));
            if (!(volume > Lattice.MinimumRelativeVolume * vectors[0].Length * vectors[1].Length * vectors[2].Length))
            {
                var found = string.Create(CultureInfo.InvariantCulture, $"a volume of {volume:G3}");
                throw errors.With(firstLine, "three basis vectors that span a volume", found);
            }

            var factor = Math.Cbrt(-scale.X / volume);
            scale = new(factor, factor, factor);
        }

        try
        {
            return new(Scale(vectors[0], scale), Scale(vectors[1], scale), Scale(vectors[2], scale));
        }
        catch (InvalidCrystalException exception)
        {
            throw errors.Because(firstLine, exception);
        }
    }

    private List<(Element Element, int Count)> ReadGroups(ReadOnlySpan<char> comment, out int total)
    {
        Next("element symbols or counts of atoms");
        List<Element>? species = null;
        var rest = lines.Current;
        if (!IsInteger(TextWords.Take(ref rest)))
        {
            species = ReadSymbols(lines.Current, lines.Number);
            Next(FormattableString.Invariant($"{species.Count} counts of atoms"));
        }

        var counts = ReadCounts(species?.Count, out total);
        species ??= SpeciesOfVasp4(comment, counts.Count);
        var groups = new List<(Element Element, int Count)>(counts.Count);
        for (var group = 0; group < counts.Count; group++)
        {
            groups.Add((species[group], counts[group]));
        }

        return groups;
    }

    private readonly List<Element> ReadSymbols(ReadOnlySpan<char> line, int number)
    {
        const string Expected = "element symbols, such as Si, or counts of atoms";
        var species = new List<Element>();
        var rest = line;
        var word = TextWords.Take(ref rest);
        while (!word.IsEmpty && word[0] is not ('!' or '#'))
        {
            species.Add(TryReadSymbol(word, out var element) ? element : throw errors.At(number, Expected, word));
            word = TextWords.Take(ref rest);
        }

        return species.Count > 0 ? species : throw errors.At(number, Expected, line);
    }

    // The name of a potential begins with the symbol: "Fe_pv", "Si/4d8a1f".
    private static bool TryReadSymbol(ReadOnlySpan<char> word, [NotNullWhen(true)] out Element? element)
    {
        var end = word.IndexOfAny('_', '/');
        return Element.TryFromSymbol(end < 0 ? word : word[..end], out element);
    }

    private readonly List<int> ReadCounts(int? expected, out int total)
    {
        var message = expected is null
            ? "counts of atoms: positive whole numbers"
            : FormattableString.Invariant($"{expected} counts of atoms, one for each species");
        var counts = new List<int>();
        long sum = 0;
        var rest = lines.Current;
        for (var word = TextWords.Take(ref rest); !word.IsEmpty; word = TextWords.Take(ref rest))
        {
            if (int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count is > 0 and <= MaximumCount)
            {
                counts.Add(count);
                sum += count;
            }
            else if (counts.Count > 0 && (word[0] is '!' or '#' || char.IsLetter(word[0])))
            {
                break; // a comment
            }
            else
            {
                throw errors.At(lines.Number, message, lines.Current);
            }
        }

        if (counts.Count == 0 || (expected is not null && counts.Count != expected))
        {
            throw errors.At(lines.Number, message, lines.Current);
        }

        total = sum <= MaximumCount ? (int)sum : throw errors.At(lines.Number, "fewer than 1e9 atoms", lines.Current);
        return counts;
    }

    private readonly List<Element> SpeciesOfVasp4(ReadOnlySpan<char> comment, int groups)
    {
        var species = new List<Element>();
        var rest = comment;
        for (var word = TextWords.Take(ref rest); !word.IsEmpty; word = TextWords.Take(ref rest))
        {
            if (!TryReadSymbol(word, out var element))
            {
                species.Clear();
                break;
            }

            species.Add(element);
        }

        if (species.Count == groups)
        {
            return species;
        }

        if (options.PlaceholderSpecies is { } placeholders && placeholders.Count >= groups)
        {
            List<Element> standins = [.. placeholders.Take(groups)];
            warnings.Add($"The file names no elements; {string.Join(", ", standins)} stand for its {groups} groups of atoms.");
            return standins;
        }

        throw errors.With(
            lines.Number,
            $"a line of {groups} element symbols (VASP 5), or a first line of exactly {groups} element symbols (VASP 4)",
            "a file that does not say which elements it holds");
    }

    private bool ReadMode()
    {
        Next("Direct or Cartesian");
        var line = lines.Current.TrimStart();
        if (!line.IsEmpty && line[0] is 'S' or 's')
        {
            Next("Direct or Cartesian");
            line = lines.Current.TrimStart();
        }

        return line.IsEmpty ? throw errors.At(lines.Number, "Direct or Cartesian", lines.Current) : line[0] switch
        {
            'C' or 'c' or 'K' or 'k' => true,
            'D' or 'd' => false,
            _ => throw errors.At(lines.Number, "Direct or Cartesian", lines.Current),
        };
    }

    private ImmutableArray<Vector3D> ReadPositions(int total, Lattice lattice, Vector3D? cartesianScale)
    {
        // A line of three numbers has at least six characters: what is announced beyond that is not there to be stored.
        var positions = ImmutableArray.CreateBuilder<Vector3D>(Math.Min(total, (lines.Remaining / 6) + 1));
        for (var atom = 0; atom < total; atom++)
        {
            if (!lines.MoveNext() || lines.Current.IsWhiteSpace())
            {
                throw errors.With(
                    lines.Number,
                    FormattableString.Invariant($"{total} coordinate lines, as the counts say"),
                    FormattableString.Invariant($"{atom}"));
            }

            if (!PoscarLines.TryTakeThree(lines.Current, out var numbers))
            {
                throw errors.At(lines.Number, $"3 coordinates of atom {atom + 1} of {total}", lines.Current);
            }

            if (!numbers.IsFinite)
            {
                throw errors.At(lines.Number, "3 finite coordinates", lines.Current);
            }

            positions.Add(cartesianScale is { } scale ? lattice.ToFractional(Scale(numbers, scale)) : numbers);
        }

        return positions.DrainToImmutable();
    }

    // Velocities come after a blank line or a line of text; a further line of numbers means that the counts are wrong.
    private void CheckEnd(int total)
    {
        if (lines.MoveNext() && PoscarLines.TryTakeThree(lines.Current, out _))
        {
            throw errors.At(lines.Number, $"the end of the {total} coordinate lines that the counts announce", lines.Current);
        }
    }

    private readonly Crystal Construct(
        Lattice lattice, List<(Element Element, int Count)> groups, ImmutableArray<Vector3D> positions, int firstLine)
    {
        var species = ImmutableArray.CreateBuilder<Element>(positions.Length);
        foreach (var (element, count) in groups)
        {
            for (var atom = 0; atom < count; atom++)
            {
                species.Add(element);
            }
        }

        try
        {
            return new(lattice, species.MoveToImmutable(), positions);
        }
        catch (InvalidCrystalException exception)
        {
            var atom = Math.Max(exception.FirstAtom, exception.SecondAtom);
            throw errors.Because(atom < 0 ? 0 : firstLine + atom, exception);
        }
    }

    private static Vector3D Scale(Vector3D vector, Vector3D scale) => new(vector.X * scale.X, vector.Y * scale.Y, vector.Z * scale.Z);

    private static bool IsInteger(ReadOnlySpan<char> word) => !word.IsEmpty && (char.IsAsciiDigit(word[0]) || word[0] is '+' or '-');

    private void Next(string expected)
    {
        if (!lines.MoveNext())
        {
            throw errors.AtEnd(lines.Number, expected);
        }
    }
}
