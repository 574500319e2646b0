using System.Text.Json.Serialization;

namespace Faithful.Models;

/// <summary>How an ONNX file stores trained parameters. All arithmetic is in float32 whatever the format.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<WeightFormat>))]
public enum WeightFormat
{
    /// <summary>Exactly as trained: four bytes a parameter of a network; thresholds and leaves of trees without a loss.</summary>
    [JsonStringEnumMemberName("float32")]
    Float32,

    /// <summary>Two bytes a parameter, rounded to the nearest IEEE 754 half-precision number.</summary>
    [JsonStringEnumMemberName("float16")]
    Float16,
}
