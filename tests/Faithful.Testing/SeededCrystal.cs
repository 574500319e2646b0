using Faithful.Crystals;

namespace Faithful.Testing;

/// <summary>A random crystal with the seed that makes it again.</summary>
/// <param name="Seed">The seed of its <see cref="RandomCrystals"/>.</param>
/// <param name="Crystal">The crystal.</param>
public sealed record SeededCrystal(int Seed, Crystal Crystal)
{
    /// <summary>Gets a generator for the transformations of this crystal.</summary>
    public RandomCrystals Random() => new(Seed ^ 0x5eed);
}
