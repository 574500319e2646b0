using System.Collections.Concurrent;

namespace Faithful.Crystals.Symmetry;

/// <summary>
/// Remembers which Wyckoff letters spglib gave to atoms on the same sites: it needs up to 0.1 s to find them, and most crystals are
/// like one that was seen before. May be used from many threads at once.
/// </summary>
internal static class KnownWyckoffLetters
{
    /// <summary>What is remembered stays below some tens of megabytes.</summary>
    private const int MostKeys = 1 << 16;

    private static readonly ConcurrentDictionary<string, char[]> Known = new(StringComparer.Ordinal);

    /// <summary>Gets the letter of each atom in a setting that may be any of those that the space group does not tell apart.</summary>
    /// <param name="key">The key of the crystal.</param>
    /// <param name="find">Asks spglib.</param>
    /// <returns>The letters; shape (atoms).</returns>
    /// <exception cref="SymmetryException">spglib gives no answer.</exception>
    public static IReadOnlyList<char> Of(WyckoffKey key, Func<IReadOnlyList<char>> find)
    {
        if (Known.TryGetValue(key.Digest, out var known))
        {
            return [.. key.SiteGroups.Select(group => known[group])];
        }

        var letters = find();
        var letterOfGroup = new char[key.SiteGroups.Max() + 1];
        for (var atom = 0; atom < letters.Count; atom++)
        {
            ref var letter = ref letterOfGroup[key.SiteGroups[atom]];
            if (letter != default && letter != letters[atom])
            {
                return letters; // what contradicts itself is not worth remembering
            }

            letter = letters[atom];
        }

        if (Known.Count < MostKeys)
        {
            Known.TryAdd(key.Digest, letterOfGroup);
        }

        return letters;
    }
}
