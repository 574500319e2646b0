namespace Faithful.Datasets.Purification;

/// <summary>What a rule says of one crystal.</summary>
public readonly record struct CrystalVerdict
{
    private CrystalVerdict(ExaminedCrystal? crystal, string? reason) => (Crystal, Reason) = (crystal, reason);

    /// <summary>Gets the crystal that goes on to the next rule, with what is known of it now; null when it is removed.</summary>
    public ExaminedCrystal? Crystal { get; }

    /// <summary>Gets why it is removed; null when it stays.</summary>
    public string? Reason { get; }

    /// <summary>Creates the verdict of a crystal that stays.</summary>
    /// <param name="crystal">The crystal, the same or with more known of it.</param>
    /// <returns>The verdict.</returns>
    public static CrystalVerdict Keep(ExaminedCrystal crystal) => new(crystal, null);

    /// <summary>Creates the verdict of a crystal that goes.</summary>
    /// <param name="reason">Why, without a full stop, for example <c>atoms 1 and 2 are only 0.312 Å apart</c>.</param>
    /// <returns>The verdict.</returns>
    public static CrystalVerdict Remove(string reason) => new(null, reason);
}
