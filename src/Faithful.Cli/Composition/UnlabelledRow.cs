using Faithful.Datasets;

namespace Faithful.Cli.Composition;

/// <summary>A crystal of a packed source without a label for the task.</summary>
/// <param name="Index">Its place in the packed data set.</param>
/// <param name="Labels">Its id, other labels and origin.</param>
internal sealed record UnlabelledRow(int Index, LabelRow Labels);
