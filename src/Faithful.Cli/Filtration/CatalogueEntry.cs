using System.Collections.Immutable;
using Faithful.Crystals;

namespace Faithful.Cli.Filtration;

/// <summary>A crystal of the catalogue as far as it is compared with others.</summary>
/// <param name="Row">Its place in the rows.</param>
/// <param name="Id">Its id.</param>
/// <param name="Formula">Its reduced formula.</param>
/// <param name="Anonymous">Its reduced formula with letters for elements.</param>
/// <param name="SpaceGroup">Its space group; 0 where none is known.</param>
/// <param name="Label">The class that the catalogue gives it.</param>
/// <param name="Amounts">Its elements with their share of the atoms, the smallest share first, equal ones in the order of the left-step table.</param>
internal sealed record CatalogueEntry(
    int Row, string Id, string Formula, string Anonymous, int SpaceGroup, int Label, ImmutableArray<(Element Element, double Share)> Amounts)
{
    /// <summary>Gets what crystals of one structure type share, as far as it can be told without their positions.</summary>
    public (string Anonymous, int SpaceGroup) Prototype => (Anonymous, SpaceGroup);

    /// <summary>
    /// Measures how far two crystals of the same anonymous formula are from each other: how many rows and columns of the left-step table
    /// lie between the elements that take the same part in the formula, on average over the atoms.
    /// </summary>
    /// <param name="other">The other crystal.</param>
    /// <returns>0 for the same formula.</returns>
    public double Distance(CatalogueEntry other) => Amounts.Zip(other.Amounts).Sum(pair => pair.First.Share
        * (Math.Abs(pair.First.Element.LeftStepRow - pair.Second.Element.LeftStepRow)
            + Math.Abs(pair.First.Element.LeftStepColumn - pair.Second.Element.LeftStepColumn)));

    /// <summary>Counts the elements of a composition.</summary>
    /// <param name="composition">The element of each atom.</param>
    /// <returns>Elements and shares in the order of <see cref="Amounts"/>.</returns>
    public static ImmutableArray<(Element Element, double Share)> Count(ImmutableArray<Element> composition) =>
    [
        .. composition.CountBy(element => element)
            .OrderBy(pair => pair.Value).ThenBy(pair => pair.Key.LeftStepColumn).ThenBy(pair => pair.Key.LeftStepRow)
            .Select(pair => (pair.Key, (double)pair.Value / composition.Length)),
    ];
}
