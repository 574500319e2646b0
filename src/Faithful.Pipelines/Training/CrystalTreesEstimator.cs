using Faithful.Crystals.Descriptors;
using Faithful.Models;
using Faithful.Models.Trees;
using Faithful.Onnx;
using Microsoft.ML;

namespace Faithful.Pipelines;

/// <summary>
/// Trains gradient-boosted trees on the descriptors of crystals with ML.NET's FastTree, writes them as an ONNX model, and gives the
/// transformer that serves it. See <see cref="CrystalScoringTransformer"/> for the columns.
/// </summary>
/// <remarks>
/// <format type="text/markdown"><![CDATA[
/// ###  Estimator Characteristics
/// |  |  |
/// | -- | -- |
/// | Machine learning task | Multiclass classification, regression |
/// | Is normalization required? | No |
/// | Is caching required? | No |
/// | Does this estimator need to look at the data to train its parameters? | Yes |
/// | Input column data type | Text (structures); label: key (classification) or Single (regression) |
/// | Output column data type | Key and vector of Single (classification) or Single (regression), and the columns of CrystalPrediction |
/// | Required NuGet in addition to Microsoft.ML | Faithful.Pipelines, Microsoft.ML.FastTree |
/// | Exportable to ONNX | Yes: the model is an ONNX file |
/// ]]></format>
/// </remarks>
public sealed class CrystalTreesEstimator : IEstimator<CrystalScoringTransformer>
{
    private readonly TaskKind _kind;
    private readonly CrystalTreesOptions _trees;
    private readonly CrystalTrainingOptions _options;

    internal CrystalTreesEstimator(TaskKind kind, CrystalTreesOptions? trees, CrystalTrainingOptions? options)
    {
        _kind = kind;
        _options = options ?? new CrystalTrainingOptions();
        RowOptions.Check(_options.Validate(), nameof(options));
        _trees = trees ?? TreePresets.Find("best", _options.TaskName, _options.MayUseSymmetry, kind);
        RowOptions.Check(_trees.Validate(), nameof(trees));
    }

    /// <summary>Trains; a share of the rows chooses how many trees are kept.</summary>
    /// <param name="input">The data.</param>
    /// <returns>The transformer, which owns a temporary model folder; dispose it.</returns>
    /// <exception cref="ArgumentException">A column is missing or of another type, or the task must not be given the descriptors.</exception>
    /// <exception cref="Faithful.Datasets.LabelException">There are too few labels, or too few classes.</exception>
    public CrystalScoringTransformer Fit(IDataView input) => Fit(input, null);

    /// <summary>Trains; other data choose how many trees are kept.</summary>
    /// <param name="trainData">The data to learn from.</param>
    /// <param name="validationData">The data that choose, with the same classes; null to take a share of the others.</param>
    /// <returns>The transformer, which owns a temporary model folder; dispose it.</returns>
    /// <exception cref="ArgumentException">A column is missing or of another type, or the task must not be given the descriptors.</exception>
    /// <exception cref="Faithful.Datasets.LabelException">There are too few labels, too few classes, or other classes in the second data.</exception>
    public CrystalScoringTransformer Fit(IDataView trainData, IDataView? validationData)
    {
        var descriptors = DescriptorSet.Find(_trees.Descriptors);
        PreparationOptions preparation = PreparationOptions.OfDescriptors(descriptors);
        CrystalTrainingData data = CrystalTrainingData.Read(_kind, _options, preparation, trainData, validationData);
        var description = new TreeRunDescription
        {
            Model = TreeModel.Name,
            Preset = descriptors.Name,
            Task = data.Task,
            Trees = _trees,
            Preparation = preparation,
            Data = data.Summarize(_trees.Seed),
            Fallback = data.Fallback,
        };
        TreeTrainingResult result = TreeTraining.Run(
            data.Described(descriptors, data.Training), data.Described(descriptors, data.Validation), data.Task, _trees, new Lines(_options.Log));
        string folder = Directory.CreateTempSubdirectory("faithful-gbt-").FullName;
        try
        {
            TreeExporter.Export(result.Model, TreeCard.Create(description, result.Model, result.Best, result.Trees, result.Calibration), folder);
        }
        catch
        {
            Directory.Delete(folder, recursive: true);
            throw;
        }

        return CrystalScoringTransformer.TakeOwnership(folder, _options.Scoring);
    }

    /// <inheritdoc/>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema) => CrystalTrainerShape.Of(inputSchema, _kind, _options);

    private sealed class Lines(IProgress<string>? log) : IProgress<TreeTrainingProgress>
    {
        public void Report(TreeTrainingProgress value) => log?.Report(value switch
        {
            { Class: string name } => $"growing trees: {name}, class {value.Grown + 1} of {value.Ensembles}",
            { Grown: 0 } => "growing trees",
            _ => "choosing the number of trees",
        });
    }
}
