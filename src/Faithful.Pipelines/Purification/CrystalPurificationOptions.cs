using Faithful.Datasets.Purification;
using Faithful.Serving;

namespace Faithful.Pipelines;

/// <summary>How the rows of a data view are purified.</summary>
public sealed record CrystalPurificationOptions
{
    /// <summary>Gets the name of the text column that holds the crystals. The default is <c>Structure</c>.</summary>
    public string StructureColumnName { get; init; } = CrystalColumns.Structure;

    /// <summary>
    /// Gets the name of the text column that holds the identifiers; data without it may do, but then <see cref="RepeatedIdRule"/> finds
    /// nothing. The default is <c>Id</c>.
    /// </summary>
    public string IdColumnName { get; init; } = CrystalColumns.Id;

    /// <summary>
    /// Gets what becomes of rows whose structure cannot be read: left out, passed on untouched, or the end of the work. The default
    /// is <see cref="BadStructure.Drop"/>.
    /// </summary>
    public BadStructure OnBadStructure { get; init; } = BadStructure.Drop;

    /// <summary>Gets the number of rows that are read ahead and judged together. Range 1..65,536; the default is 256.</summary>
    public int ReadAhead { get; init; } = CrystalPredictor.StreamWindow;

    /// <summary>
    /// Gets what is removed, and by which measure; its label is the column (text, number or key) by which duplicates are compared.
    /// </summary>
    public PurificationOptions Rules { get; init; } = new();

    /// <summary>Lists what is wrong with these options.</summary>
    /// <returns>One sentence a fault; empty when they are valid.</returns>
    public IReadOnlyList<string> Validate()
    {
        List<string> faults = [.. RowOptions.Faults(StructureColumnName, IdColumnName, OnBadStructure, ReadAhead)];
        try
        {
            (Rules ?? throw new ArgumentException("Rules must be given, found null.")).Validate();
        }
        catch (ArgumentException error)
        {
            faults.Add(error.Message);
        }

        return faults;
    }
}
