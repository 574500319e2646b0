using Microsoft.ML;
using Microsoft.ML.Data;

namespace Faithful.Standins.Tests.MachineLearning.Outside;

/// <summary>A transformer that was made outside of the package: adds the square of a column of floats, row by row.</summary>
internal sealed class SquareTransformer(string output, string input) : ITransformer
{
    public bool IsRowToRowMapper => true;

    public DataViewSchema GetOutputSchema(DataViewSchema inputSchema) => new SquareMapper(inputSchema, output, input).OutputSchema;

    public IDataView Transform(IDataView data) => new SquareView(data, new SquareMapper(data.Schema, output, input));

    public IRowToRowMapper GetRowToRowMapper(DataViewSchema inputSchema) => new SquareMapper(inputSchema, output, input);

    public void Save(ModelSaveContext ctx) => throw new NotSupportedException("Outside code cannot write into the context.");
}
