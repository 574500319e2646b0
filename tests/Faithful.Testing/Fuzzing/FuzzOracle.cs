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

    private readonly FuzzFormat format;

    /// <summary>Initializes a new instance of the <see cref="FuzzOracle"/> class.</summary>
    /// <param name="format">The reader.</param>
    public FuzzOracle(FuzzFormat format) => this.format = format;

    /// <summary>Gets the longest time for one input. The default value is 1 s.</summary>
    public TimeSpan MaximumTime { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Gets the most memory that one input may allocate, in bytes. The default value is 200 MB.</summary>
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
            if (reason is null && bytes > MaximumBytes)
            {
                reason = FormattableString.Invariant($"{bytes / 1_000_000} MB allocated for {input.Length} bytes");
            }

            if (reason is not null || time <= MaximumTime)
            {
                return reason;
            }

            if (attempt == 3)
            {
                return FormattableString.Invariant($"{time.TotalSeconds:0.0} s for {input.Length} bytes");
            }
        }
    }

    /// <summary>Reads an input at once and in small pieces: both must give the same.</summary>
    /// <param name="input">The bytes.</param>
    /// <returns>What the reader did wrong, or null.</returns>
    public string? CheckPieces(byte[] input)
    {
        List<string> whole = [], pieces = [];
        var reason = Read(new MemoryStream(input, writable: false), input.Length, whole)
            ?? Read(new DribbleStream(input), input.Length, pieces);
        return reason is not null ? $"in pieces: {reason}"
            : whole.SequenceEqual(pieces) ? null
            : $"in pieces something else: {string.Join(" | ", pieces)} instead of {string.Join(" | ", whole)}";
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
        try
        {
            using (stream)
            {
                var results = 0;
                foreach (var result in format.Read(stream))
                {
                    results++;
                    if (Problem(result) is { } problem)
                    {
                        return problem;
                    }

                    if (results > length + 1)
                    {
                        return $"more results than the {length} bytes of the input";
                    }

                    descriptions?.Add(Describe(result));
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
