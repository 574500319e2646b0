using System.Text;

namespace Faithful.Crystals.Formats;

/// <summary>The beginning of a text, by which its format is told.</summary>
internal sealed class TextHead
{
    private const int LinesKept = 3;

    private readonly byte[] bytes;
    private readonly int start;
    private readonly string[] lines;

    /// <summary>Initializes a new instance of the <see cref="TextHead"/> class.</summary>
    /// <param name="bytes">UTF-8, perhaps with a byte order mark; may end in the middle of a line.</param>
    public TextHead(byte[] bytes)
    {
        this.bytes = bytes;
        start = bytes.AsSpan().StartsWith("\uFEFF"u8) ? 3 : 0;
        Text = Encoding.UTF8.GetString(bytes, start, bytes.Length - start);
        lines = [.. Text.Split('\n', LinesKept + 1).Take(LinesKept)];
    }

    /// <summary>Gets the text.</summary>
    public string Text { get; }

    /// <summary>Gets the bytes of the text, without a byte order mark.</summary>
    public ReadOnlySpan<byte> Bytes => bytes.AsSpan(start);

    /// <summary>Gets a value indicating whether the text begins like a JSON object.</summary>
    public bool IsJson => Text.AsSpan().TrimStart(" \t\r\n") is ['{', ..];

    /// <summary>Gets one of the first three lines.</summary>
    /// <param name="index">The zero-based index.</param>
    /// <returns>The line, without spaces at its ends; empty where there is none.</returns>
    public ReadOnlySpan<char> Line(int index) => index < lines.Length ? lines[index].AsSpan().Trim() : default;
}
