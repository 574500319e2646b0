using System.Globalization;
using System.Text;

namespace Faithful.Benchmarks.Recording;

/// <summary>Passes everything on to another writer, and remembers it.</summary>
/// <param name="inner">The other writer, which stays open.</param>
internal sealed class RememberingWriter(TextWriter inner) : TextWriter(CultureInfo.InvariantCulture)
{
    private readonly StringBuilder _text = new();

    /// <inheritdoc/>
    public override Encoding Encoding => inner.Encoding;

    /// <summary>Gets what was written.</summary>
    public string Text => _text.ToString();

    /// <inheritdoc/>
    public override void Write(char value)
    {
        inner.Write(value);
        _text.Append(value);
    }

    /// <inheritdoc/>
    public override void Write(string? value)
    {
        inner.Write(value);
        _text.Append(value);
    }

    /// <inheritdoc/>
    public override void Write(char[] buffer, int index, int count)
    {
        inner.Write(buffer, index, count);
        _text.Append(buffer, index, count);
    }

    /// <inheritdoc/>
    public override void Flush() => inner.Flush();
}
