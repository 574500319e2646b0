namespace Faithful.Networks.Training;

/// <summary>A batch as a part of an epoch's order of crystals.</summary>
/// <param name="Start">The place of its first crystal in the order.</param>
/// <param name="Count">The number of its crystals, at least 1.</param>
public readonly record struct BatchRange(int Start, int Count)
{
    /// <summary>Cuts the batch into parts of (almost) as many crystals each.</summary>
    /// <param name="parts">The number of parts, at least 1; no part is empty, so there may be fewer.</param>
    /// <returns>The parts, in order.</returns>
    public IEnumerable<BatchRange> Cut(int parts)
    {
        (int start, int count) = this;
        parts = Math.Min(parts, count);
        for (int part = 0; part < parts; part++)
        {
            int from = (int)((long)count * part / parts), to = (int)((long)count * (part + 1) / parts);
            yield return new BatchRange(start + from, to - from);
        }
    }
}
