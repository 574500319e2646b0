using System.Buffers;

namespace Faithful.Crystals.Formats.Cif;

/// <summary>
/// The pieces of a CIF 1.1 text (S. R. Hall, J. D. Westbrook and others, International Tables for Crystallography G, 2005, chapter
/// 2.2), read with little memory however long the text. Lines end with LF, CRLF or CR.
/// </summary>
/// <param name="reader">The text.</param>
/// <param name="errors">The errors of this text.</param>
internal sealed class CifTokenizer(TextReader reader, CifErrors errors)
{
    /// <summary>The longest word or quoted text; a line of a CIF has at most 2048 characters.</summary>
    public const int MaximumWordLength = 1 << 16;

    /// <summary>How much of a piece that is passed over is kept: a data name or enough for an error message.</summary>
    public const int ShortLength = 256;

    private const string Version2Header = @"#\#CIF_2.0";

    // Form feeds and the end-of-file mark of DOS (Ctrl-Z) are in old files; CIF 1.1 does not know them.
    private static readonly SearchValues<char> Blanks = SearchValues.Create(" \t\r\n\f\v\u001a");

    private static readonly SearchValues<char> SingleQuoteEnds = SearchValues.Create("'\r\n");

    private static readonly SearchValues<char> DoubleQuoteEnds = SearchValues.Create("\"\r\n");

    private readonly char[] buffer = new char[1 << 14];
    private int position;
    private int length;
    private bool isFirst = true;
    private bool isLineStart = true;
    private char[] token = new char[ShortLength];
    private int tokenLength;

    /// <summary>Gets what was read last.</summary>
    public CifTokenKind Kind { get; private set; }

    /// <summary>Gets the one-based line on which it begins.</summary>
    public int Line { get; private set; } = 1;

    /// <summary>Gets its text without quotation marks and keywords; at most as many characters as were to be kept.</summary>
    public ReadOnlySpan<char> Text => token.AsSpan(0, tokenLength);

    /// <summary>Gets a value indicating whether a value is neither quoted nor a text field, so that ? and . have their meaning.</summary>
    public bool IsBare { get; private set; }

    /// <summary>Gets a value indicating whether the text was longer than what was to be kept.</summary>
    public bool IsCut { get; private set; }

    /// <summary>Gets a value indicating whether the text says that it is a CIF 2.0.</summary>
    public bool IsVersion2 { get; private set; }

    private int CurrentLine { get; set; } = 1;

    /// <summary>Reads the next piece.</summary>
    /// <param name="keep">How many characters of a value to keep.</param>
    /// <returns>What it is.</returns>
    /// <exception cref="CrystalFormatException">The text breaks the rules of quotation, or is none.</exception>
    public CifTokenKind Next(int keep = ShortLength)
    {
        (Kind, tokenLength, IsCut, IsBare) = (CifTokenKind.Reserved, 0, false, false); // until it is read well
        SkipBlanks();
        Line = CurrentLine;
        var first = Peek();
        Kind = first switch
        {
            < 0 => CifTokenKind.End,
            ';' when isLineStart => ReadText(keep),
            '\'' or '"' => ReadQuoted((char)first, keep),
            _ => ReadWord(keep),
        };
        return Kind;
    }

    /// <summary>Goes on to the next line that begins with <c>data_</c>, whatever is in between.</summary>
    public void SkipToBlock()
    {
        const string Keyword = "data_";
        while (Peek() >= 0)
        {
            if (!isLineStart)
            {
                SkipLine();
                continue;
            }

            if (length - position < Keyword.Length)
            {
                Refill();
            }

            if (buffer.AsSpan(position, length - position).StartsWith(Keyword, StringComparison.OrdinalIgnoreCase))
            {
                return;
            }

            SkipLine();
        }
    }

    private static bool IsBlank(int letter) => letter < 0 || Blanks.Contains((char)letter);

    private CifTokenKind ReadWord(int keep)
    {
        ReadToAny(Blanks, Math.Max(keep, ShortLength));
        IsBare = true;
        var word = Text;
        if (word.Contains('\0'))
        {
            throw errors.With(Line, "a text", "a binary file");
        }

        if (word[0] == '_')
        {
            return CifTokenKind.Tag;
        }

        if (word.StartsWith("data_", StringComparison.OrdinalIgnoreCase))
        {
            return WithoutKeyword(CifTokenKind.Data);
        }

        if (word.StartsWith("save_", StringComparison.OrdinalIgnoreCase))
        {
            return WithoutKeyword(word.Length == 5 ? CifTokenKind.FrameEnd : CifTokenKind.Frame);
        }

        if (IsVersion2 && word[0] is '[' or '{')
        {
            throw NotShared(word);
        }

        return word.Equals("loop_", StringComparison.OrdinalIgnoreCase) ? CifTokenKind.Loop
            : word.Equals("global_", StringComparison.OrdinalIgnoreCase) || word.Equals("stop_", StringComparison.OrdinalIgnoreCase)
            ? CifTokenKind.Reserved
            : CifTokenKind.Value;
    }

