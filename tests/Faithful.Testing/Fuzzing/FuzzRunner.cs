using System.Collections.Concurrent;
using System.Globalization;

namespace Faithful.Testing.Fuzzing;

/// <summary>Reads many mutated inputs on all cores and collects what goes wrong.</summary>
/// <param name="format">The reader.</param>
public sealed class FuzzRunner(FuzzFormat format)
{
    /// <summary>The environment variable that holds the number of inputs for each reader.</summary>
    public const string InputsVariable = "FAITHFUL_FUZZ_INPUTS";

    private const long DefaultInputs = 200_000;
    private const int ChunkLength = 256;
    private const int PiecesEvery = 64;
    private const int MostKinds = 20;
    private const int StackSize = 1 << 20; // as the main thread of a program on Windows

    private readonly FuzzFormat format = format;
    private readonly ConcurrentDictionary<string, FuzzFault> faults = new(); // one of each kind
    private long next;
    private long end;
    private volatile bool stopped;

    /// <summary>Gets the time after which a reader hangs, whatever the machine does besides. The default value is 60 s.</summary>
    public TimeSpan HangTime { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Gets the longest time for one input. The default value is 1 s.</summary>
    public TimeSpan MaximumTime { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Gets the most memory that one input may allocate, in bytes. The default value is 200 MB.</summary>
    public long MaximumBytes { get; init; } = 200_000_000;

    /// <summary>Gets the number of inputs for a reader: that of the environment, or 200,000; less if it asks for a share of it.</summary>
    /// <param name="format">The reader.</param>
    public static long InputsOf(FuzzFormat format)
    {
        var text = Environment.GetEnvironmentVariable(InputsVariable);
        var inputs = string.IsNullOrEmpty(text) ? DefaultInputs : long.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture);
        return Math.Max(1, (long)(inputs * format.Share));
    }

    /// <summary>Reads the inputs of some numbers.</summary>
    /// <param name="count">How many.</param>
    /// <param name="first">The number of the first; inputs of the same numbers are the same.</param>
    /// <returns>What happened. Inputs that broke the reader are saved as files in the temporary folder.</returns>
    public FuzzReport Run(long count, long first = 0)
    {
        (next, end) = (first, first + count);
        var workers = Enumerable.Range(0, Environment.ProcessorCount).Select(_ => new Worker(this)).ToList();
        foreach (var worker in workers)
        {
            worker.Thread.Start();
        }

        while (workers.Exists(worker => worker.Thread.IsAlive) && !stopped)
        {
            Thread.Sleep(20);
            stopped = workers.Exists(worker => worker.Hangs(HangTime));
        }

        // A thread that hangs cannot be ended, but it must not hold up the tests: it stays behind.
        foreach (var worker in workers)
        {
            if (worker.Hangs(HangTime))
            {
                var input = new FuzzMutator(format.Seeds, format.Words).Mutate(worker.Number);
                Report(worker.Number, input, FormattableString.Invariant($"no end after {HangTime.TotalSeconds} s"));
            }
            else
            {
                worker.Thread.Join(HangTime);
            }
        }

        return new(
            workers.Sum(worker => worker.Inputs),
            workers.Sum(worker => worker.Oracle.Crystals),
            workers.Sum(worker => worker.Oracle.Errors),
            [.. faults.Values.OrderBy(fault => fault.Input, StringComparer.Ordinal)]);
    }

    /// <summary>Reads one input, at once and in pieces.</summary>
    /// <param name="name">What to call the input.</param>
    /// <param name="input">The bytes.</param>
    /// <returns>What went wrong, or null.</returns>
    public FuzzFault? RunOne(string name, byte[] input)
    {
        var oracle = new FuzzOracle(format) { MaximumTime = MaximumTime, MaximumBytes = MaximumBytes };
        var reason = oracle.Check(input) ?? oracle.CheckPieces(input);
        return reason is null ? null : new(format.Name, name, reason, Save(name, input));
    }

    // The same mistake breaks many inputs: it is known by its words without the numbers, an exception by the line that threw it.
    private static string Kind(string reason)
    {
        var lines = reason.Split('\n');
        var words = string.Concat(lines[0].Split(':')[0].Where(letter => !char.IsAsciiDigit(letter)));
        return words + Array.Find(lines, line => line.TrimStart().StartsWith("at Faithful.Crystals", StringComparison.Ordinal));
    }

    private void Report(long number, byte[] input, string reason)
    {
        var kind = Kind(reason);
        if (faults.Count < MostKinds && !faults.ContainsKey(kind))
        {
            var name = number.ToString(CultureInfo.InvariantCulture);
            faults.TryAdd(kind, new(format.Name, name, reason, Save(name, input)));
        }
    }

    private string Save(string name, byte[] input)
    {
        var folder = Directory.CreateDirectory(Path.Combine(Path.GetTempPath(), "faithful-fuzz")).FullName;
        var file = Path.Combine(folder, $"{format.Name}-{name}");
        File.WriteAllBytes(file, input);
        return file;
    }

    private sealed class Worker
    {
        private readonly FuzzRunner runner;
        private readonly FuzzMutator mutator;
        private long startedAt = long.MaxValue; // Environment.TickCount64 of the current input

        public Worker(FuzzRunner runner)
        {
            this.runner = runner;
            mutator = new(runner.format.Seeds, runner.format.Words);
            Oracle = new(runner.format) { MaximumTime = runner.MaximumTime, MaximumBytes = runner.MaximumBytes };
            Thread = new(Work, StackSize) { IsBackground = true, Name = $"fuzzing {runner.format.Name}" };
        }

        public Thread Thread { get; }

        public FuzzOracle Oracle { get; }

        public long Number { get; private set; }

        public long Inputs { get; private set; }

        public bool Hangs(TimeSpan time) => Environment.TickCount64 - Volatile.Read(ref startedAt) > time.TotalMilliseconds;

        private void Work()
        {
            while (!runner.stopped)
            {
                var first = Interlocked.Add(ref runner.next, ChunkLength) - ChunkLength;
                if (first >= runner.end)
                {
                    break;
                }

                for (Number = first; Number < Math.Min(first + ChunkLength, runner.end) && !runner.stopped; Number++)
                {
                    Volatile.Write(ref startedAt, Environment.TickCount64);
                    var input = mutator.Mutate(Number);
                    var reason = Oracle.Check(input) ?? (Number % PiecesEvery == 0 ? Oracle.CheckPieces(input) : null);
                    if (reason is not null)
                    {
                        runner.Report(Number, input, reason);
                    }

                    Inputs++;
                }
            }

            Volatile.Write(ref startedAt, long.MaxValue);
        }
    }
}
