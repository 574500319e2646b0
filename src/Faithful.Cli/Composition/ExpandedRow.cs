namespace Faithful.Cli.Composition;

/// <summary>A crystal of a packed source that is learned with all distances multiplied.</summary>
/// <param name="Index">Its place in the packed data set.</param>
/// <param name="Id">Its id.</param>
/// <param name="Factor">The factor, 1 or more.</param>
internal sealed record ExpandedRow(int Index, string Id, double Factor);
