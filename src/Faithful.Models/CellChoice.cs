using System.Text.Json.Serialization;

namespace Faithful.Models;

/// <summary>The cell in which a model sees a crystal.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<CellChoice>))]
public enum CellChoice
{
    /// <summary>The cell of the source, or the primitive cell of the symmetry finder where that runs.</summary>
    [JsonStringEnumMemberName("as_given")]
    AsGiven,

    /// <summary>The Niggli cell of the lattice: the same whatever basis the crystal comes in.</summary>
    [JsonStringEnumMemberName("canonical")]
    Canonical,
}
