using System.Runtime.ExceptionServices;
using Faithful.Models;

namespace Faithful.Serving;

/// <summary>
/// Cuts a list of prepared crystals into batches. The order stays: batches are not padded, so sorting by size would gain nothing.
/// </summary>
internal static class BatchPlan
{
    // ONNX Runtime takes small batches through one tree after the other, which stays in the cache meanwhile, and large ones a crystal at
    // a time through all trees: 1,200 trees take 61 µs of processor time a crystal in batches of 32, 90 µs in batches of 256.
    private const int MostDescribed = 32;

    // Smaller batches than these spend their time on beginning and ending operations.
    private const int LeastAtoms = 256;
    private const int LeastEdges = 4096;

    /// <summary>
    /// Keeps a crystal company that would be alone: ONNX Runtime multiplies a single row with a matrix in another order than several
    /// rows, and the prediction would differ from that in a larger batch by a millionth. One atom without neighbours costs nothing.
    /// </summary>
    private static readonly PreparedCrystal Companion = new()
    {
        AtomicNumbers = [1],
        Positions = [0, 0, 0],
        Lattice = [4, 0, 0, 0, 4, 0, 0, 0, 4],
        SpaceGroup = 0,
        SiteSymmetries = [0],
        EdgeSource = [],
        EdgeTarget = [],
        EdgeImage = [],
    };

    /// <summary>Packs a batch; the outputs of its crystals come first, in the order of the positions.</summary>
    /// <param name="crystals">The crystals.</param>
    /// <param name="positions">Those of the batch.</param>
    /// <returns>The batch.</returns>
    public static CrystalBatch Pack(IReadOnlyList<PreparedCrystal> crystals, IReadOnlyList<int> positions)
    {
        bool isAlone = positions.Count == 1 && crystals[positions[0]].Descriptors.Length == 0;
        return CrystalBatch.Pack([.. positions.Select(position => crystals[position]), .. isAlone ? [Companion] : Array.Empty<PreparedCrystal>()]);
    }

    /// <summary>
    /// Works on every batch. On the processor as many at once as there are cores, each with its part of the budgets and one thread: two
    /// threads that share one operation wait for each other at its end, which is half the speed where other programs run as well.
    /// </summary>
    /// <param name="crystals">The crystals, fallbacks among them.</param>
    /// <param name="options">The budgets, and the threads of an operation.</param>
    /// <param name="device">Where the model computes, <c>cpu</c> or <c>cuda</c>.</param>
    /// <param name="work">Takes positions in <paramref name="crystals"/>; fallbacks occur in none. May be called from several threads at once.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static void ForEach(
        IReadOnlyList<PreparedCrystal> crystals, ServingOptions options, string device, Action<IReadOnlyList<int>> work, CancellationToken cancellation)
    {
        int atOnce = device == "cpu" && options.IntraOpThreads == 0 ? Environment.ProcessorCount : 1;
        if (atOnce == 1)
        {
            foreach (IReadOnlyList<int> batch in Cut(crystals, options))
            {
                work(batch);
            }

            return;
        }

        ServingOptions part = options with
        {
            MaxAtomsPerBatch = Math.Min(options.MaxAtomsPerBatch, Math.Max(LeastAtoms, options.MaxAtomsPerBatch / atOnce)),
            MaxEdgesPerBatch = Math.Min(options.MaxEdgesPerBatch, Math.Max(LeastEdges, options.MaxEdgesPerBatch / atOnce)),
        };
        try
        {
            Parallel.ForEach(Cut(crystals, part), new ParallelOptions { MaxDegreeOfParallelism = atOnce, CancellationToken = cancellation }, work);
        }
        catch (AggregateException error)
        {
            // The first fault as it was thrown: that the work ran in parallel is no concern of the caller.
            ExceptionDispatchInfo.Throw(error.InnerExceptions[0]);
        }
    }

    /// <summary>Cuts by the budgets of atoms and edges; crystals that are descriptors, by their number.</summary>
    /// <param name="crystals">The crystals, fallbacks among them.</param>
    /// <param name="options">The budgets.</param>
    /// <returns>Lists of positions in <paramref name="crystals"/>; fallbacks occur in none.</returns>
    public static IEnumerable<IReadOnlyList<int>> Cut(IReadOnlyList<PreparedCrystal> crystals, ServingOptions options)
    {
        List<int> batch = [];
        long atoms = 0;
        int neighbors = 0;
        for (int i = 0; i < crystals.Count; i++)
        {
            PreparedCrystal crystal = crystals[i];
            if (crystal.FallbackReason is not null)
            {
                continue;
            }

            int most = MostNeighbors(crystal);
            atoms += crystal.Atoms;
            neighbors = Math.Max(neighbors, most);
            if (batch.Count > 0 && (atoms > options.MaxAtomsPerBatch || atoms * neighbors > options.MaxEdgesPerBatch || IsFull(crystal, batch.Count)))
            {
                yield return batch;
                batch = [];
                atoms = crystal.Atoms;
                neighbors = most;
            }

            batch.Add(i);
        }

        if (batch.Count > 0)
        {
            yield return batch;
        }
    }

    private static bool IsFull(PreparedCrystal crystal, int count) => crystal.Descriptors.Length > 0 && count == MostDescribed;

    /// <summary>The number of edges of the atom that has the most; edges are sorted by their target.</summary>
    private static int MostNeighbors(PreparedCrystal crystal)
    {
        int most = 0, run = 0;
        for (int edge = 0; edge < crystal.Edges; edge++)
        {
            run = edge > 0 && crystal.EdgeTarget[edge] == crystal.EdgeTarget[edge - 1] ? run + 1 : 1;
            most = Math.Max(most, run);
        }

        return most;
    }
}
