using Microsoft.ML.Transforms;

namespace Microsoft.ML;

/// <summary>Estimators that rearrange columns.</summary>
public static class TransformExtensionsCatalog
{
    public static ColumnCopyingEstimator CopyColumns(this TransformsCatalog catalog, string outputColumnName, string inputColumnName)
    {
        Contracts.CheckValue(catalog, nameof(catalog));
        return new ColumnCopyingEstimator(outputColumnName, inputColumnName);
    }

    public static ColumnConcatenatingEstimator Concatenate(this TransformsCatalog catalog, string outputColumnName, params string[] inputColumnNames)
    {
        Contracts.CheckValue(catalog, nameof(catalog));
        return new ColumnConcatenatingEstimator(outputColumnName, inputColumnNames);
    }

    public static ColumnSelectingEstimator DropColumns(this TransformsCatalog catalog, params string[] columnNames)
    {
        Contracts.CheckValue(catalog, nameof(catalog));
        return new ColumnSelectingEstimator(new ColumnSelectingTransformer(null, columnNames, keepHidden: false));
    }

    public static ColumnSelectingEstimator SelectColumns(this TransformsCatalog catalog, string[] columnNames, bool keepHidden)
    {
        Contracts.CheckValue(catalog, nameof(catalog));
        return new ColumnSelectingEstimator(new ColumnSelectingTransformer(columnNames, null, keepHidden));
    }

    public static ColumnSelectingEstimator SelectColumns(this TransformsCatalog catalog, params string[] columnNames) =>
        catalog.SelectColumns(columnNames, false);
}
