using System.Text.Json.Serialization;

namespace Faithful.Models;

/// <summary>How an ONNX file stores trained parameters. All arithmetic is in float32 whatever the format.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<WeightFormat>))]
public enum WeightFormat
{
    /// <summary>Four bytes a parameter, exactly as trained.</summary>
    [JsonStringEnumMemberName("float32")]
    Float32,

    /// <summary>Two bytes a parameter, rounded to the nearest IEEE 754 half-precision number.</summary>
    [JsonStringEnumMemberName("float16")]
    Float16,
}
