using Microsoft.ML.Data;

namespace Microsoft.ML.Transforms;

/// <summary>Gives a column a second name.</summary>
public sealed class ColumnCopyingEstimator : TrivialEstimator<ColumnCopyingTransformer>
{
    private readonly string outputColumnName;
    private readonly string inputColumnName;

    internal ColumnCopyingEstimator(string outputColumnName, string inputColumnName)
        : base(new ColumnCopyingTransformer((outputColumnName, inputColumnName)))
    {
        this.outputColumnName = outputColumnName;
        this.inputColumnName = inputColumnName;
    }

    public override SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        Contracts.CheckValue(inputSchema, nameof(inputSchema));
        if (!inputSchema.TryFindColumn(inputColumnName, out var column))
        {
            throw Contracts.MissingColumn(nameof(inputSchema), "input", inputColumnName);
        }

        return inputSchema.With([new SchemaShape.Column(outputColumnName, column.Kind, column.ItemType, column.IsKey, column.Annotations)]);
    }
}
