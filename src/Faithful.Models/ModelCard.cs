using System.Text.Json;
using System.Text.Json.Serialization;
using Faithful.Crystals.Descriptors;

namespace Faithful.Models;

/// <summary>
/// Everything that a person or a program must know to use a model: stored as <c>card.json</c> beside <c>model.onnx</c>, and
/// repeated in the metadata of the ONNX file.
/// </summary>
public sealed record ModelCard
{
    /// <summary>The format version that this program writes and reads.</summary>
    public const int CurrentFormatVersion = 1;

    /// <summary>The name of the card file within a model folder.</summary>
    public const string FileName = "card.json";

    /// <summary>The name of the ONNX file within a model folder.</summary>
    public const string ModelFileName = "model.onnx";

    /// <summary>The name of the portable variant of the ONNX file, which a model folder may hold as well.</summary>
    public const string PortableFileName = "model.portable.onnx";

    private static readonly JsonSerializerOptions SerializerOptions = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        WriteIndented = true,
        NewLine = "\n",
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
        RespectRequiredConstructorParameters = true,
    };

    /// <summary>Gets the format version of the model folder.</summary>
    public int FormatVersion { get; init; } = CurrentFormatVersion;

    /// <summary>Gets the model's name: that of a network, for example <c>cgnn</c>, or <c>gbt</c>.</summary>
    public required string Model { get; init; }

    /// <summary>
    /// Gets the preset that the model was built from: of networks <c>best</c> or <c>paper</c>, of trees the set of descriptors.
    /// </summary>
    public required string Preset { get; init; }

    /// <summary>Gets the task.</summary>
    public required ModelTask Task { get; init; }

    /// <summary>Gets the finer classes whose probabilities the ONNX file adds up; null where the model was trained for the task itself.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ClassMerge? MergedFrom { get; init; }

    /// <summary>Gets how crystals are prepared for the model.</summary>
    public required PreparationOptions Preparation { get; init; }

    /// <summary>Gets the names of the graph inputs that the model uses.</summary>
    public required IReadOnlyList<string> Inputs { get; init; }

    /// <summary>Gets what stands for a crystal that the model cannot take.</summary>
    public required FallbackPrediction Fallback { get; init; }

    /// <summary>Gets what the model was trained on.</summary>
    public required TrainingSummary Training { get; init; }

    /// <summary>Gets the measured quality: part of the split (<c>validation</c>, <c>test</c>), then metric name, then value.</summary>
    public IReadOnlyDictionary<string, IReadOnlyDictionary<string, double>> Metrics { get; init; } =
        new Dictionary<string, IReadOnlyDictionary<string, double>>();

    /// <summary>
    /// Gets how far the answers can be trusted, fitted on crystals that the model was not trained on; null until that was done. The
    /// ONNX file does not apply it.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ModelCalibration? Calibration { get; init; }

    /// <summary>Gets the number of trained parameters.</summary>
    public long Parameters { get; init; }

    /// <summary>Gets how the ONNX file stores the parameters. The default is float32.</summary>
    public WeightFormat Weights { get; init; }

    /// <summary>Gets what rounding the parameters costs; null where they are not rounded, or where nobody measured it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public RoundingError? Rounding { get; init; }

    /// <summary>Gets the options of the network, or those that trees were trained with, as JSON.</summary>
    public JsonElement? NetworkOptions { get; init; }

    /// <summary>Gets the graph inputs that the model uses, with the sizes that depend on the model filled in.</summary>
    [JsonIgnore]
    public IReadOnlyList<ModelInput> GraphInputs =>
    [
        .. Inputs.Select(name => ModelInput.Find(name)!).Select(input =>
            input == ModelInput.Descriptors && Preparation.DescriptorSet is DescriptorSet set ? input with { RowShape = [set.Count] } : input),
    ];

    /// <summary>Gets the SHA-256 of the ONNX file, lower-case hexadecimal; empty until the file is written.</summary>
    public string ModelSha256 { get; init; } = "";

    /// <summary>Gets the SHA-256 of the portable variant, <see cref="PortableFileName"/>, lower-case hexadecimal; null where the folder has none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? PortableSha256 { get; init; }

    /// <summary>Reads the card of a model folder.</summary>
    /// <param name="folder">The folder that holds <c>card.json</c>.</param>
    /// <returns>The card.</returns>
    /// <exception cref="ModelFolderException">The card is missing, is not JSON of the expected form, or is of another format version.</exception>
    public static ModelCard Read(string folder)
    {
        string path = Path.Combine(folder, FileName);
        if (!File.Exists(path))
        {
            throw new ModelFolderException(folder, $"a model folder with {FileName} and {ModelFileName}", $"no {FileName}");
        }

        try
        {
            return Parse(File.ReadAllText(path), folder);
        }
        catch (IOException error)
        {
            throw new ModelFolderException(path, "a readable file", error.Message);
        }
        catch (UnauthorizedAccessException error)
        {
            throw new ModelFolderException(path, "a readable file", error.Message);
        }
    }

    /// <summary>Parses the JSON text of a card.</summary>
    /// <param name="json">The text.</param>
    /// <param name="origin">The folder or file named in errors.</param>
    /// <returns>The card.</returns>
    /// <exception cref="ModelFolderException">The text is not a card of this format version.</exception>
    public static ModelCard Parse(string json, string origin)
    {
        ModelCard card;
        try
        {
            card = JsonSerializer.Deserialize<ModelCard>(json, SerializerOptions)
                ?? throw new ModelFolderException(origin, "a model card (a JSON object)", "null");
        }
        catch (JsonException error)
        {
            throw new ModelFolderException(
                $"{origin}{(error.LineNumber is long line ? $"({line + 1})" : "")}", "a model card in JSON", error.Message);
        }

        card.Check(origin);
        return card;
    }

    /// <summary>Gets the card as JSON text, with a line feed at the end.</summary>
    /// <returns>The text of <c>card.json</c>.</returns>
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

        MergedFrom?.Check(Task, origin);
        Calibration?.Check(Task, origin);
        CheckDescriptors(origin);
        if (Preparation.Validate() is [string fault, ..])
        {
            throw new ModelFolderException(origin, "valid preparation options", fault);
        }

        if (Inputs.FirstOrDefault(name => ModelInput.Find(name) is null) is string unknown)
        {
            throw new ModelFolderException(origin, "inputs of the model contract", $"'{unknown}'");
        }

        bool takesDescriptors = Preparation.Descriptors is not null;
        if (takesDescriptors ? Inputs is not ["descriptors"] : Inputs.Contains(ModelInput.Descriptors.Name))
        {
            throw new ModelFolderException(
                origin,
                takesDescriptors ? $"the input {ModelInput.Descriptors.Name} alone, as the preparation has descriptors" : "a preparation with descriptors",
                takesDescriptors ? $"'{string.Join(", ", Inputs)}'" : "none");
        }

        if (!Enum.IsDefined(Weights))
        {
            throw new ModelFolderException(origin, "weights float32 or float16", $"{Weights}");
        }

        if (Preparation.UsesSymmetry && !Task.UsesSymmetry)
        {
            throw new ModelFolderException(origin, $"no symmetry input for the task {Task.Name}", "preparation with symmetry");
        }
    }

    /// <summary>Says in its own words what happens to everybody who keeps a model while the columns of its descriptors change.</summary>
    private void CheckDescriptors(string origin)
    {
        if (Preparation.DescriptorSet is DescriptorSet set && Preparation.DescriptorDigest != set.Digest)
        {
            throw new ModelFolderException(
                origin,
                $"a model trained on the columns that this program computes for the descriptors {set} (digest {set.Digest})",
                Preparation.DescriptorDigest is string other ? $"one trained on others (digest {other})" : "no digest");
        }
    }
}
