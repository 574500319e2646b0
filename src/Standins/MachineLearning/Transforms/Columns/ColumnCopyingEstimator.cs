using Microsoft.ML.Data;

namespace Microsoft.ML.Transforms;

/// <summary>Gives a column a second name.</summary>
public sealed class ColumnCopyingEstimator : TrivialEstimator<ColumnCopyingTransformer>
{
    private readonly string _outputColumnName;
    private readonly string _inputColumnName;

    internal ColumnCopyingEstimator(string outputColumnName, string inputColumnName)
        : base(new ColumnCopyingTransformer((outputColumnName, inputColumnName)))
    {
        _outputColumnName = outputColumnName;
        _inputColumnName = inputColumnName;
    }

    public override SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        Contracts.CheckValue(inputSchema, nameof(inputSchema));
        if (!inputSchema.TryFindColumn(_inputColumnName, out var column))
            throw Contracts.MissingColumn(nameof(inputSchema), "input", _inputColumnName);
        return inputSchema.With([new SchemaShape.Column(_outputColumnName, column.Kind, column.ItemType, column.IsKey, column.Annotations)]);
    }
}
