namespace Faithful.Testing.Fuzzing;

/// <summary>A stream that cannot be rewound and gives a few bytes at a time, as networks and archives do.</summary>
/// <param name="bytes">All its bytes.</param>
/// <param name="breaksAt">After how many of them reading fails with an <see cref="IOException"/>; −1: never.</param>
public sealed class DribbleStream(byte[] bytes, int breaksAt = -1) : Stream
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
        var end = breaksAt < 0 ? bytes.Length : breaksAt;
        if (position == breaksAt)
        {
            throw new IOException("the cable was pulled");
        }

        var length = Math.Min(Math.Min(buffer.Length, 1 + (position % 7)), end - position);
        bytes.AsSpan(position, length).CopyTo(buffer);
        position += length;
        return length;
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
