using Microsoft.ML;
using Microsoft.ML.Data;

namespace Faithful.Pipelines;

/// <summary>Shapes of schemas. Only ML.NET itself can make the column of a shape, but it makes them for the estimators of a chain.</summary>
internal static class SchemaShapes
{
    /// <summary>Gets the shape of a schema.</summary>
    /// <param name="schema">The schema.</param>
    /// <returns>The shape that ML.NET gives to it.</returns>
    public static SchemaShape Of(DataViewSchema schema)
    {
        var listener = new Listener();
        new EstimatorChain<ITransformer>().Append(listener).Fit(new EmptyView(schema));
        return listener.Shape!;
    }

    /// <summary>Gets the shape of a schema with columns added, which take the place of those of the same name.</summary>
    /// <param name="input">The shape before.</param>
    /// <param name="added">The columns.</param>
    /// <returns>The shape.</returns>
    public static SchemaShape With(SchemaShape input, IEnumerable<DataViewSchema.DetachedColumn> added)
    {
        var builder = new DataViewSchema.Builder();
        builder.AddColumns(added);
        SchemaShape shape = Of(builder.ToSchema());
        HashSet<string> names = [.. shape.Select(column => column.Name)];
        return new SchemaShape([.. input.Where(column => !names.Contains(column.Name)), .. shape]);
    }

    private sealed class Listener : IEstimator<ITransformer>
    {
        public SchemaShape? Shape { get; private set; }

        public ITransformer Fit(IDataView input) => new TransformerChain<ITransformer>();

        public SchemaShape GetOutputSchema(SchemaShape inputSchema) => Shape = inputSchema;
    }
}
