namespace Faithful.Testing.Fuzzing;

/// <summary>Random numbers that cost nothing to begin: SplitMix64 (G. L. Steele et al., DOI 10.1145/2714064.2660195).</summary>
/// <param name="seed">Any number.</param>
internal struct FuzzRandom(long seed)
{
    private ulong state = (ulong)seed * 0x9e3779b97f4a7c15;

    public ulong NextBits()
    {
        state += 0x9e3779b97f4a7c15;
        var z = (state ^ (state >> 30)) * 0xbf58476d1ce4e5b9;
        z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
        return z ^ (z >> 31);
    }

    /// <summary>Gets a number from 0 to below a bound, which may be 0 and then gives 0.</summary>
    public int Below(int bound) => (int)(((NextBits() >> 32) * (ulong)bound) >> 32);

    public bool OneIn(int times) => Below(times) == 0;

    public T Of<T>(IReadOnlyList<T> items) => items[Below(items.Count)];
}
