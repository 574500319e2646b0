using System.Text.Json.Serialization;

namespace Faithful.Models.Packing;

/// <summary>JSON of headers, generated at compile time: reflection would take longer than everything else that opens a file.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    NewLine = "\n",
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(PackedDescription))]
[JsonSerializable(typeof(PreparationOptions))]
internal sealed partial class PackedJson : JsonSerializerContext;
