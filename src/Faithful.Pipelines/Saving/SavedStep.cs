using System.Text.Json;
using Microsoft.ML.Data;

namespace Faithful.Pipelines;

/// <summary>One transformer of a saved pipeline: what it is, and where in the archive its parts lie.</summary>
internal sealed record SavedStep
{
    /// <summary>The kind of a chain of steps.</summary>
    public const string Chain = "chain";

    /// <summary>The kind of a step that ML.NET saves and loads itself.</summary>
    public const string MachineLearning = "ml.net";

    /// <summary>The kind of models that score.</summary>
    public const string Score = "score";

    /// <summary>The kind of an embedding.</summary>
    public const string Embed = "embed";

    /// <summary>The kind of a purification.</summary>
    public const string Purify = "purify";

    /// <summary>Gets the kind.</summary>
    public required string Kind { get; init; }

    /// <summary>Gets the scope of the step within its chain.</summary>
    public TransformerScope Scope { get; init; } = TransformerScope.Everything;

    /// <summary>Gets the folder in the archive that holds the parts of the step.</summary>
    public string Folder { get; init; } = "";

    /// <summary>Gets the options of the step.</summary>
    public JsonElement? Options { get; init; }

    /// <summary>Gets the number of models.</summary>
    public int Models { get; init; }

    /// <summary>Gets the number of members of each model that is an ensemble, 0 for the others; empty when none is.</summary>
    public IReadOnlyList<int> Members { get; init; } = [];

    /// <summary>Gets the preparation of an embedding.</summary>
    public JsonElement? Preparation { get; init; }

    /// <summary>Gets the inputs of the contract that an embedding makes columns of.</summary>
    public IReadOnlyList<string> Inputs { get; init; } = [];

    /// <summary>Gets the SHA-256 of the rows that a purification has seen, lower-case hexadecimal.</summary>
    public string? RowsSha256 { get; init; }

    /// <summary>Gets the steps of a chain.</summary>
    public IReadOnlyList<SavedStep> Steps { get; init; } = [];
}
