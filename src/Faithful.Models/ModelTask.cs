namespace Faithful.Models;

/// <summary>The task of a model, as much of it as networks, exporters and servers need.</summary>
public sealed record ModelTask
{
    /// <summary>Gets the name of the task, for example <c>tqc</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Gets whether the model classifies or estimates a number.</summary>
    public required TaskKind Kind { get; init; }

    /// <summary>Gets the class names in the order of the outputs; empty for a regression.</summary>
    public IReadOnlyList<string> Classes { get; init; } = [];

    /// <summary>Gets the unit of a regression's value, for example <c>eV/atom</c>; null for a classification.</summary>
    public string? Unit { get; init; }

    /// <summary>
    /// Gets whether the model may see what the symmetry finder found (space group, primitive cell). False for the tasks whose
    /// answer that would give away: space-group and point-group.
    /// </summary>
    public required bool UsesSymmetry { get; init; }

    /// <summary>Gets the width of the network's last layer: the number of classes, or 1 for a regression.</summary>
    public int OutputWidth => Kind == TaskKind.Classification ? Classes.Count : 1;
}
