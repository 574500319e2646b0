using System.Collections.Immutable;

namespace Faithful.Datasets;

/// <summary>The words by which split files and the command line name the kinds of splits.</summary>
public static class SplitKinds
{
    /// <summary>Gets the words of all kinds: <c>random</c>, <c>group</c>, <c>formula</c>, <c>prototype</c>, <c>chemical-system</c>.</summary>
    public static ImmutableArray<string> Names { get; } =
    [
        .. new[] { SplitKind.Random, SplitKind.Group, SplitKind.Formula, SplitKind.Prototype, SplitKind.ChemicalSystem }.Select(NameOf),
    ];

    /// <summary>Gets the word of a kind.</summary>
    /// <param name="kind">The kind.</param>
    /// <returns>A lower-case word.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The kind is none of the enumeration.</exception>
    public static string NameOf(SplitKind kind) => kind switch
    {
        SplitKind.Group => "group",
        SplitKind.Random => "random",
        SplitKind.Formula => "formula",
        SplitKind.Prototype => "prototype",
        SplitKind.ChemicalSystem => "chemical-system",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "There is no such kind of split."),
    };

    /// <summary>Finds a kind by its word.</summary>
    /// <param name="name">The word; capital letters count.</param>
    /// <param name="kind">The kind, when there is one of this name.</param>
    /// <returns>Whether there is.</returns>
    public static bool TryFind(string name, out SplitKind kind)
    {
        foreach (var candidate in Enum.GetValues<SplitKind>())
        {
            if (NameOf(candidate) == name)
            {
                kind = candidate;
                return true;
            }
        }

        kind = default;
        return false;
    }
}
