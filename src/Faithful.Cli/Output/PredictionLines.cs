using System.Globalization;
using System.Text;
using System.Text.Json;
using Faithful.Crystals.Formats;
using Faithful.Models;
using Faithful.Serving;

namespace Faithful.Cli.Output;

/// <summary>
/// Predictions as lines of text that can be cut off after any crystal and gone on with: CSV, a row a crystal, or JSON lines, one for each crystal
/// and model. In CSV the columns are <c>id</c>, <c>formula</c>, and for each model, with the name of its folder in front,
/// <c>.class</c>, <c>.confidence</c> and <c>:CLASS</c>, the probability, for every class, as <c>train</c> takes soft labels; or <c>.value</c> and
/// <c>.half_width</c>; then <c>.disagreement</c> of ensembles, <c>.fallback</c> (true or false) and <c>.warnings</c> (separated by "; "). What does not
/// exist is an empty cell.
/// </summary>
internal sealed class PredictionLines
{
    private readonly IReadOnlyList<CrystalPredictor> _predictors;
    private readonly bool _isCsv;

    /// <summary>Initialises the form.</summary>
    /// <param name="predictors">The models.</param>
    /// <param name="format">CSV or JSON lines.</param>
    public PredictionLines(IReadOnlyList<CrystalPredictor> predictors, PredictionFormat format)
    {
        _predictors = predictors;
        _isCsv = format == PredictionFormat.Csv;
        Header = _isCsv ? HeaderOf(predictors) : null;
    }

    /// <summary>Gets the first line, which names the columns; null for JSON lines.</summary>
    public string? Header { get; }

    /// <summary>Gets the number of lines of a crystal.</summary>
    public int LinesOfCrystal => _isCsv ? 1 : _predictors.Count;

    /// <summary>Names the models by their folders; a name that occurs again gets a number.</summary>
    /// <param name="predictors">The models.</param>
    /// <returns>A name each.</returns>
    public static string[] Names(IReadOnlyList<CrystalPredictor> predictors)
    {
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        return [.. predictors.Select(predictor =>
        {
            string name = Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(predictor.Folder)));
            int count = counts[name] = counts.GetValueOrDefault(name) + 1;
            return count == 1 ? name : string.Create(CultureInfo.InvariantCulture, $"{name}#{count}");
        })];
    }

    /// <summary>Reads the identifier of a line.</summary>
    /// <param name="line">A line that was written before.</param>
    /// <returns>The identifier of its crystal; null when the line is no such line.</returns>
    public string? IdOf(string line)
    {
        if (_isCsv)
        {
            return CsvText.FirstCell(line);
        }

        try
        {
            using JsonDocument document = JsonDocument.Parse(line);
            return document.RootElement.ValueKind == JsonValueKind.Object && document.RootElement.TryGetProperty("id", out JsonElement id) ? id.GetString() : null;
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>Says whether a line is one of a model.</summary>
    /// <param name="line">A line that was written before, not that of the columns.</param>
    /// <param name="predictor">The number of the model.</param>
    /// <returns>Whether a JSON line names its task and model; true for CSV, whose columns were compared.</returns>
    public bool IsOf(string line, int predictor)
    {
        if (_isCsv)
        {
            return true;
        }

        using JsonDocument document = JsonDocument.Parse(line);
        return document.RootElement.TryGetProperty("task", out JsonElement task) && task.ValueEquals(_predictors[predictor].Task.Name)
            && document.RootElement.TryGetProperty("model", out JsonElement model) && model.ValueEquals(_predictors[predictor].Model);
    }

    /// <summary>Writes the lines of a crystal.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="record">The crystal.</param>
    /// <param name="predictions">The prediction of each model.</param>
    public void Write(TextWriter writer, CrystalRecord record, IReadOnlyList<Prediction> predictions)
    {
        if (_isCsv)
        {
            writer.Write(Row(record, predictions));
            return;
        }

        for (int i = 0; i < predictions.Count; i++)
        {
            using var buffer = new MemoryStream();
            using (var json = new Utf8JsonWriter(buffer, CommandContext.JsonOptions))
            {
                PredictionJson.Write(json, predictions[i], _predictors[i].Task);
            }

            writer.Write(Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length));
            writer.Write('\n');
        }
    }

    private static string HeaderOf(IReadOnlyList<CrystalPredictor> predictors)
    {
        List<string> columns = ["id", "formula"];
        foreach ((string name, CrystalPredictor predictor) in Names(predictors).Zip(predictors))
        {
            string[] own = predictor.Task.Kind == TaskKind.Classification
                ? [".class", ".confidence", .. predictor.Task.Classes.Select(c => $":{c}")]
                : [".value", ".half_width"];
            string[] ofEnsemble = predictor.Ensemble is null ? [] : [".disagreement"];
            columns.AddRange(((string[])[.. own, .. ofEnsemble, ".fallback", ".warnings"]).Select(column => name + column));
        }

        return string.Join(',', columns.Select(CsvText.Quote));
    }

    private string Row(CrystalRecord record, IReadOnlyList<Prediction> predictions)
    {
        var row = new StringBuilder(CsvText.Quote(FaultReport.OneLine(record.Id))).Append(',').Append(CsvText.Quote(record.Crystal.ReducedFormula));
        for (int i = 0; i < predictions.Count; i++)
        {
            Prediction prediction = predictions[i];
            if (_predictors[i].Task.Kind == TaskKind.Classification)
            {
                row.Append(',').Append(CsvText.Quote(prediction.Class!));
                Number(row, prediction.Confidence);
                foreach (double probability in prediction.Probabilities)
                {
                    Number(row, probability);
                }
            }
            else
            {
                Number(row, prediction.Value);
                Number(row, prediction.HalfWidth);
            }

            if (_predictors[i].Ensemble is not null)
            {
                Number(row, prediction.Disagreement);
            }

            row.Append(',').Append(prediction.IsFallback ? "true" : "false");
            row.Append(',').Append(CsvText.Quote(FaultReport.OneLine(string.Join("; ", prediction.Warnings))));
        }

        return row.Append('\n').ToString();

        // Computed in float32: further digits would be noise.
        static void Number(StringBuilder row, double? number) => row.Append(CultureInfo.InvariantCulture, $",{(float?)number}");
    }
}
