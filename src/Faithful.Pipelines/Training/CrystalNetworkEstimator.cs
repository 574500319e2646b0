using System.Globalization;
using Faithful.Models;
using Faithful.Networks;
using Faithful.Networks.Training;
using Faithful.Onnx;
using Microsoft.ML;
using TorchSharp;

namespace Faithful.Pipelines;

/// <summary>
/// Trains one of the project's networks with TorchSharp, writes its best epoch as an ONNX model, and gives the transformer that
/// serves it. See <see cref="CrystalScoringTransformer"/> for the columns.
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
/// | Required NuGet in addition to Microsoft.ML | Faithful.Pipelines, TorchSharp with libtorch |
/// | Exportable to ONNX | Yes: the model is an ONNX file |
/// ]]></format>
/// </remarks>
public sealed class CrystalNetworkEstimator : IEstimator<CrystalScoringTransformer>
{
    private readonly TaskKind _kind;
    private readonly CrystalNetworkOptions _network;
    private readonly CrystalTrainingOptions _options;

    internal CrystalNetworkEstimator(TaskKind kind, CrystalNetworkOptions? network, CrystalTrainingOptions? options)
    {
        _kind = kind;
        _network = network ?? new CrystalNetworkOptions();
        _options = options ?? new CrystalTrainingOptions();
        RowOptions.Check(_network.Validate(), nameof(network));
        RowOptions.Check(_options.Validate(), nameof(options));
    }

    /// <summary>Trains; a share of the rows chooses the epoch.</summary>
    /// <param name="input">The data.</param>
    /// <returns>The transformer, which owns a temporary model folder; dispose it.</returns>
    /// <exception cref="ArgumentException">A column is missing or of another type, or an option does not fit the task.</exception>
    /// <exception cref="Faithful.Datasets.LabelException">There are too few labels, or too few classes.</exception>
    /// <exception cref="BatchBudgetException">A crystal alone is more than a batch may hold.</exception>
    /// <exception cref="NonFiniteLossException">The loss or the gradient of a batch became infinite or NaN.</exception>
    public CrystalScoringTransformer Fit(IDataView input) => Fit(input, null);

    /// <summary>Trains; other data choose the epoch.</summary>
    /// <param name="trainData">The data to learn from.</param>
    /// <param name="validationData">The data that choose, with the same classes; null to take a share of the others.</param>
    /// <returns>The transformer, which owns a temporary model folder; dispose it.</returns>
    /// <exception cref="ArgumentException">A column is missing or of another type, or an option does not fit the task.</exception>
    /// <exception cref="Faithful.Datasets.LabelException">There are too few labels, too few classes, or other classes in the second data.</exception>
    /// <exception cref="BatchBudgetException">A crystal alone is more than a batch may hold.</exception>
    /// <exception cref="NonFiniteLossException">The loss or the gradient of a batch became infinite or NaN.</exception>
    public CrystalScoringTransformer Fit(IDataView trainData, IDataView? validationData)
    {
        NetworkOptions network = _network.Network ?? NetworkPresets.Find(_network.Model, _network.Preset, _options.TaskName);
        TrainingOptions training = _network.Training ?? NetworkPresets.Training(_network.Model, _network.Preset, _options.TaskName);
        torch.Device device = CrystalNetworkOptions.FindDevice(_network.Device);
        CrystalTrainingData data = CrystalTrainingData.Read(
            _kind, _options, network.Preparation(_options.MayUseSymmetry), trainData, validationData);
        RunDescription description = Describe(data, network, training);
        Network built = description.BuildNetwork();
        string path = Directory.CreateTempSubdirectory("faithful-run-").FullName;
        string folder = Directory.CreateTempSubdirectory($"faithful-{_network.Model}-").FullName;
        try
        {
            RunFolder run = RunFolder.Create(path, description);
            using ResidentDataset rows = data.Resident(data.Training, device), choosing = data.Resident(data.Validation, device);
            Trainer.Run(built, rows, choosing, training, run, new Lines(_options.Log));
            NetworkExporter.Export(built, run.ReadBest(built), RunCard.Create(run), folder);
        }
        catch
        {
            Directory.Delete(folder, recursive: true);
            throw;
        }
        finally
        {
            Directory.Delete(path, recursive: true);
        }

        return CrystalScoringTransformer.TakeOwnership(folder, _options.Scoring);
    }

    /// <inheritdoc/>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema) => CrystalTrainerShape.Of(inputSchema, _kind, _options);

    private RunDescription Describe(CrystalTrainingData data, NetworkOptions network, TrainingOptions training)
    {
        return new RunDescription
        {
            Model = _network.Model,
            Preset = _network.Preset,
            Task = data.Task,
            Network = network,
            Preparation = network.Preparation(data.Task.UsesSymmetry),
            Training = training,
            Fallback = data.Fallback,
            Data = data.Summarize(training.Seed),
        }.ScaledTo(data.Targets);
    }

    private sealed class Lines(IProgress<string>? log) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value)
        {
            if (value.Finished is EpochMeasurement epoch)
            {
                log?.Report(string.Create(
                    CultureInfo.InvariantCulture,
                    $"epoch {epoch.Epoch}/{value.Epochs}: loss {epoch.TrainingLoss:0.0000}, validation {epoch.ValidationMetric:0.0000}"));
            }
        }
    }
}
