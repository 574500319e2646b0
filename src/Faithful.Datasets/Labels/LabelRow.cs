namespace Faithful.Datasets;

/// <summary>The labels of one material, with or without its crystal.</summary>
/// <param name="Id">The name of the material, for example <c>mp-149</c>.</param>
/// <param name="Labels">The labels by column; numbers as invariant text. No label is empty.</param>
/// <param name="Origin">The file, with the line in parentheses, for example <c>labels.csv(7)</c>.</param>
public sealed record LabelRow(string Id, IReadOnlyDictionary<string, string> Labels, string Origin);
