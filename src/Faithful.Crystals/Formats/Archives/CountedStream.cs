namespace Faithful.Crystals.Formats.Archives;

/// <summary>A stream whose bytes are counted as they are read.</summary>
/// <param name="inner">The stream; disposed of with this one.</param>
/// <param name="count">Told how many bytes each reading gave, 0 at the end.</param>
internal sealed class CountedStream(Stream inner, Action<long> count) : ForwardStream
{
    public override int Read(Span<byte> buffer)
    {
        var length = inner.Read(buffer);
        if (length > 0 || buffer.Length > 0)
        {
            count(length);
        }

        return length;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inner.Dispose();
        }

        base.Dispose(disposing);
    }
}
