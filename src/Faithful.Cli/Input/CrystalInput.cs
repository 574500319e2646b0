using Faithful.Cli.Output;
using Faithful.Crystals.Formats;

namespace Faithful.Cli.Input;

/// <summary>
/// The crystals of the sources that a user named, one after the other. What cannot be read is reported on standard error and
/// counted, and the rest is read all the same.
/// </summary>
/// <param name="context">Where faults are reported.</param>
/// <param name="sources">Files, archives and folders, or <c>-</c> for standard input.</param>
/// <param name="options">How sources are read; null for the defaults.</param>
internal sealed class CrystalInput(CommandContext context, IReadOnlyList<string> sources, CrystalSourceOptions? options = null)
{
    private readonly bool _isStrict = CommonOptions.IsStrict(context);
    private readonly bool _skipsDisordered = CommonOptions.SkipsDisordered(context);
    private readonly LabelInput _labels = new(context);

    private bool _hasBadModel;
    private int _sourcesDone;
    private double _part = double.NaN; // of the current source; set by the thread that reads, which may be another

    /// <summary>Gets the number of crystals and sources with a fault.</summary>
    public int Bad { get; private set; }

    /// <summary>Gets the number of disordered crystals that were passed over because the command line says so.</summary>
    public int Disordered { get; private set; }

    /// <summary>Gets the part of all sources that has been read, 0 to 1; null where that is not known.</summary>
    public double? Fraction
    {
        get
        {
            double part = Volatile.Read(ref _part);
            return sources.Count > 1 ? (_sourcesDone + (double.IsNaN(part) ? 0 : part)) / sources.Count : double.IsNaN(part) ? null : part;
        }
    }

    /// <summary>Gets the exit code that the count of faults calls for.</summary>
    public int ExitCode => Bad > 0 || _hasBadModel ? ExitCodes.Failed : ExitCodes.Done;

    /// <summary>Gets the files of labels that are joined to the crystals.</summary>
    public LabelInput Labels => _labels;

    /// <summary>Reads the crystals as they are enumerated, with their labels; may be enumerated once.</summary>
    /// <returns>The crystals that can be read, in the order of the sources.</returns>
    /// <exception cref="CrystalFormatException">A file of labels is bad or fits no crystal.</exception>
    public IEnumerable<CrystalRecord> Records()
    {
        CrystalSourceOptions reading = (options ?? new()) with { Progress = new ReadingProgress(part => Volatile.Write(ref _part, part)) };
        foreach (string source in sources)
        {
            IEnumerable<CrystalReadResult> read = CrystalSource.Read(source, reading);
            using IEnumerator<CrystalReadResult> results = (_labels.For(source)?.Apply(read) ?? read).GetEnumerator();
            while (TryAdvance(results, source) is CrystalReadResult result)
            {
                if (result.Record is CrystalRecord record)
                {
                    foreach (string warning in record.Warnings)
                    {
                        context.Log($"warning: {record.Origin}: {warning}");
                    }

                    yield return record;
                }
                else if (_skipsDisordered && result.Error!.IsDisordered)
                {
                    Disordered++;
                }
                else
                {
                    Reject(result.Error!.Message);
                }
            }

            Volatile.Write(ref _part, double.NaN);
            _sourcesDone++;
        }

        _labels.Conclude();
    }

    /// <summary>Counts and reports a crystal that could be read but not worked on.</summary>
    /// <param name="message">What is wrong, with the crystal's origin.</param>
    /// <exception cref="BadCrystalException">The command line says that faults end the command.</exception>
    public void Reject(string message)
    {
        if (_isStrict)
        {
            throw new BadCrystalException(message);
        }

        Bad++;
        context.LogError(message);
    }

    /// <summary>Reports a model that cannot be used; the exit code tells, the count of crystals does not.</summary>
    /// <param name="message">What is wrong.</param>
    public void RejectModel(string message)
    {
        _hasBadModel = true;
        context.LogError(message);
    }

    /// <summary>Says on standard error what the batch came to; says nothing when all went well.</summary>
    /// <param name="verb">What was done, for example <c>predicted</c>.</param>
    /// <param name="count">The number of crystals for which it was done.</param>
    public void Summarize(string verb, int count)
    {
        if (Bad + Disordered > 0)
        {
            string disordered = Disordered > 0 ? $"; {Disordered} disordered, left out" : "";
            context.Log($"{verb} {count} of {count + Bad + Disordered} crystals; {Bad} with an error{disordered}");
        }
    }

    private CrystalReadResult? TryAdvance(IEnumerator<CrystalReadResult> results, string source)
    {
        context.Cancellation.ThrowIfCancellationRequested();
        try
        {
            return results.MoveNext() ? results.Current : null;
        }
        catch (CrystalFormatException error)
        {
            Reject(error.Message);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            Reject(error.Message.Contains(source, StringComparison.Ordinal) ? error.Message : $"{source}: {error.Message}");
        }

        return null;
    }

    // Progress<T> would report to another thread, too late.
    private sealed class ReadingProgress(Action<double> report) : IProgress<SourceProgress>
    {
        public void Report(SourceProgress value) =>
            report(value.TotalBytes is > 0 and long total ? Math.Min(1, (double)value.BytesRead / total) : double.NaN);
    }
}
