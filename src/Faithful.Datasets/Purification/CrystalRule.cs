namespace Faithful.Datasets.Purification;

/// <summary>A rule that looks at one crystal at a time. May be applied from many threads at once.</summary>
public abstract class CrystalRule : PurificationRule
{
    private protected CrystalRule(string name, string explanation)
        : base(name, explanation)
    {
    }

    /// <summary>Judges a crystal.</summary>
    /// <param name="crystal">The crystal, with what the rules before this one have found.</param>
    /// <returns>Whether it stays, is replaced, or goes.</returns>
    public abstract CrystalVerdict Judge(ExaminedCrystal crystal);
}
