using Faithful.Datasets;
using Faithful.Networks.Operations;
using Faithful.Serving;

namespace Faithful.Cli.Tables;

/// <summary>What the command <c>tables</c> asks for.</summary>
internal sealed record TablesRequest
{
    /// <summary>Gets the data source.</summary>
    public required string Data { get; init; }

    /// <summary>Gets the folder of the tables and of their cells.</summary>
    public required string Out { get; init; }

    /// <summary>Gets the split file; null for a split that is made.</summary>
    public string? Split { get; init; }

    /// <summary>Gets the names of the splits to measure on; empty for that of the file, or by formula and space group.</summary>
    public IReadOnlyList<string> Splits { get; init; } = [];

    /// <summary>Gets the names of the tasks.</summary>
    public required IReadOnlyList<string> Tasks { get; init; }

    /// <summary>Gets the names of the models.</summary>
    public required IReadOnlyList<string> Models { get; init; }

    /// <summary>Gets the names of the presets.</summary>
    public required IReadOnlyList<string> Presets { get; init; }

    /// <summary>Gets the folders of models and ensembles that were made before.</summary>
    public IReadOnlyList<string> ModelFolders { get; init; } = [];

    /// <summary>Gets how far to go.</summary>
    public TablesStage Stage { get; init; }

    /// <summary>Gets the device of trainings: <c>auto</c>, <c>cpu</c> or <c>cuda</c>.</summary>
    public required string Device { get; init; }

    /// <summary>Gets the device of measurements.</summary>
    public required ServingDevice ServingDevice { get; init; }

    /// <summary>Gets the epochs of networks; null for those of the preset, or of a run that is gone on with.</summary>
    public int? Epochs { get; init; }

    /// <summary>Gets the seed of trainings; null for 0, or that of a run that is gone on with.</summary>
    public int? Seed { get; init; }

    /// <summary>Gets the precision of networks; null for that of the preset, or of a run that is gone on with.</summary>
    public ComputePrecision? Precision { get; init; }

    /// <summary>Gets the file of labels that the user named, or null.</summary>
    public string? Labels { get; init; }

    /// <summary>Gets the tasks that have a name.</summary>
    public required LearningTaskTable TaskTable { get; init; }

    /// <summary>Gets whether prepared crystals are taken from the cache and kept there.</summary>
    public required bool UsesCache { get; init; }

    /// <summary>Gets the rows that were asked for.</summary>
    public IEnumerable<TableRow> Rows => TableRow.All.Where(row => Models.Contains(row.Model) && (row.Preset is null || Presets.Contains(row.Preset)));
}
