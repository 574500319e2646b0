using System.Text.Json;
using System.Text.Json.Serialization;

namespace Faithful.Pipelines;

/// <summary>The table of contents of a saved pipeline: <c>pipeline.json</c> at the top of the archive.</summary>
internal sealed record SavedPipeline
{
    /// <summary>The format version that this program writes, and the newest that it reads.</summary>
    public const int CurrentFormatVersion = 1;

    /// <summary>The name of the table of contents.</summary>
    public const string FileName = "pipeline.json";

    /// <summary>The name of the schema of the data, in a model file of ML.NET.</summary>
    public const string SchemaName = "schema.zip";

    /// <summary>The name of a step that ML.NET saved, within the step's folder.</summary>
    public const string StepName = "model.zip";

    /// <summary>The name of the rows that a purification has seen, within its folder.</summary>
    public const string RowsName = "rows.bin";

    /// <summary>The name of the report of a purification, within its folder.</summary>
    public const string ReportName = "report.json";

    /// <summary>Gets how the parts are written as JSON.</summary>
    public static JsonSerializerOptions Json { get; } = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        WriteIndented = true,
        NewLine = "\n",
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
        RespectRequiredConstructorParameters = true,
    };

    /// <summary>Gets the format version.</summary>
    public int FormatVersion { get; init; } = CurrentFormatVersion;

    /// <summary>Gets the transformer.</summary>
    public SavedStep? Transformer { get; init; }
}