    private CifTokenKind WithoutKeyword(CifTokenKind kind)
    {
        const int KeywordLength = 5;
        token.AsSpan(KeywordLength, tokenLength - KeywordLength).CopyTo(token);
        tokenLength -= KeywordLength;
        return kind;
    }

    // A quotation mark ends the text only before a blank: 'it's one'.
    private CifTokenKind ReadQuoted(char mark, int keep)
    {
        Advance();
        var ends = mark == '\'' ? SingleQuoteEnds : DoubleQuoteEnds;
        while (true)
        {
            ReadToAny(ends, keep);
            if (Peek() != mark)
            {
                throw errors.With(Line, $"a closing {mark} before the end of the line", CifErrors.Plain($"{mark}{Text}"));
            }

            Advance();
            if (IsBlank(Peek()))
            {
                return CifTokenKind.Value;
            }

            Append([mark], keep);
            if (IsVersion2)
            {
                throw NotShared($"{mark}{Text}");
            }
        }
    }

    // From a semicolon at the beginning of a line to the next one there.
    private CifTokenKind ReadText(int keep)
    {
        Advance();
        while (true)
        {
            while (Peek() >= 0)
            {
                var rest = buffer.AsSpan(position, length - position);
                var end = rest.IndexOfAny('\r', '\n');
                Append(end < 0 ? rest : rest[..end], keep);
                position += end < 0 ? rest.Length : end;
                if (end >= 0)
                {
                    break;
                }
            }

            if (Peek() < 0)
            {
                throw errors.With(Line, "a text that ends with a semicolon at the beginning of a line", "the end of the file");
            }

            Advance();
            if (Peek() == ';')
            {
                Advance();
                return IsBlank(Peek()) ? CifTokenKind.Value
                    : throw errors.With(CurrentLine, "a blank after the semicolon that ends a text", CifErrors.Quote([';', (char)Peek()]));
            }

            Append("\n", keep);
        }
    }

    // Keeps what comes before one of some letters, all of it in one line.
    private void ReadToAny(SearchValues<char> ends, int keep)
    {
        var count = 0;
        isLineStart = false;
        while (Peek() >= 0)
        {
            var rest = buffer.AsSpan(position, length - position);
            var end = rest.IndexOfAny(ends);
            var part = end < 0 ? rest : rest[..end];
            Append(part, keep);
            position += part.Length;
            count += part.Length;
            if (count > MaximumWordLength)
            {
                throw errors.With(Line, $"words and quoted texts of at most {MaximumWordLength} characters", CifErrors.Quote(Text));
            }

            if (end >= 0)
            {
                return;
            }
        }
    }

    private void SkipBlanks()
    {
        for (int letter; (letter = Peek()) >= 0;)
        {
            if (letter == '#')
            {
                CheckVersion();
                SkipLine();
            }
            else if (IsBlank(letter))
            {
                Advance();
            }
            else
            {
                break;
            }
        }

        isFirst = false;
    }

    // Only at the very beginning.
    private void CheckVersion()
    {
        if (isFirst && CurrentLine == 1)
        {
            Refill();
            var rest = buffer.AsSpan(position, length - position);
            IsVersion2 = rest.StartsWith(Version2Header) && (rest.Length == Version2Header.Length || IsBlank(rest[Version2Header.Length]));
        }

        isFirst = false;
    }

    private void SkipLine()
    {
        while (Peek() >= 0)
        {
            var end = buffer.AsSpan(position, length - position).IndexOfAny('\r', '\n');
            position = end < 0 ? length : position + end;
            if (end >= 0)
            {
                Advance();
                return;
            }
        }
    }

    private void Append(ReadOnlySpan<char> text, int keep)
    {
        var room = keep - tokenLength;
        if (text.Length > room)
        {
            IsCut = true;
            text = text[..Math.Max(room, 0)];
        }

        if (tokenLength + text.Length > token.Length)
        {
            Array.Resize(ref token, Math.Max(2 * token.Length, tokenLength + text.Length));
        }

        text.CopyTo(token.AsSpan(tokenLength));
        tokenLength += text.Length;
    }

    private int Peek()
    {
        if (position == length)
        {
            position = 0;
            length = reader.Read(buffer);
        }

        return position < length ? buffer[position] : -1;
    }

    // Moves what is left to the front and fills the buffer behind it.
    private void Refill()
    {
        buffer.AsSpan(position, length - position).CopyTo(buffer);
        (position, length) = (0, length - position);
        for (int read; length < buffer.Length && (read = reader.Read(buffer, length, buffer.Length - length)) > 0;)
        {
            length += read;
        }
    }

    private void Advance()
    {
        var letter = buffer[position++];
        isLineStart = letter is '\n' or '\r';
        if (isLineStart)
        {
            CurrentLine++;
            if (letter == '\r' && Peek() == '\n')
            {
                position++;
            }
        }
    }

    private CrystalFormatException NotShared(ReadOnlySpan<char> found) =>
        errors.At(Line, "what CIF 2.0 has in common with CIF 1.1 (no lists, tables, triple quotes, or quotes in a quoted text)", found);
}
