using Microsoft.ML;
using Microsoft.ML.Data;

namespace Faithful.Standins.Tests.MachineLearning;

/// <summary>The shape of a schema. Only the package can make one, but a chain hands it to the estimators in it.</summary>
internal static class SchemaShapes
{
    public static SchemaShape Of(IDataView data)
    {
        var seen = new Listener();
        new EstimatorChain<ITransformer>().Append(seen).Fit(data);
        return seen.Shape!;
    }

    private sealed class Listener : IEstimator<ITransformer>
    {
        public SchemaShape? Shape { get; private set; }

        public ITransformer Fit(IDataView input) => new TransformerChain<ITransformer>();

        public SchemaShape GetOutputSchema(SchemaShape inputSchema) => Shape = inputSchema;
    }
}
