using Microsoft.ML.Data;

namespace Microsoft.ML;

/// <summary>Makes data views, and objects of data views.</summary>
public sealed partial class DataOperationsCatalog : IInternalCatalog
{
    private readonly LocalEnvironment environment;

    internal DataOperationsCatalog(LocalEnvironment environment) => this.environment = environment;

    LocalEnvironment IInternalCatalog.Environment => environment;

    /// <summary>The columns are the public fields and properties of the objects. They are read when a cursor asks for them, each time anew.</summary>
    public IDataView LoadFromEnumerable<TRow>(IEnumerable<TRow> data, SchemaDefinition schemaDefinition = null)
        where TRow : class
    {
        Contracts.CheckValue(data, nameof(data));
        return new EnumerableDataView<TRow>(data, ObjectColumn.OfType(typeof(TRow), schemaDefinition, SchemaDefinition.Direction.Read));
    }

    /// <summary>The same with the types and annotations that <paramref name="schema"/> gives to the columns.</summary>
    public IDataView LoadFromEnumerable<TRow>(IEnumerable<TRow> data, DataViewSchema schema)
        where TRow : class
    {
        Contracts.CheckValue(data, nameof(data));
        Contracts.CheckValue(schema, nameof(schema));
        var definition = SchemaDefinition.Create(typeof(TRow), SchemaDefinition.Direction.Read);
        definition.TakeTypesFrom(schema);
        return LoadFromEnumerable(data, definition);
    }

    /// <summary>Objects whose public fields and properties take the columns of their names.</summary>
    public IEnumerable<TRow> CreateEnumerable<TRow>(
        IDataView data, bool reuseRowObject, bool ignoreMissingColumns = false, SchemaDefinition schemaDefinition = null)
        where TRow : class, new()
    {
        Contracts.CheckValue(data, nameof(data));
        var reader = new ObjectReader<TRow>(data.Schema, ignoreMissingColumns, schemaDefinition); // a type that does not fit is found here
        return reader.ReadAll(data, reuseRowObject, () => new TRow());
    }
}
