using Faithful.Models;
using Faithful.Pipelines;

namespace Faithful.Cli.Composition;

/// <summary>What a command asks for that trains trees.</summary>
internal sealed record TreeTrainingRequest : LabelledSource
{
    /// <summary>Gets the preset.</summary>
    public required string Preset { get; init; }

    /// <summary>Gets the options of the trees, by what the labels turn out to be: texts make classes, numbers a regression.</summary>
    public required Func<TaskKind, CrystalTreesOptions> Trees { get; init; }

    /// <summary>Gets the run folder.</summary>
    public required string Out { get; init; }
}
