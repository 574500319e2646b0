using System.Collections.Immutable;

namespace Faithful.Crystals;

/// <summary>What a list of atoms says about its chemistry. The order of the atoms, and how many cells they are, do not matter.</summary>
public static class ChemicalFormula
{
    /// <summary>Gets the formula with the smallest whole numbers, the more electropositive element first.</summary>
    /// <param name="species">The element of each atom; at least one atom.</param>
    /// <returns>For example <c>Bi2Se3</c>.</returns>
    /// <exception cref="ArgumentException">There is no atom.</exception>
    public static string Reduced(ImmutableArray<Element> species) => FormulaWriter.Write(Checked(species), reduce: true);

    /// <summary>
    /// Gets the reduced formula with letters for elements, the smallest amount first: what is left of a composition when
    /// elements are exchanged one for one. After Z come Aa, Ba, ….
    /// </summary>
    /// <param name="species">The element of each atom; at least one atom.</param>
    /// <returns>For example <c>A2B3</c> for Bi2Se3, <c>ABC3</c> for SrTiO3.</returns>
    /// <exception cref="ArgumentException">There is no atom.</exception>
    public static string Anonymous(ImmutableArray<Element> species) => FormulaWriter.WriteAnonymous(Checked(species));

    /// <summary>Gets the symbols of the elements in the order of the alphabet.</summary>
    /// <param name="species">The element of each atom; at least one atom.</param>
    /// <returns>For example <c>O-Sr-Ti</c>.</returns>
    /// <exception cref="ArgumentException">There is no atom.</exception>
    public static string ChemicalSystem(ImmutableArray<Element> species) => FormulaWriter.WriteSystem(Checked(species));

    private static ImmutableArray<Element> Checked(ImmutableArray<Element> species) => species.IsDefaultOrEmpty
        ? throw new ArgumentException("A formula needs at least one atom.", nameof(species))
        : species;
}
