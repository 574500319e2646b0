using System.Collections.Immutable;
using System.Globalization;

namespace Faithful.Crystals.Formats.ExtendedXyz;

/// <summary>Reads the frames of one extended XYZ; see <see cref="ExtendedXyzReader"/> for the rules.</summary>
/// <param name="lines">The text.</param>
/// <param name="source">The name of the text.</param>
/// <param name="id">The id of a crystal that has none.</param>
/// <param name="options">How to read.</param>
internal sealed class ExtendedXyzFrames(TextLines lines, string source, string id, ExtendedXyzReaderOptions options)
{
    private const string ExpectedCount = "the number of atoms of a frame on a line of its own";

    /// <summary>A text with so many bad frames in a row is none of extended XYZ.</summary>
    private const int MostErrors = 1000;

    private static readonly Dictionary<string, string> NoLabels = [];

    private readonly ExtendedXyzErrors errors = new(source);
    private int frame;
    private int errorsInRow;
    private bool isAtEnd; // also after a fault of the stream: it cannot be read on

    /// <summary>Reads a line that holds nothing but the number of atoms.</summary>
    /// <param name="line">The line.</param>
    /// <param name="count">The number.</param>
    /// <returns>Whether it is such a line.</returns>
    public static bool TryReadCount(ReadOnlySpan<char> line, out int count) =>
        int.TryParse(line.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out count);

    /// <summary>Reads all frames.</summary>
    /// <returns>The crystals and the errors, as they are asked for.</returns>
    public IEnumerable<CrystalReadResult> Read()
    {
        var first = Next();
        if (first is null)
        {
            yield return CrystalReadResult.Failure(errors.AtEnd(lines.Number + 1, ExpectedCount));
            yield break;
        }

        // Whether the file holds one crystal or several is part of their names.
        var second = Next();
        if (second is null && first.Value.Record is { } only)
        {
            first = CrystalReadResult.Success(only with { Id = HasOwnId(only) ? only.Id : id, Origin = source });
        }

        for (var (result, following) = (first, second); result is not null; (result, following) = (following, following is null ? null : Next()))
        {
            yield return result.Value;
        }
    }

    private bool HasOwnId(CrystalRecord record) => record.Id != NumberedId(1);

    private string NumberedId(int number) => FormattableString.Invariant($"{id}#{number}");

    private CrystalReadResult? Next()
    {
        if (isAtEnd)
        {
            return null;
        }

        try
        {
            do
            {
                if (!lines.MoveNext())
                {
                    return null;
                }
            }
            while (lines.Current.IsWhiteSpace());

            if (errorsInRow == MostErrors)
            {
                isAtEnd = true;
                return CrystalReadResult.Failure(errors.With(lines.Number, "extended XYZ", $"{MostErrors} bad frames in a row; the rest was not read"));
            }

            frame++;
            var result = ReadFrame();
            errorsInRow = result.IsSuccess ? 0 : errorsInRow + 1;
            return result;
        }
        catch (Exception exception) when (FileFault.Is(exception))
        {
            isAtEnd = true;
            return CrystalReadResult.Failure(errors.Unreadable(lines.Number + 1, exception));
        }
    }

    private CrystalReadResult ReadFrame()
    {
        if (!TryReadCount(lines.Current, out var count))
        {
            var error = errors.At(lines.Number, ExpectedCount, lines.Current);
            SkipAtoms(long.MaxValue);
            return CrystalReadResult.Failure(error);
        }

        var firstLine = lines.Number;
        try
        {
            if (count is 0 || count > options.MaximumAtoms)
            {
                throw errors.At(firstLine, FormattableString.Invariant($"from 1 to {options.MaximumAtoms} atoms"), lines.Current);
            }

            return CrystalReadResult.Success(ReadRecord(count, firstLine));
        }
        catch (CrystalFormatException exception)
        {
            if (lines.Number > firstLine + 1 && TryReadCount(lines.Current, out _))
            {
                lines.Repeat(); // the fault: the frame has fewer atoms than it says
            }
            else
            {
                SkipAtoms(firstLine + 1L + count - lines.Number);
            }

            return CrystalReadResult.Failure(exception);
        }
    }

    private CrystalRecord ReadRecord(int count, int firstLine)
    {
        Advance("a line of key=value pairs, among them Lattice");
        var comment = ExtendedXyzComment.Parse(lines.Current, lines.Number, errors);
        var commentLine = lines.Number;
        CheckPeriodicity(comment, commentLine);
        var lattice = ReadLattice(comment, commentLine);
        var properties = comment.Pairs.TryGetValue(ExtendedXyzKeys.Properties, out var listed) ? listed.Text : null;
        var columns = ExtendedXyzColumns.Parse(properties)
            ?? throw errors.At(commentLine, "Properties of name:type:count, among them species:S:1 and pos:R:3", properties);
        var (name, labels) = NameAndLabels(comment);
        var species = ImmutableArray.CreateBuilder<Element>(Math.Min(count, 1024));
        var positions = ImmutableArray.CreateBuilder<Vector3D>(Math.Min(count, 1024));
        for (var atom = 0; atom < count; atom++)
        {
            Advance(FormattableString.Invariant($"{count} lines of atoms, as the first line of the frame says"));
            var (element, position) = ReadAtom(columns);
            species.Add(element);
            positions.Add(lattice.ToFractional(position));
        }

        try
        {
            var crystal = new Crystal(lattice, species.DrainToImmutable(), positions.DrainToImmutable());
            var origin = string.Create(CultureInfo.InvariantCulture, $"{source}({firstLine})");
            return new(name ?? NumberedId(frame), crystal, labels, origin)
            {
                Warnings = CloseAtomWarning.Of(crystal) is { } warning ? [warning] : [],
            };
        }
        catch (InvalidCrystalException exception)
        {
            var atom = Math.Max(exception.FirstAtom, exception.SecondAtom);
            throw errors.Because(atom < 0 ? firstLine : commentLine + 1 + atom, exception);
        }
    }

