using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Faithful.Models.Ensembles;

/// <summary>
/// Models of one task that answer as one: stored as <c>ensemble.json</c> in a folder of its own, which can be used wherever a model folder
/// can. It holds no model, only their folders and the numbers that join their answers.
/// </summary>
public sealed record EnsembleCard
{
    /// <summary>The format version that this program writes and reads.</summary>
    public const int CurrentFormatVersion = 1;

    /// <summary>The name of the file within the folder of an ensemble.</summary>
    public const string FileName = "ensemble.json";

    /// <summary>The name of an ensemble among the models.</summary>
    public const string ModelName = "ensemble";

    private const double SumTolerance = 1e-6;

    private static readonly JsonSerializerOptions SerializerOptions = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        WriteIndented = true,
        NewLine = "\n",
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
        RespectRequiredConstructorParameters = true,
        RespectNullableAnnotations = true,
    };

    /// <summary>Gets the format version.</summary>
    public int FormatVersion { get; init; } = CurrentFormatVersion;

    /// <summary>Gets the task; members may list its classes in another order.</summary>
    public required ModelTask Task { get; init; }

    /// <summary>Gets the members, at least one.</summary>
    public required IReadOnlyList<EnsembleMember> Members { get; init; }

    /// <summary>Gets how their answers are joined.</summary>
    public required EnsembleMethod Method { get; init; }

    /// <summary>
    /// Gets the weight of each member. Of a mean they are equal; those of a weighted ensemble are not negative and sum to 1; those of a
    /// stacked one are factors of ln p, or of the value.
    /// </summary>
    public required IReadOnlyList<double> Weights { get; init; }

    /// <summary>
    /// Gets what a stacked ensemble adds: a number for each class to the sum of logarithms (or none), or one in the task's unit to the value;
    /// empty for the other methods.
    /// </summary>
    public IReadOnlyList<double> Biases { get; init; } = [];

    /// <summary>Gets what weights and biases were fitted on.</summary>
    public required EnsembleFit Fit { get; init; }

    /// <summary>Gets the measured quality: part of the split (<c>test</c>), then metric name, then value; empty until it is measured.</summary>
    public IReadOnlyDictionary<string, IReadOnlyDictionary<string, double>> Metrics { get; init; } =
        new Dictionary<string, IReadOnlyDictionary<string, double>>();

    /// <summary>Gets the calibration of the joined answer; null for none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ModelCalibration? Calibration { get; init; }

    /// <summary>Says whether a folder is that of an ensemble.</summary>
    /// <param name="folder">A folder.</param>
    /// <returns>True when it holds <c>ensemble.json</c>.</returns>
    public static bool IsIn(string folder) => File.Exists(Path.Combine(folder, FileName));

    /// <summary>Reads the ensemble of a folder.</summary>
    /// <param name="folder">The folder that holds <c>ensemble.json</c>.</param>
    /// <returns>The ensemble.</returns>
    /// <exception cref="ModelFolderException">The file is missing, not of the expected form, or of another format version.</exception>
    public static EnsembleCard Read(string folder)
    {
        string path = Path.Combine(folder, FileName);
        try
        {
            return Parse(File.ReadAllText(path), path);
        }
        catch (FileNotFoundException)
        {
            throw new ModelFolderException(folder, $"the folder of an ensemble, with {FileName}", $"no {FileName}");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new ModelFolderException(path, "a readable file", error.Message);
        }
    }

    /// <summary>Parses the JSON text of an ensemble.</summary>
    /// <param name="json">The text.</param>
    /// <param name="origin">The file named in errors.</param>
    /// <returns>The ensemble.</returns>
    /// <exception cref="ModelFolderException">The text is not an ensemble of this format version.</exception>
    public static EnsembleCard Parse(string json, string origin)
    {
        EnsembleCard ensemble;
        try
        {
            ensemble = JsonSerializer.Deserialize<EnsembleCard>(json, SerializerOptions)
                ?? throw new ModelFolderException(origin, "an ensemble (a JSON object)", "null");
        }
        catch (JsonException error)
        {
            throw new ModelFolderException(
                $"{origin}{(error.LineNumber is long line ? $"({line + 1})" : "")}", "an ensemble in JSON", error.Message);
        }

        ensemble.Check(origin);
        return ensemble;
    }

    /// <summary>Gets the ensemble as JSON text, with a line feed at the end.</summary>
    /// <returns>The text of <c>ensemble.json</c>.</returns>
    public string ToJson() => JsonSerializer.Serialize(this, SerializerOptions) + "\n";

    private void Check(string origin)
    {
        if (FormatVersion != CurrentFormatVersion)
        {
            throw new ModelFolderException(origin, $"format version {CurrentFormatVersion}", $"version {FormatVersion}");
        }

        if (Task.Kind == TaskKind.Classification && Task.Classes.Count < 2)
        {
            throw new ModelFolderException(origin, "at least two classes", $"{Task.Classes.Count}");
        }

        if (Members.Count == 0)
        {
            throw new ModelFolderException(origin, "at least one member", "none");
        }

        foreach (EnsembleMember member in Members)
        {
            if (string.IsNullOrWhiteSpace(member.Folder) || Path.IsPathRooted(member.Folder) || member.Folder.Contains('\\', StringComparison.Ordinal))
            {
                throw new ModelFolderException(origin, "members named by folders relative to the ensemble's, with / between names", $"'{member.Folder}'");
            }

            member.Calibration?.Check(Task, origin);
        }

        CheckNumbers(origin);
        Calibration?.Check(Task, origin);
    }

    private void CheckNumbers(string origin)
    {
        if (Weights.Count != Members.Count || !Weights.Concat(Biases).All(double.IsFinite))
        {
            throw new ModelFolderException(origin, $"a finite weight for each of the {Members.Count} members", List(Weights.Concat(Biases)));
        }

        if (Method != EnsembleMethod.Stacked && (Weights.Any(weight => weight < 0) || Math.Abs(Weights.Sum() - 1) > SumTolerance))
        {
            throw new ModelFolderException(origin, "weights that are not negative and sum to 1", List(Weights));
        }

        if (Method == EnsembleMethod.Mean && Weights.Any(weight => Math.Abs(weight - Weights[0]) > SumTolerance))
        {
            throw new ModelFolderException(origin, "the same weight for each member, as the method is mean", List(Weights));
        }

        if (Biases.Count != 0 && (Method != EnsembleMethod.Stacked || Biases.Count != Task.OutputWidth))
        {
            int most = Method == EnsembleMethod.Stacked ? Task.OutputWidth : 0;
            throw new ModelFolderException(origin, most == 0 ? "no biases" : $"{most} biases or none", $"{Biases.Count}");
        }
    }

    private static string List(IEnumerable<double> numbers) =>
        string.Join(", ", numbers.Select(number => number.ToString("0.######", CultureInfo.InvariantCulture)));
}
