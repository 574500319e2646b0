using System.Globalization;
using System.Text;
using System.Text.Json;
using Faithful.Models;
using Faithful.Models.Trees;
using Faithful.Networks.Training;

namespace Faithful.Pipelines;

/// <summary>
/// The folder of one training run of trees: <c>options.json</c>, <c>metrics.jsonl</c> (a line a number of trees), the same as a
/// table in <c>metrics.csv</c>, <c>calibration.json</c>, and <c>trees.json</c>, the trees that are kept. Every file is replaced as a whole.
/// </summary>
public sealed class TreeRunFolder
{
    private const string OptionsName = "options.json";
    private const string MetricsName = "metrics.jsonl";
    private const string TreesName = "trees.json";

    private TreeRunFolder(string path) => FolderPath = path;

    /// <summary>Gets the folder.</summary>
    public string FolderPath { get; }

    /// <summary>Tells whether a folder holds a run of trees.</summary>
    /// <param name="path">The folder.</param>
    /// <returns>True when its <c>options.json</c> names the model <c>gbt</c>.</returns>
    public static bool IsOne(string path)
    {
        string options = Path.Combine(path, OptionsName);
        if (!File.Exists(options))
        {
            return false;
        }

        try
        {
            using var document = JsonDocument.Parse(File.ReadAllText(options));
            return document.RootElement is { ValueKind: JsonValueKind.Object } root
                && root.TryGetProperty("model", out JsonElement model) && model.ValueKind == JsonValueKind.String && model.GetString() == TreeModel.Name;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    /// <summary>Writes the folder of a finished run.</summary>
    /// <param name="path">The folder; it must not hold a run yet.</param>
    /// <param name="description">What was trained.</param>
    /// <param name="result">What came of it.</param>
    /// <returns>The folder.</returns>
    /// <exception cref="RunFolderException">The folder holds a run already: nothing is overwritten.</exception>
    /// <exception cref="IOException">The folder cannot be written.</exception>
    public static TreeRunFolder Write(string path, TreeRunDescription description, TreeTrainingResult result)
    {
        ArgumentNullException.ThrowIfNull(description);
        ArgumentNullException.ThrowIfNull(result);
        RunFolder.RequireNone(path);
        TreeModelFile.Write(Path.Combine(path, TreesName), result.Model);
        AtomicFile.WriteText(Path.Combine(path, "metrics.csv"), Table(result.Measurements));
        AtomicFile.WriteText(
            Path.Combine(path, MetricsName), string.Concat(result.Measurements.Select(measurement => JsonSerializer.Serialize(measurement, RunJson.OneLine) + "\n")));

        if (result.Calibration is ModelCalibration calibration)
        {
            new RunCalibration(result.Best.Trees, calibration).Write(path);
        }

        // Last of all: a folder with this file is a complete run.
        AtomicFile.WriteText(Path.Combine(path, OptionsName), JsonSerializer.Serialize(description, RunJson.Indented) + "\n");
        return new TreeRunFolder(path);
    }

    /// <summary>Opens the folder of a run.</summary>
    /// <param name="path">The folder.</param>
    /// <returns>The folder.</returns>
    /// <exception cref="RunFolderException">The folder holds no run of trees.</exception>
    public static TreeRunFolder Open(string path) => IsOne(path)
        ? new TreeRunFolder(path)
        : throw new RunFolderException(path, $"the run folder of a model {TreeModel.Name}", Directory.Exists(path) ? "another one, or none" : "no such folder");

    /// <summary>Reads what the run trained.</summary>
    /// <returns>The description.</returns>
    /// <exception cref="RunFolderException"><c>options.json</c> is not the description of a run of trees.</exception>
    public TreeRunDescription ReadDescription() => Parse<TreeRunDescription>(File.ReadAllText(Path.Combine(FolderPath, OptionsName)), OptionsName);

    /// <summary>Reads the measurements.</summary>
    /// <returns>One entry a number of trees.</returns>
    /// <exception cref="RunFolderException">There are none, or a line is not a measurement.</exception>
    public IReadOnlyList<TreeMeasurement> ReadMeasurements()
    {
        string path = Path.Combine(FolderPath, MetricsName);
        TreeMeasurement[] measurements = File.Exists(path)
            ? [.. File.ReadLines(path).Select((line, index) => Parse<TreeMeasurement>(line, $"{MetricsName}({index + 1})"))]
            : [];
        return measurements.Any(measurement => measurement.IsBest)
            ? measurements
            : throw new RunFolderException(path, "measurements with a best one", $"{measurements.Length} without");
    }

    /// <summary>Reads the trees.</summary>
    /// <returns>The model.</returns>
    /// <exception cref="RunFolderException">The file is missing or damaged, or of other descriptors than this program has.</exception>
    public TreeModel ReadModel() => TreeModelFile.Read(Path.Combine(FolderPath, TreesName));

    /// <summary>Makes the model card of the run.</summary>
    /// <returns>The card, without the hash of the ONNX file.</returns>
    /// <exception cref="RunFolderException">A file of the run is damaged.</exception>
    public ModelCard Card()
    {
        IReadOnlyList<TreeMeasurement> measurements = ReadMeasurements();
        TreeMeasurement best = measurements.Last(measurement => measurement.IsBest);
        return TreeCard.Create(ReadDescription(), ReadModel(), best, measurements[^1].Trees, RunCalibration.Read(FolderPath, best.Trees));
    }

    private static string Table(IEnumerable<TreeMeasurement> measurements)
    {
        var text = new StringBuilder("trees,validation_loss,validation_metric,validation_macro_f1,is_best\n");
        foreach (TreeMeasurement m in measurements)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"{m.Trees},{m.ValidationLoss},{m.ValidationMetric},{m.ValidationMacroF1},{(m.IsBest ? 1 : 0)}");
        }

        return text.ToString().ReplaceLineEndings("\n");
    }

    private T Parse<T>(string json, string file)
    {
        string origin = Path.Combine(FolderPath, file);
        try
        {
            return JsonSerializer.Deserialize<T>(json, RunJson.OneLine) ?? throw new RunFolderException(origin, "an object in JSON", "null");
        }
        catch (JsonException error)
        {
            throw new RunFolderException(origin, "JSON as a training of trees writes it", error.Message);
        }
    }
}
