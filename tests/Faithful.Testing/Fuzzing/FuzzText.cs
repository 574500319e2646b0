using System.Buffers;

namespace Faithful.Testing.Fuzzing;

/// <summary>Bytes under mutation, never more than fit.</summary>
/// <param name="capacity">How many fit.</param>
internal sealed class FuzzText(int capacity)
{
    private static readonly SearchValues<byte> NumberLetters = SearchValues.Create("0123456789+-.eE"u8);

    private static readonly SearchValues<byte> Delimiters = SearchValues.Create(" \t\r\n,:;\"'[]{}()="u8);

    private readonly byte[] bytes = new byte[capacity];

    public int Length { get; private set; }

    public Span<byte> Bytes => bytes.AsSpan(0, Length);

    public void Set(ReadOnlySpan<byte> text)
    {
        Length = Math.Min(text.Length, bytes.Length);
        text[..Length].CopyTo(bytes);
    }

    /// <summary>Puts other bytes into the place of some; does nothing where the result would not fit.</summary>
    /// <param name="range">The place.</param>
    /// <param name="with">The new bytes, not of this text.</param>
    public void Replace((int Start, int Length) range, ReadOnlySpan<byte> with)
    {
        var length = Length - range.Length + with.Length;
        if (length > bytes.Length)
        {
            return;
        }

        Bytes[(range.Start + range.Length)..].CopyTo(bytes.AsSpan(range.Start + with.Length));
        with.CopyTo(bytes.AsSpan(range.Start));
        Length = length;
    }

    public void Insert(int place, ReadOnlySpan<byte> with) => Replace((place, 0), with);

    public byte[] Copy((int Start, int Length) range) => Bytes.Slice(range.Start, range.Length).ToArray();

    /// <summary>Gets the line around a place, with its end.</summary>
    public (int Start, int Length) LineAt(int place)
    {
        var start = Bytes[..place].LastIndexOf((byte)'\n') + 1;
        var end = Bytes[start..].IndexOf((byte)'\n');
        return (start, end < 0 ? Length - start : end + 1);
    }

    /// <summary>Gets the word around a place: what stands between blanks and the punctuation of the formats.</summary>
    public (int Start, int Length) WordAt(int place)
    {
        var start = Bytes[..place].LastIndexOfAny(Delimiters) + 1;
        var end = Bytes[place..].IndexOfAny(Delimiters);
        return (start, (end < 0 ? Length : place + end) - start);
    }

    /// <summary>Gets the number that begins at a place or soon after it; of length 0 if none does.</summary>
    public (int Start, int Length) NumberAt(int place)
    {
        var start = Bytes[place..].IndexOfAnyInRange((byte)'0', (byte)'9');
        if (start < 0)
        {
            return (place, 0);
        }

        start += place;
        start = Bytes[..start].LastIndexOfAnyExcept(NumberLetters) + 1;
        var length = Bytes[start..].IndexOfAnyExcept(NumberLetters);
        return (start, length < 0 ? Length - start : length);
    }
}
