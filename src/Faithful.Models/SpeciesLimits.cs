using Faithful.Crystals;

namespace Faithful.Models;

/// <summary>The limits of networks that have a place for each atom of each species (<see cref="PreparationOptions.MaxSpecies"/>).</summary>
internal static class SpeciesLimits
{
    /// <summary>Says which limit a crystal passes.</summary>
    /// <param name="atomicNumbers">The atomic numbers, shape (atoms), in any order.</param>
    /// <param name="options">The limits.</param>
    /// <returns>The reason for the fallback, or null when the model can take the crystal.</returns>
    public static string? Fault(ReadOnlySpan<byte> atomicNumbers, PreparationOptions options)
    {
        if (!options.LimitsSpecies)
        {
            return null;
        }

        Span<int> counts = stackalloc int[Element.Count + 1];
        int species = 0;
        foreach (byte number in atomicNumbers)
        {
            species += counts[number]++ == 0 ? 1 : 0;
        }

        return options.MaxSpecies > 0 && species > options.MaxSpecies
            ? $"{species} species in the cell; the model takes at most {options.MaxSpecies}"
            : Fault(counts, species, options.MaxAtomsOfSpecies);
    }

    private static string? Fault(Span<int> counts, int species, IReadOnlyList<int> limits)
    {
        for (int place = 0; place < Math.Min(species, limits.Count); place++)
        {
            int common = 0;
            for (int number = 1; number < counts.Length; number++)
            {
                common = counts[number] > counts[common] ? number : common; // the first of equals: canonical order
            }

            if (counts[common] > limits[place])
            {
                string rank = place == 0 ? "the most common species" : $"number {place + 1} of the species by count";
                return $"{counts[common]} atoms of {Element.FromAtomicNumber(common).Symbol}, {rank}, in the cell; the model takes at most {limits[place]}";
            }

            counts[common] = 0;
        }

        return null;
    }
}
