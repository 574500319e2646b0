using Microsoft.ML.Data;

namespace Microsoft.ML.Transforms;

/// <summary>Puts columns of one type behind each other into a vector.</summary>
public sealed class ColumnConcatenatingEstimator : IEstimator<ColumnConcatenatingTransformer>
{
    private readonly string name;
    private readonly string[] sources;

    internal ColumnConcatenatingEstimator(string outputColumnName, params string[] inputColumnNames)
    {
        Contracts.CheckNonEmpty(outputColumnName, nameof(outputColumnName));
        Contracts.CheckValue(inputColumnNames, nameof(inputColumnNames));
        Contracts.CheckParam(inputColumnNames.Length > 0, nameof(inputColumnNames), "Input columns not specified");
        Contracts.CheckParam(!inputColumnNames.Any(string.IsNullOrEmpty), nameof(inputColumnNames), "Contained some null or empty items");
        name = outputColumnName;
        sources = inputColumnNames;
    }

    public ColumnConcatenatingTransformer Fit(IDataView input)
    {
        Contracts.CheckValue(input, nameof(input));
        return new ColumnConcatenatingTransformer(name, sources);
    }

    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        Contracts.CheckValue(inputSchema, nameof(inputSchema));
        var columns = Array.ConvertAll(sources, source => inputSchema.TryFindColumn(source, out var column)
            ? column
            : throw Contracts.MissingColumn(nameof(inputSchema), "input", source));
        var itemType = columns[0].ItemType;
        foreach (var column in columns)
        {
            Contracts.Check(!column.IsKey, $"Column '{column.Name}' is key. Concatenation of keys is unsupported.");
            Contracts.Check(column.ItemType.Equals(itemType),
                $"Concatenated columns should have the same type. Column '{column.Name}' has type of {column.ItemType}, but expected column type is {itemType}.");
        }

        var kind = columns.Any(column => column.Kind == SchemaShape.Column.VectorKind.VariableVector)
            ? SchemaShape.Column.VectorKind.VariableVector
            : SchemaShape.Column.VectorKind.Vector;
        return inputSchema.With([new SchemaShape.Column(name, kind, itemType, false, new SchemaShape(AnnotationsOf(columns)))]);
    }

    private static IEnumerable<SchemaShape.Column> AnnotationsOf(SchemaShape.Column[] columns)
    {
        if (Array.TrueForAll(columns, column => column.Annotations.TryFindColumn(AnnotationKinds.IsNormalized, out _)))
        {
            yield return new SchemaShape.Column(AnnotationKinds.IsNormalized, SchemaShape.Column.VectorKind.Scalar, BooleanDataViewType.Instance, false);
        }

        if (columns.Any(column => column.Kind == SchemaShape.Column.VectorKind.Scalar || column.Annotations.TryFindColumn(AnnotationKinds.SlotNames, out _)))
        {
            yield return new SchemaShape.Column(AnnotationKinds.SlotNames, SchemaShape.Column.VectorKind.Vector, TextDataViewType.Instance, false);
        }
    }
}
