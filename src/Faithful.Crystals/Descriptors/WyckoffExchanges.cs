using System.Collections.Immutable;
using System.Globalization;
using Faithful.Crystals.Symmetry;

namespace Faithful.Crystals.Descriptors;

/// <summary>Picks one of the ways to give Wyckoff letters to the atoms of a crystal.</summary>
/// <remarks>
/// Which of two caesium-chloride atoms sits on a and which on b is a matter of the origin: the affine normalizer of a space group
/// exchanges letters (International Tables for Crystallography A, chapter 3.5). The table wyckoff-exchanges.txt holds generators
/// of these exchanges; here all of them are made, 1,344 at the most (for P-1).
/// </remarks>
internal static class WyckoffExchanges
{
    /// <summary>The letters of the positions, in the order of spglib: the 27th one of Pmmm has a capital A.</summary>
    public const string Letters = "abcdefghijklmnopqrstuvwxyzA";

    private static readonly string[][] Generators = Read();
    private static readonly ImmutableArray<byte[]>[] Known = new ImmutableArray<byte[]>[SpaceGroups.Count];

    /// <summary>Gets the exchanges of a space group, the identity among them.</summary>
    /// <param name="spaceGroup">The number of the space group, 1 to 230.</param>
    /// <returns>For each exchange, and each letter, the letter that becomes this one; 0 is a.</returns>
    public static ImmutableArray<byte[]> Of(int spaceGroup)
    {
        ref var known = ref Known[spaceGroup - 1];
        if (known.IsDefault)
        {
            ImmutableInterlocked.InterlockedInitialize(ref known, Close(Generators[spaceGroup - 1]));
        }

        return known;
    }

    /// <summary>Reorders positions so that they do not depend on how the crystal is described: the first ones get the most electrons.</summary>
    /// <param name="spaceGroup">The number of the space group, 1 to 230.</param>
    /// <param name="positions">What sits on each letter; shape (27).</param>
    public static void MakeUnique(int spaceGroup, Span<(int Electrons, int Atoms)> positions)
    {
        Span<(int Electrons, int Atoms)> given = stackalloc (int, int)[Letters.Length];
        positions.CopyTo(given);
        foreach (var sources in Of(spaceGroup))
        {
            for (var index = 0; index < sources.Length; index++)
            {
                var comparison = given[sources[index]].CompareTo(positions[index]);
                if (comparison > 0)
                {
                    for (; index < sources.Length; index++)
                    {
                        positions[index] = given[sources[index]];
                    }
                }

                if (comparison != 0)
                {
                    break;
                }
            }
        }
    }

    // Products of generators until there are no new ones. A permutation of at most 27 letters is its own key as text.
    private static ImmutableArray<byte[]> Close(string[] generators)
    {
        var identity = generators.Length > 0 ? Letters[..generators[0].Length] : string.Empty;
        var members = new List<string> { identity };
        var known = new HashSet<string>(StringComparer.Ordinal) { identity };
        for (var next = 0; next < members.Count; next++)
        {
            foreach (var generator in generators)
            {
                var product = string.Concat(members[next].Select(letter => generator[Letters.IndexOf(letter, StringComparison.Ordinal)]));
                if (known.Add(product))
                {
                    members.Add(product);
                }
            }
        }

        // The group holds the inverse of each member, so it is the same set whether the texts say "becomes" or "comes from".
        return [.. members.Select(member => member.Select(letter => (byte)Letters.IndexOf(letter, StringComparison.Ordinal)).ToArray())];
    }

    private static string[][] Read()
    {
        var generators = new string[SpaceGroups.Count][];
        Array.Fill(generators, []);
        using var reader = EmbeddedData.Open("wyckoff-exchanges.txt");
        while (reader.ReadLine() is string line)
        {
            if (!line.StartsWith('#'))
            {
                var words = line.Split(' ');
                generators[int.Parse(words[0], CultureInfo.InvariantCulture) - 1] = words[2..];
            }
        }

        return generators;
    }
}
