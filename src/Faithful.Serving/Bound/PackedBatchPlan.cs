using Faithful.Models.Packing;

namespace Faithful.Serving;

/// <summary>
/// Cuts crystals of a packed data set into batches. Graphs lay edges out in a table as wide as the atom with the most, and attention
/// pads to the largest crystal, so crystals that are alike in both stand together.
/// </summary>
internal sealed class PackedBatchPlan
{
    private PackedBatchPlan(int[] order, List<(int Start, int Count)> batches)
    {
        Order = order;
        Batches = batches;
    }

    /// <summary>Gets places in the list of rows, batch after batch.</summary>
    public int[] Order { get; }

    /// <summary>Gets the batches as parts of the order, the largest tables first.</summary>
    public IReadOnlyList<(int Start, int Count)> Batches { get; }

    /// <summary>Plans.</summary>
    /// <param name="data">The data set.</param>
    /// <param name="rows">The crystals, places in the data set.</param>
    /// <param name="options">The limits.</param>
    /// <returns>The plan; every row once.</returns>
    public static PackedBatchPlan Of(PackedDataset data, IReadOnlyList<int> rows, PackedPredictorOptions options)
    {
        var sizes = new (int Atoms, int Neighbors)[rows.Count];
        Parallel.For(0, rows.Count, new ParallelOptions { MaxDegreeOfParallelism = options.WorkersHere }, i =>
        {
            using PackedCrystal crystal = data.View(rows[i]);
            int most = 0;
            foreach (int count in crystal.EdgeCounts)
            {
                most = Math.Max(most, count);
            }

            sizes[i] = (crystal.Atoms, most);
        });
        int[] order = [.. Enumerable.Range(0, rows.Count)];
        Array.Sort(Array.ConvertAll(order, i => ((long)sizes[i].Neighbors << 32) + sizes[i].Atoms), order);
        Array.Reverse(order); // the slowest batches first, so that none is left over at the end
        List<(int Start, int Count)> batches = [];
        int start = 0, neighbors = 0;
        long atoms = 0;
        for (int at = 0; at < order.Length; at++)
        {
            (int more, int most) = sizes[order[at]];
            int widest = Math.Max(neighbors, most);
            if (at > start
                && (at - start == options.MaxCrystalsPerBatch || atoms + more > options.MaxAtomsPerBatch || (atoms + more) * widest > options.MaxEdgesPerBatch))
            {
                batches.Add((start, at - start));
                (start, atoms, widest) = (at, 0, most);
            }

            (atoms, neighbors) = (atoms + more, widest);
        }

        if (order.Length > 0)
        {
            batches.Add((start, order.Length - start));
        }

        return new PackedBatchPlan(order, batches);
    }
}
