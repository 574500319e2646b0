namespace Faithful.Networks.Training;

/// <summary>
/// The order in which an epoch takes the crystals, and where it is cut into batches. Sizes, options, seed and epoch decide it
/// alone, so that a resumed run goes on with the same batches.
/// </summary>
public sealed class BatchPlan
{
    private BatchPlan(int[] order, IReadOnlyList<BatchRange> batches)
    {
        Order = order;
        Batches = batches;
    }

    /// <summary>Gets the crystals in the order of the epoch, as places in the data set.</summary>
    public IReadOnlyList<int> Order { get; }

    /// <summary>Gets the batches, in the order in which they are taken.</summary>
    public IReadOnlyList<BatchRange> Batches { get; }

    /// <summary>Plans an epoch of training: every crystal once, at random; within a batch by size, so that its parts are cheap to pad.</summary>
    /// <param name="data">The training part.</param>
    /// <param name="options">The batch size, the budgets and the seed.</param>
    /// <param name="epoch">The epoch, from 1.</param>
    /// <returns>The plan.</returns>
    /// <exception cref="BatchBudgetException">A crystal alone is more than a batch may hold.</exception>
    public static BatchPlan ForTraining(ResidentDataset data, TrainingOptions options, int epoch)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(options);
        var random = new Random(Seed(options.Seed, epoch));
        int[] order = [.. Enumerable.Range(0, data.Count)];
        random.Shuffle(order);
        int bucket = (int)Math.Min((long)options.BucketBatches * options.BatchSize, order.Length);
        for (int start = 0, number = 0; bucket > 0 && start < order.Length; start += bucket, number++)
        {
            // Up in one and down in the next, so that also a batch across two of them has similar crystals.
            SortBySize(order.AsSpan(start, Math.Min(bucket, order.Length - start)), data, isRising: number % 2 == 0);
        }

        BatchRange[] batches = [.. Cut(order, data, options)];
        foreach (BatchRange batch in batches)
        {
            SortBySize(order.AsSpan(batch.Start, batch.Count), data, isRising: true);
        }

        random.Shuffle(batches);
        return new BatchPlan(order, batches);
    }

    /// <summary>Plans a pass in which the order does not matter: crystals by size.</summary>
    /// <param name="data">The data set.</param>
    /// <param name="options">The batch size and the budgets.</param>
    /// <returns>The plan.</returns>
    /// <exception cref="BatchBudgetException">A crystal alone is more than a batch may hold.</exception>
    public static BatchPlan BySize(ResidentDataset data, TrainingOptions options)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(options);
        int[] order = [.. Enumerable.Range(0, data.Count)];
        SortBySize(order, data, isRising: true);
        return new BatchPlan(order, Cut(order, data, options));
    }

    /// <summary>Mixes the seed of a run and an epoch; unlike <see cref="HashCode"/> the same in every process.</summary>
    /// <param name="seed">The seed of the run.</param>
    /// <param name="epoch">The epoch, from 1.</param>
    /// <returns>The seed of the epoch.</returns>
    internal static int Seed(int seed, int epoch) => unchecked((seed * 1_000_003) ^ (epoch * 7_919));

    /// <summary>Sorts by atoms; crystals of the same size keep their order.</summary>
    private static void SortBySize(Span<int> crystals, ResidentDataset data, bool isRising)
    {
        var keys = new long[crystals.Length];
        for (int place = 0; place < keys.Length; place++)
        {
            long size = data.AtomCounts[crystals[place]];
            keys[place] = ((isRising ? size : -size) << 32) + place;
        }

        keys.AsSpan().Sort(crystals);
    }

    private static List<BatchRange> Cut(int[] order, ResidentDataset data, TrainingOptions options)
    {
        List<BatchRange> batches = [];
        int start = 0;
        long atoms = 0, edges = 0;
        for (int place = 0; place < order.Length; place++)
        {
            (int atomCount, int edgeCount) = (data.AtomCounts[order[place]], data.EdgeCounts[order[place]]);
            if (!Fits(atomCount, edgeCount, options))
            {
                throw new BatchBudgetException(data.IdOf(order[place]), atomCount, edgeCount, options);
            }

            if (place - start == options.BatchSize || !Fits(atoms + atomCount, edges + edgeCount, options))
            {
                batches.Add(new BatchRange(start, place - start));
                (start, atoms, edges) = (place, 0, 0);
            }

            (atoms, edges) = (atoms + atomCount, edges + edgeCount);
        }

        batches.Add(new BatchRange(start, order.Length - start));
        return batches;
    }

    private static bool Fits(long atoms, long edges, TrainingOptions options) =>
        (options.AtomBudget == 0 || atoms <= options.AtomBudget) && (options.EdgeBudget == 0 || edges <= options.EdgeBudget);
}
