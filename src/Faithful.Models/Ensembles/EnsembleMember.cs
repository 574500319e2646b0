using System.Text.Json.Serialization;

namespace Faithful.Models.Ensembles;

/// <summary>A model of an ensemble.</summary>
public sealed record EnsembleMember
{
    /// <summary>Gets the model folder, relative to the folder of the ensemble, with <c>/</c> between names.</summary>
    public required string Folder { get; init; }

    /// <summary>
    /// Gets the SHA-256 of the model's <c>card.json</c> without its metrics, lower-case hexadecimal; the card in turn names that of the
    /// ONNX file.
    /// </summary>
    public required string CardSha256 { get; init; }

    /// <summary>Gets the calibration to apply first to a member whose own card has none; null where nothing is to be applied.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ModelCalibration? Calibration { get; init; }
}
