namespace Faithful.Datasets.Purification;

/// <summary>A crystal that purification has kept, but in another cell.</summary>
/// <param name="Id">The id.</param>
/// <param name="Origin">The file, with the line in parentheses where a file holds many crystals.</param>
/// <param name="Rule">The name of the rule.</param>
/// <param name="Change">What was changed, for example <c>8 atoms reduced to 1</c>.</param>
public sealed record ChangedCrystal(string Id, string Origin, string Rule, string Change);
