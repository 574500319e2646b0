using Microsoft.ML.Data;

namespace Microsoft.ML;

/// <summary>Makes one data view of another, lazily.</summary>
public interface ITransformer : ICanSaveModel
{
    /// <summary>Each output row comes from the input row at its place alone.</summary>
    bool IsRowToRowMapper { get; }

    DataViewSchema GetOutputSchema(DataViewSchema inputSchema);

    IDataView Transform(IDataView input);

    /// <summary>Throws where <see cref="IsRowToRowMapper"/> is false.</summary>
    IRowToRowMapper GetRowToRowMapper(DataViewSchema inputSchema);
}
