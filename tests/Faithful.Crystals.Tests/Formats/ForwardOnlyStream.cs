namespace Faithful.Crystals.Tests.Formats;

/// <summary>What a pipe is like: no length, no position, and only some bytes at a time.</summary>
internal sealed class ForwardOnlyStream(byte[] bytes, int piece = 1000) : MemoryStream(bytes)
{
    public override bool CanSeek => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(Span<byte> buffer) => base.Read(buffer[..Math.Min(piece, buffer.Length)]);

    public override int Read(byte[] buffer, int offset, int count) => base.Read(buffer, offset, Math.Min(piece, count));

    public override long Seek(long offset, SeekOrigin loc) => throw new NotSupportedException();
}
