using Faithful.Datasets;

namespace Faithful.Cli.Composition;

/// <summary>A crystal of a packed source with what a model shall answer for it.</summary>
/// <param name="Index">Its place in the packed data set.</param>
/// <param name="Labels">Its id, labels and origin.</param>
/// <param name="Target">The class or the number.</param>
internal sealed record PackedRow(int Index, LabelRow Labels, Target Target);
