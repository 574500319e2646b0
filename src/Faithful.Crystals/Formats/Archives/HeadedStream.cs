namespace Faithful.Crystals.Formats.Archives;

/// <summary>A stream whose first bytes have been read already and are given back first.</summary>
/// <param name="head">Those bytes.</param>
/// <param name="rest">The stream after them; disposed of with this one.</param>
/// <param name="fault">What was thrown when the stream was read on, and is thrown again at that place; or null.</param>
internal sealed class HeadedStream(byte[] head, Stream rest, Exception? fault = null) : ForwardStream
{
    private int position;

    public override int Read(Span<byte> buffer)
    {
        if (position == head.Length)
        {
            return fault is null ? rest.Read(buffer) : throw fault;
        }

        var length = Math.Min(buffer.Length, head.Length - position);
        head.AsSpan(position, length).CopyTo(buffer);
        position += length;
        return length;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            rest.Dispose();
        }

        base.Dispose(disposing);
    }
}
