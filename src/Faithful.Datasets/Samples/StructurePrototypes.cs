using System.Collections.Immutable;

namespace Faithful.Datasets.Samples;

/// <summary>The structure prototypes of the sample: the well-known ones, and others that fill the rare point groups.</summary>
/// <remarks>They cover the seven crystal systems and all 32 point groups, no composition type belonging to one of them alone.</remarks>
public static partial class StructurePrototypes
{
    /// <summary>Gets the prototypes that textbooks describe.</summary>
    public static ImmutableArray<StructurePrototype> Textbook { get; } = Read(TextbookLines);

    /// <summary>Gets the prototypes found by a search; their names give composition type and space group.</summary>
    public static ImmutableArray<StructurePrototype> Searched { get; } = Read(SearchedLines);

    /// <summary>Gets all prototypes, each with a name of its own.</summary>
    public static ImmutableArray<StructurePrototype> All { get; } = [.. Textbook, .. Searched];

    private static ImmutableArray<StructurePrototype> Read(string lines) =>
        [.. lines.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(StructurePrototype.Parse)];
}
