using Faithful.Crystals;
using FsCheck;
using FsCheck.Fluent;

namespace Faithful.Testing;

/// <summary>
/// Random crystals for FsCheck: <c>[Property(Arbitrary = [typeof(CrystalArbitrary)])]</c>. A failing crystal is named by its seed.
/// </summary>
public static class CrystalArbitrary
{
    /// <summary>Gets crystals of 1 to 12 atoms in cells from compact to very skewed.</summary>
    public static Arbitrary<SeededCrystal> Crystals() =>
        Arb.From(Gen.Choose(0, int.MaxValue - 1).Select(seed => new SeededCrystal(seed, new RandomCrystals(seed).Crystal())));

    /// <summary>Gets any element.</summary>
    public static Arbitrary<Element> Elements() => Arb.From(Gen.Elements(Element.All.AsEnumerable()));
}
