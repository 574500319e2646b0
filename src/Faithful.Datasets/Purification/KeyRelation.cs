namespace Faithful.Datasets.Purification;

/// <summary>Crystals are one material when they have the same key.</summary>
/// <typeparam name="TKey">The type of the key.</typeparam>
/// <param name="key">Gets the key of a crystal.</param>
internal sealed class KeyRelation<TKey>(Func<ExaminedCrystal, TKey> key) : MaterialRelation
{
    /// <inheritdoc/>
    public override IEnumerable<List<ExaminedCrystal>> Groups(IReadOnlyList<ExaminedCrystal> present) =>
        present.GroupBy(key).Select(group => group.ToList()).Where(group => group.Count > 1);
}
