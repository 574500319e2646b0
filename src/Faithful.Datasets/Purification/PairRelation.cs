namespace Faithful.Datasets.Purification;

/// <summary>Crystals are one material when a chain of pairs leads from one to the other: the connected components of a graph.</summary>
/// <param name="pairs">The pairs, as places in the input; each once.</param>
internal sealed class PairRelation(IReadOnlyList<(int First, int Second)> pairs) : MaterialRelation
{
    /// <inheritdoc/>
    public override IEnumerable<List<ExaminedCrystal>> Groups(IReadOnlyList<ExaminedCrystal> present)
    {
        var byIndex = present.ToDictionary(crystal => crystal.Index);
        var parents = new Dictionary<int, int>(); // a forest; crystals without a pair have no entry
        int Root(int index)
        {
            while (parents.GetValueOrDefault(index, index) is var parent && parent != index)
            {
                parents[index] = parents.GetValueOrDefault(parent, parent);
                index = parent;
            }

            return index;
        }

        foreach (var (first, second) in pairs)
        {
            if (byIndex.ContainsKey(first) && byIndex.ContainsKey(second))
            {
                var (one, other) = (Root(first), Root(second));
                parents[one] = one;
                parents[other] = one;
                parents.TryAdd(first, one);
                parents.TryAdd(second, one);
            }
        }

        return parents.Keys.Order().ToList().GroupBy(Root).Select(group => group.Select(index => byIndex[index]).ToList());
    }
}
