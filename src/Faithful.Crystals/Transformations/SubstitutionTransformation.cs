using System.Collections.Immutable;

namespace Faithful.Crystals.Transformations;

/// <summary>Puts elements into the places of others.</summary>
public static class SubstitutionTransformation
{
    /// <summary>Replaces every atom of an element by one of another; lattice and positions stay as they are.</summary>
    /// <param name="crystal">The crystal.</param>
    /// <param name="from">The element to be replaced, which need not be there.</param>
    /// <param name="to">The element in its place.</param>
    /// <returns>The new crystal.</returns>
    /// <exception cref="TransformationException">The numbers of atoms of some element are not what they should be.</exception>
    public static Crystal Substitute(this Crystal crystal, Element from, Element to) =>
        crystal.Substitute(new Dictionary<Element, Element> { [from] = to });

    /// <summary>Replaces elements by others, all at once, so that two may change places.</summary>
    /// <param name="crystal">The crystal.</param>
    /// <param name="mapping">What to put in place of which element; elements that it does not name stay.</param>
    /// <returns>The new crystal.</returns>
    /// <exception cref="TransformationException">The numbers of atoms of some element are not what they should be.</exception>
    public static Crystal Substitute(this Crystal crystal, IReadOnlyDictionary<Element, Element> mapping)
    {
        ArgumentNullException.ThrowIfNull(crystal);
        ArgumentNullException.ThrowIfNull(mapping);
        var species = ImmutableArray.CreateRange(crystal.Species, element => mapping.GetValueOrDefault(element, element));
        CheckCounts(crystal, species, mapping);
        return Crystal.WithKnownDistances(crystal.Lattice, species, crystal.FractionalPositions);
    }

    private static void CheckCounts(Crystal crystal, ImmutableArray<Element> species, IReadOnlyDictionary<Element, Element> mapping)
    {
        Span<int> before = stackalloc int[Element.Count + 1];
        Span<int> balance = stackalloc int[Element.Count + 1];
        foreach (var element in crystal.Species)
        {
            before[element.AtomicNumber]++;
        }

        for (var number = 1; number <= Element.Count; number++)
        {
            if (before[number] > 0)
            {
                var element = Element.FromAtomicNumber(number);
                balance[mapping.GetValueOrDefault(element, element).AtomicNumber] += before[number];
            }
        }

        foreach (var element in species)
        {
            balance[element.AtomicNumber]--;
        }

        if (balance.ContainsAnyExcept(0))
        {
            throw new TransformationException("substitution", "as many atoms of each element as the mapping says", "other numbers");
        }
    }
}
