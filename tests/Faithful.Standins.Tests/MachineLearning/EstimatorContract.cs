using Faithful.Standins.Tests.MachineLearning.Outside;
using Microsoft.ML;

namespace Faithful.Standins.Tests.MachineLearning;

/// <summary>What holds for every estimator, after the 'workout' that ML.NET's own tests give to each of theirs.</summary>
internal static class EstimatorContract
{
    /// <param name="estimator">Any estimator.</param>
    /// <param name="valid">Data that it takes.</param>
    /// <param name="invalid">Data that it refuses, by its schema alone.</param>
    public static void Check(IEstimator<ITransformer> estimator, IDataView valid, params IDataView[] invalid)
    {
        SchemaShape promised = estimator.GetOutputSchema(SchemaShapes.Of(valid));
        ITransformer transformer = estimator.Fit(valid);
        var counted = new CountedView(valid);
        IDataView output = transformer.Transform(counted);
        Assert.Equal(0, counted.Cursors); // nothing is read before a cursor opens
        CheckPromise(promised, SchemaShapes.Of(output));
        CheckSchemas(transformer.GetOutputSchema(valid.Schema), output.Schema);
        CheckRows(output);
        if (transformer.IsRowToRowMapper)
        {
            Assert.Equal(valid.GetRowCount(), output.GetRowCount());
            CheckSchemas(transformer.GetRowToRowMapper(valid.Schema).OutputSchema, output.Schema);
        }

        foreach (IDataView refused in invalid)
        {
            Assert.ThrowsAny<ArgumentException>(() => estimator.GetOutputSchema(SchemaShapes.Of(refused)));
            Assert.ThrowsAny<Exception>(() => estimator.Fit(refused));
            Assert.ThrowsAny<Exception>(() => transformer.GetOutputSchema(refused.Schema));
            Assert.ThrowsAny<Exception>(() => transformer.Transform(refused));
        }
    }

    // What was promised is there, and nothing else; annotations may be more than promised.
    private static void CheckPromise(SchemaShape promised, SchemaShape delivered)
    {
        Assert.Equal(promised.Select(column => column.Name).Order(StringComparer.Ordinal), delivered.Select(column => column.Name).Order(StringComparer.Ordinal));
        foreach (SchemaShape.Column column in promised)
        {
            SchemaShape.Column found = delivered.Single(other => other.Name == column.Name);
            Assert.Equal((column.Name, column.Kind, column.ItemType, column.IsKey), (found.Name, found.Kind, found.ItemType, found.IsKey));
            Assert.Subset(found.Annotations.Select(annotation => annotation.Name).ToHashSet(), column.Annotations.Select(annotation => annotation.Name).ToHashSet());
        }
    }

    private static void CheckSchemas(DataViewSchema declared, DataViewSchema actual)
    {
        Assert.Equal(
            declared.Select(column => (column.Name, column.IsHidden, column.Type)),
            actual.Select(column => (column.Name, column.IsHidden, column.Type)));
        Assert.Equal(
            declared.Select(column => string.Join(", ", column.Annotations.Schema.Select(annotation => annotation.ToString()))),
            actual.Select(column => string.Join(", ", column.Annotations.Schema.Select(annotation => annotation.ToString()))));
    }

    // Only the columns asked for are active, one alone has the values that it has among all, and rows come in one order.
    private static void CheckRows(IDataView data)
    {
        string[] together = [.. Rows(data, data.Schema)];
        foreach (DataViewSchema.Column column in data.Schema)
        {
            using DataViewRowCursor cursor = data.GetRowCursor([column]);
            Assert.True(cursor.IsColumnActive(column));
            Assert.Equal(together.Select(row => row.Split('\u001f')[column.Index]), Rows(data, [column]));
        }

        Assert.Equal(data.GetRowCount() ?? together.Length, together.Length);
    }

    private static IEnumerable<string> Rows(IDataView data, IEnumerable<DataViewSchema.Column> columns)
    {
        DataViewSchema.Column[] asked = [.. columns];
        using DataViewRowCursor cursor = data.GetRowCursor(asked);
        Func<string>[] texts = [.. asked.Select(column => ColumnText.Of(cursor, column))];
        for (long position = 0; cursor.MoveNext(); position++)
        {
            Assert.Equal(position, cursor.Position);
            yield return string.Join('\u001f', texts.Select(text => text()));
        }
    }
}
