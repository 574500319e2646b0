namespace Faithful.Crystals.Formats.Archives;

/// <summary>A stream that must not be longer than a limit.</summary>
/// <param name="inner">The stream; disposed of with this one.</param>
/// <param name="maximumLength">The limit in bytes.</param>
internal sealed class BoundedStream(Stream inner, long maximumLength) : ForwardStream
{
    private long length;

    public override int Read(Span<byte> buffer)
    {
        var read = inner.Read(buffer);
        length += read;
        return length <= maximumLength
            ? read
            : throw new InvalidDataException(FormattableString.Invariant($"more than {maximumLength} bytes"));
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
