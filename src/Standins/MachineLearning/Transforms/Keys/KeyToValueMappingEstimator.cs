using Microsoft.ML.Data;

namespace Microsoft.ML.Transforms;

/// <summary>Turns keys back into the values that they stand for.</summary>
public sealed class KeyToValueMappingEstimator : TrivialEstimator<KeyToValueMappingTransformer>
{
    private readonly (string outputColumnName, string inputColumnName)[] columns;

    internal KeyToValueMappingEstimator(params (string outputColumnName, string inputColumnName)[] columns)
        : base(new KeyToValueMappingTransformer(columns)) =>
        this.columns = columns;

    public override SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        Contracts.CheckValue(inputSchema, nameof(inputSchema));
        return inputSchema.With(columns.Select(pair =>
        {
            if (!inputSchema.TryFindColumn(pair.inputColumnName, out var column))
            {
                throw Contracts.MissingColumn(nameof(inputSchema), "input", pair.inputColumnName);
            }

            if (!column.IsKey)
            {
                throw Contracts.SchemaMismatch(nameof(inputSchema), "input", pair.inputColumnName, "KeyType", column.GetTypeString());
            }

            Contracts.CheckParam(column.Annotations.TryFindColumn(AnnotationKinds.KeyValues, out var values), nameof(inputSchema),
                $"Input column '{pair.inputColumnName}' doesn't contain key values metadata");
            var annotations = column.Annotations.TryFindColumn(AnnotationKinds.SlotNames, out var names) ? new SchemaShape([names]) : null;
            return new SchemaShape.Column(pair.outputColumnName, column.Kind, values.ItemType, values.IsKey, annotations);
        }));
    }
}
