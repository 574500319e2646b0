using Microsoft.ML.Data;

namespace Microsoft.ML.Transforms;

/// <summary>Maps rows by the user's own code: the members of <typeparamref name="TDst"/> become columns.</summary>
public sealed class CustomMappingEstimator<TSrc, TDst> : TrivialEstimator<CustomMappingTransformer<TSrc, TDst>>
    where TSrc : class, new()
    where TDst : class, new()
{
    internal CustomMappingEstimator(
        Action<TSrc, TDst> mapAction, string contractName, SchemaDefinition inputSchemaDefinition, SchemaDefinition outputSchemaDefinition)
        : base(new CustomMappingTransformer<TSrc, TDst>(mapAction, contractName, inputSchemaDefinition, outputSchemaDefinition))
    {
    }

    public override SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        Contracts.CheckValue(inputSchema, nameof(inputSchema));
        foreach (var wanted in ObjectColumn.OfType(typeof(TSrc), Transformer.InputSchemaDefinition, SchemaDefinition.Direction.Both))
        {
            if (!inputSchema.TryFindColumn(wanted.Name, out var found))
            {
                throw Contracts.MissingColumn(nameof(inputSchema), "input", wanted.Name);
            }

            var shape = SchemaShape.Column.Of(wanted.Name, wanted.Type);
            // Where vectors of any size are taken those of a known size are too.
            var fits = shape.Kind == SchemaShape.Column.VectorKind.VariableVector
                ? found.Kind != SchemaShape.Column.VectorKind.Scalar
                : found.Kind == shape.Kind;
            if (!fits || !shape.ItemType.Equals(found.ItemType) || shape.IsKey != found.IsKey)
            {
                throw Contracts.SchemaMismatch(nameof(inputSchema), "input", wanted.Name, wanted.Type.ToString(), found.GetTypeString());
            }
        }

        return inputSchema.With(SchemaShape.Create(ObjectColumn.SchemaOf(Transformer.Added)));
    }
}
