using System.Runtime.ExceptionServices;
using Faithful.Crystals.Formats;

namespace Faithful.Pipelines;

/// <summary>Reads the crystals of rows in parallel, and counts those that cannot be read. Thread-safe.</summary>
/// <param name="onBadStructure">What becomes of them.</param>
internal sealed class StructureReading(BadStructure onBadStructure)
{
    private long _bad;

    /// <summary>Gets how many could not be read so far.</summary>
    public long Bad => Interlocked.Read(ref _bad);

    /// <summary>Gets a value indicating whether rows that cannot be read are left out.</summary>
    public bool DropsRows => onBadStructure == BadStructure.Drop;

    /// <summary>Reads crystals.</summary>
    /// <param name="rows">The rows.</param>
    /// <returns>A crystal or an error for each.</returns>
    /// <exception cref="CrystalFormatException">A crystal cannot be read, and that ends the work.</exception>
    public CrystalReadResult[] Read(IReadOnlyList<CrystalRow> rows)
    {
        var results = new CrystalReadResult[rows.Count];
        if (rows.Count == 1)
        {
            results[0] = CrystalText.Read(rows[0].Structure, rows[0].Id);
        }
        else
        {
            InParallel(rows.Count, index => results[index] = CrystalText.Read(rows[index].Structure, rows[index].Id));
        }

        foreach (CrystalReadResult result in results)
        {
            if (!result.IsSuccess)
            {
                Interlocked.Increment(ref _bad);
                _ = onBadStructure == BadStructure.Throw ? result.GetRecordOrThrow() : null;
            }
        }

        return results;
    }

    /// <summary>Works on all cores; what fails comes out as it was thrown.</summary>
    /// <param name="count">The number of indices.</param>
    /// <param name="body">The work of an index.</param>
    public static void InParallel(int count, Action<int> body)
    {
        try
        {
            Parallel.For(0, count, body);
        }
        catch (AggregateException error)
        {
            ExceptionDispatchInfo.Throw(error.InnerExceptions[0]);
        }
    }
}
