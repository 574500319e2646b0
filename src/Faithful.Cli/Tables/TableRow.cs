using Faithful.Datasets;
using Faithful.Models.Ensembles;
using Faithful.Models.Trees;
using Faithful.Networks;
using Faithful.Pipelines;

namespace Faithful.Cli.Tables;

/// <summary>A way to predict: one row of the tables.</summary>
/// <param name="Model">Its name, by which cells are chosen.</param>
/// <param name="Preset">The preset of a model that is trained; null for what is not trained.</param>
/// <param name="Title">What the tables call it.</param>
internal sealed record TableRow(string Model, string? Preset, string Title)
{
    /// <summary>The majority class, or the median, of the training part.</summary>
    public const string Baseline = "baseline";

    /// <summary>The most common class, or the median, of the training crystals with the same space group.</summary>
    public const string LookUp = "lookup";

    /// <summary>The symmetry finder of the program, which computes and learns nothing.</summary>
    public const string Symmetry = "symmetry";

    /// <summary>The preset by which ensembles are made.</summary>
    public const string Best = "best";

    private const string Claussen = "claussen";

    /// <summary>Gets the rows in the order of the paper.</summary>
    public static IReadOnlyList<TableRow> All { get; } =
    [
        new(Baseline, null, "baseline (majority, median)"),
        new(LookUp, null, "look-up by space group"),
        new(Symmetry, null, "exact symmetry (spglib)"),
        new(TreeModel.Name, Claussen, "GBT, claussen"),
        new(TreeModel.Name, Best, "GBT, best"),
        .. new[] { "nnn", "cgnn", "ccnn", "cann" }.SelectMany(model => NetworkPresets.Presets.Reverse().Select(preset =>
            new TableRow(model, preset, $"{model.ToUpperInvariant()}, {preset}"))),
        new(EnsembleCard.ModelName, null, "ensemble"),
    ];

    /// <summary>Gets the names of the models.</summary>
    public static IReadOnlyList<string> Models { get; } = [.. All.Select(row => row.Model).Distinct()];

    /// <summary>Gets the names of the presets.</summary>
    public static IReadOnlyList<string> Presets { get; } = [.. NetworkPresets.Presets.Union(TreePresets.Presets)];

    /// <summary>Says why a task cannot have a number in this row.</summary>
    /// <param name="task">The task.</param>
    /// <returns>The reason; null when it can.</returns>
    public string? Obstacle(LearningTask task) => (Model, Preset) switch
    {
        (LookUp, _) when !task.UsesSymmetry => "the space group would give the answer away",
        (Symmetry, _) when task.UsesSymmetry => "it finds nothing but symmetry",
        (TreeModel.Name, Claussen) when !task.UsesSymmetry => "its descriptors would give the answer away",
        _ => null,
    };
}
