using Faithful.Serving;

namespace Faithful.Pipelines;

/// <summary>How crystals of a data view are embedded. Nothing but <see cref="OnBadStructure"/> changes what comes out.</summary>
public sealed record CrystalEmbeddingOptions
{
    /// <summary>Gets the name of the text column that holds the crystals. The default is <c>Structure</c>.</summary>
    public string StructureColumnName { get; init; } = CrystalColumns.Structure;

    /// <summary>
    /// Gets the name of the text column that holds the identifiers, which errors name; data without it may do. The default is <c>Id</c>.
    /// </summary>
    public string IdColumnName { get; init; } = CrystalColumns.Id;

    /// <summary>
    /// Gets what becomes of rows whose structure cannot be read. The default is <see cref="BadStructure.Missing"/>: descriptors are
    /// NaN, arrays empty.
    /// </summary>
    public BadStructure OnBadStructure { get; init; } = BadStructure.Missing;

    /// <summary>
    /// Gets the number of rows that are read ahead and embedded together. Range 1..65,536; the default is 256. They are in memory at once.
    /// </summary>
    public int ReadAhead { get; init; } = CrystalPredictor.StreamWindow;

    /// <summary>Lists what is wrong with these options.</summary>
    /// <returns>One sentence a fault; empty when they are valid.</returns>
    public IReadOnlyList<string> Validate() => [.. RowOptions.Faults(StructureColumnName, IdColumnName, OnBadStructure, ReadAhead)];
}
