namespace Microsoft.ML.Data;

/// <summary>Fills objects from rows of a schema.</summary>
internal sealed class ObjectReader<TRow>
    where TRow : class
{
    private readonly List<(DataViewSchema.Column Column, ObjectMember Member)> members = [];

    public ObjectReader(DataViewSchema schema, bool ignoresMissingColumns, SchemaDefinition definition)
    {
        foreach (var wanted in ObjectColumn.OfType(typeof(TRow), definition, SchemaDefinition.Direction.Write))
        {
            if (schema.GetColumnOrNull(wanted.Name) is not { } column)
            {
                if (ignoresMissingColumns)
                {
                    continue;
                }

                throw Contracts.MissingColumn(nameof(schema), "", wanted.Name);
            }

            Contracts.Check(column.Type is VectorDataViewType == wanted.Member.IsVector && column.Type.ItemType().RawType == wanted.Member.ItemType,
                $"Column '{column.Name}' is a {column.Type}, which the member '{wanted.Member.Info.Name}', a {wanted.Member.Type}, cannot take.");
            members.Add((column, wanted.Member));
        }
    }

    public IEnumerable<DataViewSchema.Column> Columns => members.Select(bound => bound.Column);

    /// <summary>Fills an object from the row's current values.</summary>
    public Action<TRow> Bind(DataViewRow row)
    {
        var setters = members.Select(bound => ObjectSetters.Of<TRow>(row, row.Schema[bound.Column.Index], bound.Member)).ToArray();
        return target =>
        {
            foreach (var setter in setters)
            {
                setter(target);
            }
        };
    }

    public IEnumerable<TRow> ReadAll(IDataView data, bool reusesObject, Func<TRow> create)
    {
        using var cursor = data.GetRowCursor(Columns);
        var fill = Bind(cursor);
        TRow row = null;
        while (cursor.MoveNext())
        {
            if (row is null || !reusesObject)
            {
                row = create();
            }

            fill(row);
            yield return row;
        }
    }
}