    private void CheckPeriodicity(ExtendedXyzComment comment, int line)
    {
        if (!comment.Pairs.TryGetValue(ExtendedXyzKeys.Periodicity, out var value))
        {
            return; // a lattice means that the frame is periodic
        }

        var rest = value.Text.Replace(',', ' ').AsSpan();
        var count = 0;
        for (var word = TextWords.Take(ref rest); !word.IsEmpty; word = TextWords.Take(ref rest))
        {
            if (word is not ("T" or "True" or "true" or "1"))
            {
                throw errors.At(line, "pbc=\"T T T\": a crystal is periodic in all directions", value.Text);
            }

            count++;
        }

        if (count is not (1 or 3))
        {
            throw errors.At(line, "pbc=\"T T T\": a crystal is periodic in all directions", value.Text);
        }
    }

    private Lattice ReadLattice(ExtendedXyzComment comment, int line)
    {
        const string Expected = "Lattice=\"ax ay az bx by bz cx cy cz\", nine numbers in Å";
        if (!comment.Pairs.TryGetValue(ExtendedXyzKeys.Lattice, out var value))
        {
            throw errors.With(line, Expected, "no Lattice: a crystal needs one");
        }

        Span<double> numbers = stackalloc double[9];
        var plain = value.Text.AsSpan().IndexOfAny("[]{},") < 0 ? value.Text : new string([.. value.Text.Select(letter => "[]{},".Contains(letter) ? ' ' : letter)]);
        var rest = plain.AsSpan();
        foreach (ref var number in numbers)
        {
            if (!TextWords.TryParse(TextWords.Take(ref rest), out number) || !double.IsFinite(number))
            {
                throw errors.At(line, Expected, value.Text);
            }
        }

        if (!rest.IsWhiteSpace())
        {
            throw errors.At(line, Expected, value.Text);
        }

        try
        {
            return new(
                new(numbers[0], numbers[1], numbers[2]), new(numbers[3], numbers[4], numbers[5]), new(numbers[6], numbers[7], numbers[8]));
        }
        catch (InvalidCrystalException exception)
        {
            throw errors.Because(line, exception);
        }
    }

    private static (string? Name, IReadOnlyDictionary<string, string> Labels) NameAndLabels(ExtendedXyzComment comment)
    {
        var nameKey = Array.Find(ExtendedXyzKeys.Names, key => comment.Pairs.TryGetValue(key, out var value) && value is { IsList: false, Text.Length: > 0 });
        Dictionary<string, string>? labels = null;
        foreach (var (key, value) in comment.Pairs)
        {
            if (!value.IsList && key != nameKey && !ExtendedXyzKeys.IsReserved(key))
            {
                (labels ??= [])[key] = value.Text;
            }
        }

        return (nameKey is null ? null : comment.Pairs[nameKey].Text, labels ?? NoLabels);
    }

    private (Element Element, Vector3D Position) ReadAtom(ExtendedXyzColumns columns)
    {
        var rest = lines.Current;
        Element? element = null;
        Span<double> position = stackalloc double[3];
        var column = 0;
        for (var word = TextWords.Take(ref rest); !word.IsEmpty; word = TextWords.Take(ref rest), column++)
        {
            if (column == columns.Species && !TryReadElement(word, columns.IsAtomicNumber, out element))
            {
                throw errors.At(lines.Number, columns.IsAtomicNumber ? "an atomic number from 1 to 118" : "an element symbol, such as Si", word);
            }

            var axis = column - columns.Position;
            if (axis is >= 0 and < 3 && !(TextWords.TryParse(word, out position[axis]) && double.IsFinite(position[axis])))
            {
                throw errors.At(lines.Number, "a Cartesian coordinate in Å: a finite number", word);
            }
        }

        var isWhole = columns.Count is { } count ? column == count : column > columns.Position + 2;
        return isWhole && element is not null
            ? (element, new(position[0], position[1], position[2]))
            : throw errors.At(lines.Number, FormattableString.Invariant($"an atom: {columns.Count ?? 4} columns"), lines.Current);
    }

    private static bool TryReadElement(ReadOnlySpan<char> word, bool isAtomicNumber, out Element? element)
    {
        if (!isAtomicNumber)
        {
            return Element.TryFromSymbol(word, out element);
        }

        element = TryReadCount(word, out var number) && number is >= 1 and <= Element.Count ? Element.FromAtomicNumber(number) : null;
        return element is not null;
    }

    private void Advance(string expected)
    {
        if (!lines.MoveNext())
        {
            throw errors.AtEnd(lines.Number + 1, expected);
        }

        if (lines.IsTooLong)
        {
            throw errors.TooLong(lines.Number, options.MaximumLineLength);
        }
    }

    // Goes over the rest of a frame with a fault. A line with nothing but a number is no atom: there the next frame begins.
    private void SkipAtoms(long count)
    {
        for (var atom = 0L; atom < count && lines.MoveNext(); atom++)
        {
            if (TryReadCount(lines.Current, out _))
            {
                lines.Repeat();
                break;
            }
        }
    }
}
