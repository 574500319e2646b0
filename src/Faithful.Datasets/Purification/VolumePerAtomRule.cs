namespace Faithful.Datasets.Purification;

/// <summary>Removes crystals that are denser or sparser than any solid.</summary>
public sealed class VolumePerAtomRule : CrystalRule
{
    private readonly double minimum;
    private readonly double maximum;

    /// <summary>Initializes a new instance of the <see cref="VolumePerAtomRule"/> class.</summary>
    /// <param name="minimum">The least volume per atom, Å³.</param>
    /// <param name="maximum">The greatest volume per atom, Å³.</param>
    public VolumePerAtomRule(double minimum, double maximum)
        : base("volume_out_of_range", FormattableString.Invariant($"the volume per atom is not within {minimum} to {maximum} Å³")) =>
        (this.minimum, this.maximum) = (minimum, maximum);

    /// <inheritdoc/>
    public override CrystalVerdict Judge(ExaminedCrystal crystal)
    {
        ArgumentNullException.ThrowIfNull(crystal);
        var volume = crystal.Crystal.VolumePerAtom;
        return volume >= minimum && volume <= maximum
            ? CrystalVerdict.Keep(crystal)
            : CrystalVerdict.Remove(FormattableString.Invariant($"{volume:0.###} Å³ for an atom"));
    }
}
