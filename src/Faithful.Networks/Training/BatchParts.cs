namespace Faithful.Networks.Training;

/// <summary>
/// Takes batches in parts, in smaller ones when the device's memory does not hold them. Gradients of the parts add up, so the
/// steps of a run do not depend on the device's memory.
/// </summary>
internal sealed class BatchParts(int parts, int halvings)
{
    private const int MostHalvings = 16; // no batch has more crystals

    /// <summary>Gets how often the parts were halved because of the device's memory.</summary>
    public int Halvings { get; private set; } = halvings;

    /// <summary>Gets the number of parts of a batch.</summary>
    public int Count => parts << Halvings;

    /// <summary>Works on a batch part by part, and begins again with smaller parts when the device's memory is exhausted.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="work">Does the work on a part; everything that it holds on the device must be free again when it throws.</param>
    /// <param name="undo">Undoes the work on earlier parts.</param>
    public void Run(BatchRange batch, Action<BatchRange> work, Action undo)
    {
        while (true)
        {
            try
            {
                foreach (BatchRange part in batch.Cut(Count))
                {
                    work(part);
                }

                return;
            }
            catch (Exception fault) when (IsOutOfMemory(fault) && batch.Count > Count && Halvings < MostHalvings)
            {
                undo();
                Halvings++;
            }
        }
    }

    /// <summary>Libtorch has no type for this; its allocator has emptied its cache before it gives up.</summary>
    private static bool IsOutOfMemory(Exception fault) => fault.Message.Contains("out of memory", StringComparison.OrdinalIgnoreCase);
}
