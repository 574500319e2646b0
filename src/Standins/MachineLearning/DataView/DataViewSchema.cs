using System.Collections;

namespace Microsoft.ML;

/// <summary>The columns of a data view. Of columns with one name the last is found by that name; the others are hidden.</summary>
public sealed partial class DataViewSchema : IReadOnlyList<DataViewSchema.Column>
{
    private readonly Column[] columns;
    private readonly Dictionary<string, int> indexByName;

    private DataViewSchema(Column[] columns, Dictionary<string, int> indexByName)
    {
        this.columns = columns;
        this.indexByName = indexByName;
    }

    public int Count => columns.Length;

    public Column this[string name] =>
        GetColumnOrNull(name) ?? throw new ArgumentOutOfRangeException(nameof(name), $"Column '{name}' not found");

    public Column this[int columnIndex] =>
        columnIndex >= 0 && columnIndex < columns.Length
            ? columns[columnIndex]
            : throw new ArgumentOutOfRangeException(nameof(columnIndex),
                $"The schema has the columns 0 to {columns.Length - 1}, but column {columnIndex} was asked for.");

    public Column? GetColumnOrNull(string name)
    {
        if (string.IsNullOrEmpty(name))
        {
            throw new ArgumentNullException(nameof(name));
        }

        return indexByName.TryGetValue(name, out var index) ? columns[index] : null;
    }

    public IEnumerator<Column> GetEnumerator() => ((IEnumerable<Column>)columns).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public override string ToString() => $"{Count} columns";

    /// <summary>Of the column's name, or -1.</summary>
    internal int IndexOf(string name) => GetColumnOrNull(name)?.Index ?? -1;

    internal static DataViewSchema Of(IEnumerable<DetachedColumn> columns)
    {
        var builder = new Builder();
        builder.AddColumns(columns);
        return builder.ToSchema();
    }
}
