namespace Faithful.Crystals.Formats;

/// <summary>A stream whose first bytes have been read already and are given back first.</summary>
/// <param name="head">Those bytes.</param>
/// <param name="rest">The stream after them; disposed of with this one.</param>
internal sealed class HeadedStream(byte[] head, Stream rest) : Stream
{
    private int position;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        if (position == head.Length)
        {
            return rest.Read(buffer);
        }

        var length = Math.Min(buffer.Length, head.Length - position);
        head.AsSpan(position, length).CopyTo(buffer);
        position += length;
        return length;
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            rest.Dispose();
        }

        base.Dispose(disposing);
    }
}
