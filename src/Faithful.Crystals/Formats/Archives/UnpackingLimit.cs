namespace Faithful.Crystals.Formats.Archives;

/// <summary>
/// Counts what is read and what is unpacked of one source, tells the progress, and refuses what unpacks to far more than it is: a
/// file made to fill a machine. Deflate can reach 1 : 1032, text of crystals stays below 1 : 20.
/// </summary>
/// <param name="options">The limits and who is told the progress.</param>
/// <param name="totalBytes">The length of the source, or null.</param>
internal sealed class UnpackingLimit(CrystalSourceOptions options, long? totalBytes)
{
    private const long ReportInterval = 256 << 10;

    private long read;
    private long unpacked;
    private long reported;

    /// <summary>Takes bytes into account that were read of the source.</summary>
    /// <param name="bytes">How many.</param>
    public void Read(long bytes)
    {
        read += bytes;
        if (options.Progress is not null && (read - reported >= ReportInterval || bytes == 0))
        {
            reported = read;
            options.Progress.Report(new(read, totalBytes));
        }
    }

    /// <summary>Takes bytes into account that a packed stream gave.</summary>
    /// <param name="bytes">How many.</param>
    /// <exception cref="InvalidDataException">They are too many.</exception>
    public void Unpack(long bytes)
    {
        unpacked += bytes;
        if (unpacked > options.MaximumUnpackedLength && unpacked / options.MaximumUnpackedRatio > read)
        {
            throw new InvalidDataException(
                FormattableString.Invariant($"data that unpack to more than {options.MaximumUnpackedRatio} times their length"));
        }
    }
}
