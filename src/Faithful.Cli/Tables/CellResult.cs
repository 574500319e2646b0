using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Faithful.Cli.Evaluation;
using Faithful.Models;

namespace Faithful.Cli.Tables;

/// <summary>What was measured for one cell: the content of its <c>result.json</c>, which is the last file of a cell to be written.</summary>
internal sealed record CellResult
{
    /// <summary>The name of the file.</summary>
    public const string FileName = "result.json";

    /// <summary>The format version that this program writes and reads.</summary>
    public const int CurrentFormatVersion = 1;

    private const int Digits = 6; // after the point, as 'evaluate' writes

    private static readonly JsonSerializerOptions SerializerOptions = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        RespectRequiredConstructorParameters = true,
        RespectNullableAnnotations = true,
    };

    /// <summary>Gets the format version.</summary>
    public int FormatVersion { get; init; } = CurrentFormatVersion;

    /// <summary>Gets the name of the split.</summary>
    public required string Split { get; init; }

    /// <summary>Gets the SHA-256 of the parts of the split.</summary>
    public required string SplitSha256 { get; init; }

    /// <summary>Gets the name of the task.</summary>
    public required string Task { get; init; }

    /// <summary>Gets the name of the model.</summary>
    public required string Model { get; init; }

    /// <summary>Gets the preset; null for what is not trained.</summary>
    public string? Preset { get; init; }

    /// <summary>Gets the name of the data source, without folders.</summary>
    public required string Data { get; init; }

    /// <summary>Gets the SHA-256 of the data source.</summary>
    public required string DataSha256 { get; init; }

    /// <summary>Gets the number of held-back crystals with a label.</summary>
    [JsonPropertyName("n")]
    public required int Count { get; init; }

    /// <summary>Gets how many of them could not be predicted; they count in every metric.</summary>
    [JsonPropertyName("fallback")]
    public required int Fallbacks { get; init; }

    /// <summary>Gets the unit of a regression; null for a classification.</summary>
    public string? Unit { get; init; }

    /// <summary>Gets the metrics by name, see <see cref="Measurement.Metrics"/>.</summary>
    public required IReadOnlyDictionary<string, double> Metrics { get; init; }

    /// <summary>Gets the 95 % bootstrap interval of some of the metrics.</summary>
    [JsonPropertyName("interval")]
    public required IReadOnlyDictionary<string, double[]> Intervals { get; init; }

    /// <summary>Gets the metric of the validation part, by which members of an ensemble are chosen; null for what has none.</summary>
    public double? Validation { get; init; }

    /// <summary>Gets the SHA-256 of the card of the model or ensemble, or of those of the members of a plain mean; null for what is no model.</summary>
    public string? CardSha256 { get; init; }

    /// <summary>Gets the SHA-256 of the ONNX file of a single model.</summary>
    public string? ModelSha256 { get; init; }

    /// <summary>Gets the members of an ensemble; empty for others.</summary>
    public IReadOnlyList<string> Members { get; init; } = [];

    /// <summary>Gets whether the cell is the plain mean of single models of these tables.</summary>
    public bool IsPlainMean { get; init; }

    /// <summary>Gets what the reader of the number should know.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>Gets the command lines that give the number, without folders of this machine.</summary>
    public required IReadOnlyList<string> Commands { get; init; }

    /// <summary>Gets the name of the metric that the tables show.</summary>
    [JsonIgnore]
    public string Metric => Unit is null ? "accuracy" : "mae";

    /// <summary>Gets the number that the tables show.</summary>
    [JsonIgnore]
    public double Value => Metrics[Metric];

    /// <summary>Gets the metrics and intervals.</summary>
    [JsonIgnore]
    public Measurement Quality => new(Metrics, Intervals.ToDictionary(pair => pair.Key, pair => (pair.Value[0], pair.Value[1])));

    /// <summary>Takes the metrics of a measurement, those that are numbers.</summary>
    /// <param name="quality">The measurement.</param>
    /// <returns>The rounded metrics.</returns>
    public static IReadOnlyDictionary<string, double> MetricsOf(Measurement quality) => quality.Metrics
        .Where(pair => double.IsFinite(pair.Value)).ToDictionary(pair => pair.Key, pair => Math.Round(pair.Value, Digits));

    /// <summary>Takes the intervals of a measurement.</summary>
    /// <param name="quality">The measurement.</param>
    /// <returns>The rounded bounds.</returns>
    public static IReadOnlyDictionary<string, double[]> IntervalsOf(Measurement quality) => quality.Intervals
        .ToDictionary(pair => pair.Key, pair => (double[])[Math.Round(pair.Value.Low, Digits), Math.Round(pair.Value.High, Digits)]);

    /// <summary>Reads the result of a cell.</summary>
    /// <param name="folder">The folder of the cell.</param>
    /// <returns>The result; null when the cell has none.</returns>
    /// <exception cref="InvalidDataException">The file is no result of this format version.</exception>
    public static CellResult? TryRead(string folder)
    {
        string path = Path.Combine(folder, FileName);
        if (!File.Exists(path))
        {
            return null;
        }

        try
        {
            CellResult result = JsonSerializer.Deserialize<CellResult>(File.ReadAllText(path), SerializerOptions)
                ?? throw new InvalidDataException($"{path}: expected the result of a cell, found null");
            return result.FormatVersion == CurrentFormatVersion
                ? result
                : throw new InvalidDataException($"{path}: expected format version {CurrentFormatVersion}, found {result.FormatVersion}");
        }
        catch (JsonException error)
        {
            throw new InvalidDataException($"{path}({error.LineNumber + 1}): expected the result of a cell in JSON, found: {error.Message}", error);
        }
    }

    /// <summary>Writes the result.</summary>
    /// <param name="folder">The folder of the cell.</param>
    public void Write(string folder) => AtomicFile.WriteText(Path.Combine(folder, FileName), JsonSerializer.Serialize(this, SerializerOptions) + "\n");

    /// <summary>Writes the result into a document.</summary>
    /// <param name="json">The document.</param>
    public void Write(Utf8JsonWriter json) => JsonSerializer.Serialize(json, this, SerializerOptions);
}
