using Microsoft.ML.Data;

namespace Microsoft.ML.Transforms;

/// <summary>Learns which values occur and numbers them.</summary>
public sealed class ValueToKeyMappingEstimator : IEstimator<ValueToKeyMappingTransformer>
{
    private readonly (string outputColumnName, string inputColumnName)[] columns;
    private readonly int maximumNumberOfKeys;
    private readonly KeyOrdinality keyOrdinality;
    private readonly bool asText;
    private readonly IDataView keyData;

    internal ValueToKeyMappingEstimator(
        (string outputColumnName, string inputColumnName)[] columns, int maximumNumberOfKeys, KeyOrdinality keyOrdinality, bool asText, IDataView keyData)
    {
        Contracts.CheckParam(columns.Length > 0, nameof(columns), $"{nameof(columns)} cannot be null or empty");
        foreach (var (output, _) in columns)
        {
            Contracts.CheckParam(!string.IsNullOrWhiteSpace(output), "outputColumnName", "outputColumnName cannot be null or white space");
        }

        Contracts.CheckParam(keyData is null || keyData.Schema.Count == 1, nameof(keyData),
            $"If specified, this data view should contain only a single column containing the terms to map, but this had {keyData?.Schema.Count} columns.");
        this.columns = columns;
        this.maximumNumberOfKeys = maximumNumberOfKeys;
        this.keyOrdinality = keyOrdinality;
        this.asText = asText;
        this.keyData = keyData;
    }

    /// <summary>The order of the keys.</summary>
    public enum KeyOrdinality : byte
    {
        ByOccurrence = 0,

        /// <summary>Text character by character, so that A and Z come before a.</summary>
        ByValue = 1,
    }

    public ValueToKeyMappingTransformer Fit(IDataView input)
    {
        Contracts.CheckValue(input, nameof(input));
        var inputs = Array.ConvertAll(columns, column => InputOf(input.Schema, column.inputColumnName));
        var maps = keyData is null
            ? KeyMap.Learn(input, inputs, maximumNumberOfKeys, keyOrdinality)
            : Array.ConvertAll(inputs, GivenMap);
        return new ValueToKeyMappingTransformer(columns, maps);
    }

    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        Contracts.CheckValue(inputSchema, nameof(inputSchema));
        return inputSchema.With(columns.Select(pair =>
        {
            if (!inputSchema.TryFindColumn(pair.inputColumnName, out var column) || PrimitiveTypes.OfOrNull(column.ItemType.RawType) is null or RowIdDataViewType)
            {
                throw Contracts.MissingColumn(nameof(inputSchema), "input", pair.inputColumnName);
            }

            var keyValues = new SchemaShape.Column(AnnotationKinds.KeyValues, SchemaShape.Column.VectorKind.Vector,
                asText ? TextDataViewType.Instance : column.ItemType, column.IsKey);
            SchemaShape.Column[] annotations = column.Annotations.TryFindColumn(AnnotationKinds.SlotNames, out var names) ? [names, keyValues] : [keyValues];
            return new SchemaShape.Column(pair.outputColumnName, column.Kind, NumberDataViewType.UInt32, true, new SchemaShape(annotations));
        }));
    }

    private DataViewSchema.Column InputOf(DataViewSchema schema, string name)
    {
        var column = schema.GetColumnOrNull(name) ?? throw Contracts.MissingColumn("inputSchema", "input", name);
        var itemType = column.Type.ItemType();
        if (itemType is KeyDataViewType)
        {
            throw new NotSupportedException($"Column '{name}' is a key already; this stand-in makes no keys of keys.");
        }

        if (PrimitiveTypes.OfOrNull(itemType.RawType) is null or RowIdDataViewType)
        {
            throw Contracts.SchemaMismatch("inputSchema", "input", name, "standard type or a vector of standard type", column.Type.ToString());
        }

        if (asText && itemType is not TextDataViewType)
        {
            throw new NotSupportedException($"This stand-in writes the key values of column '{name}' as {itemType} only (addKeyValueAnnotationsAsText).");
        }

        return column;
    }

    private KeyMap GivenMap(DataViewSchema.Column input)
    {
        var given = keyData.Schema[0];
        Contracts.CheckParam(given.Type.ItemType().Equals(input.Type.ItemType()), "keyData",
            $"Terms from input data type '{given.Type.ItemType()}' but mismatches column '{input.Name}' item type '{input.Type.ItemType()}'");
        return KeyMap.Learn(keyData, [given], int.MaxValue, keyOrdinality)[0];
    }
}
