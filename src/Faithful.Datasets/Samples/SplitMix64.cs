using System.Text;

namespace Faithful.Datasets.Samples;

/// <summary>
/// A random number generator that gives the same numbers on every machine and in every version: SplitMix64 (G. L. Steele,
/// D. Lea and C. H. Flood, OOPSLA 2014, doi:10.1145/2660193.2660195).
/// </summary>
internal sealed class SplitMix64
{
    private ulong state;

    /// <summary>Seeds the generator with a text, so that each crystal has a stream of its own.</summary>
    /// <param name="key">The text; its 64-bit FNV-1a hash is the seed.</param>
    public SplitMix64(string key)
    {
        state = 0xCBF29CE484222325;
        foreach (var value in Encoding.UTF8.GetBytes(key))
        {
            state = unchecked((state ^ value) * 0x100000001B3);
        }
    }

    /// <summary>Gets the next 64 bits.</summary>
    public ulong Next()
    {
        unchecked
        {
            state += 0x9E3779B97F4A7C15;
            var bits = state;
            bits = (bits ^ (bits >> 30)) * 0xBF58476D1CE4E5B9;
            bits = (bits ^ (bits >> 27)) * 0x94D049BB133111EB;
            return bits ^ (bits >> 31);
        }
    }

    /// <summary>Gets a number in [−1, 1), a multiple of 2⁻⁵².</summary>
    public double Symmetric() => ((Next() >> 11) * (1.0 / (1L << 52))) - 1;

    /// <summary>Gets a whole number in [0, bound).</summary>
    public int Below(int bound) => (int)(Next() % (ulong)bound); // the bias, below 2⁻⁵⁰ for small bounds, does no harm here

    /// <summary>Shuffles a list in place (Fisher and Yates).</summary>
    public void Shuffle<T>(IList<T> items)
    {
        for (var last = items.Count - 1; last > 0; last--)
        {
            var other = Below(last + 1);
            (items[last], items[other]) = (items[other], items[last]);
        }
    }
}
