using System.Collections;

namespace Microsoft.ML;

/// <summary>What is known of a schema before any data is seen: names, kinds and item types, but no sizes.</summary>
public sealed partial class SchemaShape : IReadOnlyList<SchemaShape.Column>
{
    private static readonly SchemaShape Empty = new([]);

    private readonly Column[] columns;

    public SchemaShape(IEnumerable<Column> columns)
    {
        Contracts.CheckValue(columns, nameof(columns));
        this.columns = [.. columns];
        Contracts.CheckParam(this.columns.All(column => column.IsValid), nameof(columns), "A column was made by the default constructor and has no name.");
    }

    public int Count => columns.Length;

    public Column this[int index] => columns[index];

    public IEnumerator<Column> GetEnumerator() => ((IEnumerable<Column>)columns).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Of the columns that are not hidden.</summary>
    internal static SchemaShape Create(DataViewSchema schema)
    {
        Contracts.CheckValue(schema, nameof(schema));
        return new SchemaShape(schema.Where(column => !column.IsHidden).Select(column =>
            Column.Of(column.Name, column.Type, new SchemaShape(column.Annotations.Schema.Select(kind => Column.Of(kind.Name, kind.Type))))));
    }

    internal bool TryFindColumn(string name, out Column column)
    {
        Contracts.CheckValue(name, nameof(name));
        column = columns.FirstOrDefault(candidate => candidate.Name == name);
        return column.IsValid;
    }

    /// <summary>This shape with columns put in the place of those of the same name, or at the end.</summary>
    internal SchemaShape With(IEnumerable<Column> columns)
    {
        var byName = this.ToDictionary(column => column.Name);
        foreach (var column in columns)
        {
            byName[column.Name] = column;
        }

        return new SchemaShape(byName.Values);
    }
}
