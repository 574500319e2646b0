namespace Faithful.Pipelines;

/// <summary>A crystal as a prediction engine takes it; as a row type of a data view it makes the columns of the same names.</summary>
public sealed class CrystalInput
{
    /// <summary>Gets or sets the identifier of the crystal, for error messages. The default value is empty.</summary>
    public string Id { get; set; } = "";

    /// <summary>Gets or sets the crystal: a line of materials JSON, or the text of a POSCAR or CIF file.</summary>
    public string Structure { get; set; } = "";
}
