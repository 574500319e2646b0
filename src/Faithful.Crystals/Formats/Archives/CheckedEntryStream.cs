namespace Faithful.Crystals.Formats.Archives;

/// <summary>The content of a zip entry, checked against the length and the CRC-32 that the archive states for it.</summary>
/// <param name="inner">The unpacked content; disposed of with this stream.</param>
/// <param name="length">The length that the archive states, in bytes.</param>
/// <param name="checksum">The CRC-32 that the archive states.</param>
internal sealed class CheckedEntryStream(Stream inner, long length, uint checksum) : ForwardStream
{
    private long count;
    private uint state;

    public override int Read(Span<byte> buffer)
    {
        var read = inner.Read(buffer);
        count += read;
        if (count > length || (read == 0 && buffer.Length > 0 && count < length))
        {
            throw new InvalidDataException(FormattableString.Invariant($"{(count > length ? "more" : "less")} than the {length} bytes of the entry"));
        }

        state = Checksum32.Append(state, buffer[..read]);
        return read == 0 && buffer.Length > 0 && state != checksum
            ? throw new InvalidDataException("an entry that does not have its checksum")
            : read;
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
