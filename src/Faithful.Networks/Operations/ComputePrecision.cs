using System.Text.Json.Serialization;

namespace Faithful.Networks.Operations;

/// <summary>In which precision matrix products, convolutions and attention are computed; all else is float32.</summary>
public enum ComputePrecision
{
    /// <summary>float32 throughout.</summary>
    Float32,

    /// <summary>float32 whose products a GPU rounds to 10 bits of fraction; the same as <see cref="Float32"/> elsewhere.</summary>
    [JsonStringEnumMemberName("tf32")]
    TensorFloat32,

    /// <summary>Factors and results in bfloat16 (7 bits of fraction, the range of float32), sums in float32.</summary>
    [JsonStringEnumMemberName("bfloat16")]
    BFloat16,
}
