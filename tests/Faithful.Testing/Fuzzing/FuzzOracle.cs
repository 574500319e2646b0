using System.Diagnostics;
using Faithful.Crystals;
using Faithful.Crystals.Formats;

namespace Faithful.Testing.Fuzzing;

/// <summary>
/// Judges what a reader makes of an input: valid crystals and errors that say what was expected and found, in a short time and
/// little memory, and nothing else, whatever the input is.
/// </summary>
public sealed class FuzzOracle
{
    private const int LongestMessage = 1000;
    private const long BytesPerResult = 10_000;

    private static readonly TimeSpan TimePerResult = TimeSpan.FromMicroseconds(50); // an exception or two, on a slow machine

    private readonly FuzzFormat format;
    private int results; // of the latest reading
    private long errors; // of all readings

    /// <summary>Initializes a new instance of the <see cref="FuzzOracle"/> class.</summary>
    /// <param name="format">The reader.</param>
    public FuzzOracle(FuzzFormat format) => this.format = format;

    /// <summary>Gets the longest time for one input, besides 50 µs for each crystal or error in it. The default value is 1 s.</summary>
    public TimeSpan MaximumTime { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Gets the most memory that one input may allocate, in bytes, besides 10 KB for each crystal or error. The default value is 200 MB.</summary>
    public long MaximumBytes { get; init; } = 200_000_000;

    /// <summary>Gets how many crystals were read so far.</summary>
    public long Crystals { get; private set; }

    /// <summary>Gets how many errors were read so far.</summary>
    public long Errors { get; private set; }

    /// <summary>Reads an input.</summary>
    /// <param name="input">The bytes.</param>
    /// <returns>What the reader did wrong, or null.</returns>
    public string? Check(byte[] input)
    {
        // A busy machine may stop any thread for a second, but not three times in a row.
        for (var attempt = 1; ; attempt++)
        {
            var started = Stopwatch.GetTimestamp();
            var before = GC.GetAllocatedBytesForCurrentThread();
            var reason = Read(new MemoryStream(input, writable: false), input.Length, null);
            var bytes = GC.GetAllocatedBytesForCurrentThread() - before;
            var time = Stopwatch.GetElapsedTime(started);
            if (reason is null && bytes > MaximumBytes + (BytesPerResult * results))
            {
                reason = FormattableString.Invariant($"{bytes / 1_000_000} MB allocated for {input.Length} bytes");
            }

            if (reason is not null || time <= MaximumTime + (results * TimePerResult))
            {
                return reason;
            }

            if (attempt == 3)
            {
                return FormattableString.Invariant($"{time.TotalSeconds:0.0} s for {input.Length} bytes");
            }
        }
    }

    /// <summary>
    /// Reads an input at once and in small pieces, which must give the same, and then from a stream that fails half-way, which
    /// must end and, unless the input may be packed and have bytes behind its end that nobody reads, give an error.
    /// </summary>
    /// <param name="input">The bytes.</param>
    /// <returns>What the reader did wrong, or null.</returns>
    public string? CheckPieces(byte[] input)
    {
        List<string> whole = [], pieces = [];
        var reason = Read(new MemoryStream(input, writable: false), input.Length, whole)
            ?? Read(new DribbleStream(input), input.Length, pieces);
        if (reason is not null || !whole.SequenceEqual(pieces))
        {
            return reason is not null ? $"in pieces: {reason}"
                : $"in pieces something else: {string.Join(" | ", pieces)} instead of {string.Join(" | ", whole)}";
        }

        var before = errors;
        reason = Read(new DribbleStream(input, input.Length / 2), input.Length, []);
        return reason is not null ? $"from a stream that fails: {reason}"
            : errors == before && format.ResultsPerByte == 1 ? "from a stream that fails: no error"
            : null;
    }

    private static string? Problem(CrystalReadResult result) => result switch
    {
        { IsSuccess: false, Error: null } => "a result with neither a crystal nor an error",
        { IsSuccess: false, Error: { } error } => Problem(error),
        { Record: { } record } => Problem(record),
        _ => null,
    };

    private static string? Problem(CrystalFormatException error) =>
        string.IsNullOrWhiteSpace(error.Expected) ? $"an error that says nothing expected: {error.Message}"
        : string.IsNullOrWhiteSpace(error.Found) ? $"an error that says nothing found: {error.Message}"
        : error.Message.Length > LongestMessage ? $"an error of {error.Message.Length} characters: {error.Message[..100]}"
        : error.Message.Any(char.IsControl) ? $"an error with control characters: {Uri.EscapeDataString(error.Message)}"
        : error.Line < 0 ? $"an error at line {error.Line}"
        : null;

    private static string? Problem(CrystalRecord record)
    {
        if (record.Id is null || record.Labels is null || record.Origin is null || record.Warnings is null)
        {
            return "a record without id, labels, origin or warnings";
        }

        // Whatever way the reader made it, the public constructor would have made it.
        var crystal = record.Crystal;
        _ = new Crystal(new Lattice(crystal.Lattice.A, crystal.Lattice.B, crystal.Lattice.C), crystal.Species, crystal.FractionalPositions);
        return null;
    }

    private static string Describe(CrystalReadResult result) => result.IsSuccess
        ? $"{result.Record.Id}: {result.Record.Crystal} at {result.Record.Crystal.FractionalPositions[^1]}"
        : result.Error.Message;

    private string? Read(Stream stream, int length, List<string>? descriptions)
    {
        results = 0;
        try
        {
            using (stream)
            {
                foreach (var result in format.Read(stream))
                {
                    results++;
                    if (Problem(result) is { } problem)
                    {
                        return problem;
                    }

                    if (results > ((long)length * format.ResultsPerByte) + 1)
                    {
                        return $"more results than the {length} bytes of the input can hold";
                    }

                    descriptions?.Add(Describe(result));
                    errors += result.IsSuccess ? 0 : 1;
                    if (descriptions is null)
                    {
                        Crystals += result.IsSuccess ? 1 : 0;
                        Errors += result.IsSuccess ? 0 : 1;
                    }
                }
            }

            return null;
        }
        catch (Exception exception)
        {
            return exception.ToString();
        }
    }
}
