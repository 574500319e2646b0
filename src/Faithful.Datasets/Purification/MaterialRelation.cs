namespace Faithful.Datasets.Purification;

/// <summary>Which crystals of a data set are one material, by one rule.</summary>
internal abstract class MaterialRelation
{
    /// <summary>Divides the crystals that are still there into materials.</summary>
    /// <param name="present">The crystals that no rule before has removed.</param>
    /// <returns>The groups of two crystals or more.</returns>
    public abstract IEnumerable<List<ExaminedCrystal>> Groups(IReadOnlyList<ExaminedCrystal> present);
}
