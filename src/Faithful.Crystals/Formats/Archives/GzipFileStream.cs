using System.IO.Compression;

namespace Faithful.Crystals.Formats.Archives;

/// <summary>
/// Unpacks a gzip file and notices when it breaks off: <see cref="GZipStream"/> checks the checksums, but takes the end of a file
/// that was cut for the end of its data.
/// </summary>
internal sealed class GzipFileStream : ForwardStream
{
    private readonly MarkedStream packed;
    private readonly GZipStream unpacked;

    /// <summary>Initializes a new instance of the <see cref="GzipFileStream"/> class.</summary>
    /// <param name="packed">The gzip file, one member or several; disposed of with this stream.</param>
    public GzipFileStream(Stream packed)
    {
        this.packed = new(packed);
        unpacked = new(this.packed, CompressionMode.Decompress);
    }

    public override int Read(Span<byte> buffer)
    {
        int length;
        try
        {
            length = unpacked.Read(buffer);
        }
        catch (InvalidDataException exception)
        {
            throw new InvalidDataException("a damaged gzip file", exception);
        }

        return length == 0 && buffer.Length > 0 && packed.IsMarkTaken ? throw new InvalidDataException("a gzip file that breaks off") : length;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            unpacked.Dispose(); // and the packed stream
        }

        base.Dispose(disposing);
    }

    // One byte more than the file has. A file that is whole leaves it, as bytes after the last member are no data; one that
    // breaks off takes it for data and asks for more.
    private sealed class MarkedStream(Stream inner) : ForwardStream
    {
        private bool isMarkGiven;

        public bool IsMarkTaken { get; private set; }

        public override int Read(Span<byte> buffer)
        {
            var length = isMarkGiven ? 0 : inner.Read(buffer);
            if (length > 0 || buffer.IsEmpty)
            {
                return length;
            }

            IsMarkTaken = isMarkGiven;
            isMarkGiven = true;
            if (IsMarkTaken)
            {
                return 0;
            }

            buffer[0] = 0;
            return 1;
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
}
