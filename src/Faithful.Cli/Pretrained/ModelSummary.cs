using Faithful.Cli.Evaluation;
using Faithful.Models;
using Faithful.Models.Ensembles;

namespace Faithful.Cli.Pretrained;

/// <summary>What the card of a model or of an ensemble says, without opening the model.</summary>
internal sealed record ModelSummary
{
    private static readonly string[] PartsByWorth = ["test", "validation"];

    /// <summary>Gets the name of the folder.</summary>
    public required string Name { get; init; }

    /// <summary>Gets the model: that of a network, <c>gbt</c>, or <c>ensemble</c>.</summary>
    public required string Model { get; init; }

    /// <summary>Gets the task.</summary>
    public required ModelTask Task { get; init; }

    /// <summary>Gets the folders of the members of an ensemble; empty for a model.</summary>
    public IReadOnlyList<string> Members { get; init; } = [];

    /// <summary>Gets the weight of each member; empty for a model.</summary>
    public IReadOnlyList<double> Weights { get; init; } = [];

    /// <summary>Gets the number of trained parameters; 0 for an ensemble.</summary>
    public long Parameters { get; init; }

    /// <summary>Gets the size of the ONNX file in bytes; of an ensemble, of those of all members.</summary>
    public required long Bytes { get; init; }

    /// <summary>Gets whether crystals expanded to their atomic limit were learned; of an ensemble, by all members.</summary>
    public required bool KnowsAtomicLimit { get; init; }

    /// <summary>Gets what was measured: part, metric, value.</summary>
    public required IReadOnlyDictionary<string, IReadOnlyDictionary<string, double>> Metrics { get; init; }

    /// <summary>Gets the part that says most about new crystals of those that were measured; null when none was.</summary>
    public string? Part => PartsByWorth.FirstOrDefault(Metrics.ContainsKey);

    /// <summary>Gets the name of the metric that counts for the task.</summary>
    public string Metric => Task.Kind == TaskKind.Classification ? "accuracy" : "mae";

    /// <summary>Reads the card of a folder.</summary>
    /// <param name="folder">The folder of a model or of an ensemble.</param>
    /// <returns>The summary.</returns>
    /// <exception cref="ModelFolderException">The folder, or a member's, is neither.</exception>
    public static ModelSummary Read(string folder)
    {
        string name = Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)));
        if (!EnsembleCard.IsIn(folder))
        {
            ModelCard card = ModelCard.Read(folder);
            return new ModelSummary
            {
                Name = name,
                Model = card.Model,
                Task = card.Task,
                Parameters = card.Parameters,
                Bytes = SizeOf(folder),
                KnowsAtomicLimit = card.Training.AtomicLimit is not null,
                Metrics = card.Metrics,
            };
        }

        (EnsembleCard ensemble, IReadOnlyList<(string Folder, ModelCard Card)> members) = Serving.EnsembleFolder.Read(folder);
        return new ModelSummary
        {
            Name = name,
            Model = EnsembleCard.ModelName,
            Task = ensemble.Task,
            Members = [.. members.Select(member => Path.GetFileName(member.Folder))],
            Weights = ensemble.Weights,
            Bytes = members.Sum(member => SizeOf(member.Folder)),
            KnowsAtomicLimit = members.All(member => member.Card.Training.AtomicLimit is not null),
            Metrics = ensemble.Metrics,
        };
    }

    /// <summary>Gets a measured value.</summary>
    /// <param name="metric">The metric, for example <c>macro_f1</c>, or <see cref="RecordedQuality.Crystals"/>.</param>
    /// <returns>The value of <see cref="Part"/>; null when it was not measured.</returns>
    public double? Measured(string metric) => Part is string part && Metrics[part].TryGetValue(metric, out double value) ? value : null;

    private static long SizeOf(string folder)
    {
        var file = new FileInfo(Path.Combine(folder, ModelCard.ModelFileName));
        return file.Exists ? file.Length : throw new ModelFolderException(folder, $"a model folder with {ModelCard.ModelFileName}", $"no {ModelCard.ModelFileName}");
    }
}
