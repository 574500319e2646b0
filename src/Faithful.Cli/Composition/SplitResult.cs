using Faithful.Datasets;

namespace Faithful.Cli.Composition;

/// <summary>One split of a source, checked: no group crosses.</summary>
/// <param name="Options">How it was made.</param>
/// <param name="File">What is kept of it.</param>
/// <param name="Path">The file that holds it; null when it was not saved.</param>
/// <param name="Parts">Training, validation and test.</param>
/// <param name="CrossingNearDuplicates">The number of groups of one formula and space group that are in several parts.</param>
internal sealed record SplitResult(SplitOptions Options, SplitFile File, string? Path, IReadOnlyList<SplitPart> Parts, int CrossingNearDuplicates);
