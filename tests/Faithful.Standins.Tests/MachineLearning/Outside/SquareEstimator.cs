using Microsoft.ML;

namespace Faithful.Standins.Tests.MachineLearning.Outside;

/// <summary>
/// An estimator made outside of the package. The shapes of columns cannot be made there, so it takes that of the column it adds
/// from an estimator of the package.
/// </summary>
internal sealed class SquareEstimator(MLContext context, string output, string input) : IEstimator<SquareTransformer>
{
    public SquareTransformer Fit(IDataView data)
    {
        var transformer = new SquareTransformer(output, input);
        transformer.GetOutputSchema(data.Schema);
        return transformer;
    }

    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        if (inputSchema.All(column => column.Name != input))
        {
            throw new ArgumentOutOfRangeException(nameof(inputSchema), $"Could not find input column '{input}'");
        }

        var added = Microsoft.ML.Data.SchemaDefinition.Create(typeof(Added));
        added[nameof(Added.Value)].ColumnName = output;
        return context.Transforms.CustomMapping<Nothing, Added>((_, _) => { }, null, null, added).GetOutputSchema(inputSchema);
    }

    private sealed class Nothing
    {
    }

    private sealed class Added
    {
        public float Value { get; set; }
    }
}
