using System.Text.Json.Serialization;
using Faithful.Crystals.Transformations;

namespace Faithful.Models;

/// <summary>The cell in which a model sees a crystal.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<CellChoice>))]
public enum CellChoice
{
    /// <summary>The cell of the source, or the primitive cell of the symmetry finder where that runs.</summary>
    [JsonStringEnumMemberName("as_given")]
    AsGiven,

    /// <summary>
    /// The canonical basis of the lattice of that cell (<see cref="CanonicalCellTransformation"/>): the same whatever basis and
    /// orientation the crystal comes in. The origin stays where it is.
    /// </summary>
    [JsonStringEnumMemberName("canonical")]
    Canonical,
}
