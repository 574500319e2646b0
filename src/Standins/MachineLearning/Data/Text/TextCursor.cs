namespace Microsoft.ML.Data.Text;

/// <summary>Moves through a text file; reads the fields of the active columns.</summary>
internal sealed class TextCursor : DataViewRowCursor
{
    private readonly TextSchema schema;
    private readonly TextColumn[] columns;
    private readonly TextFields fields;
    private readonly IEnumerator<(long Number, string Text)> lines;
    private readonly int fieldsNeeded;
    private long position = -1;

    public TextCursor(string path, TextFormat format, TextSchema schema, IEnumerable<DataViewSchema.Column> columnsNeeded)
    {
        this.schema = schema;
        fields = new TextFields(format);
        lines = TextLines.Read(path, format).GetEnumerator();
        columns = new TextColumn[schema.Schema.Count];
        foreach (var column in columnsNeeded)
        {
            columns[column.Index] = TextColumn.Create(column.Name, schema.Types[column.Index], schema.Sources[column.Index], format);
            fieldsNeeded = Math.Max(fieldsNeeded, schema.Sources[column.Index].Max() + 1);
        }
    }

    public override DataViewSchema Schema => schema.Schema;

    public override long Position => position;

    public override long Batch => 0;

    public override bool MoveNext()
    {
        if (!lines.MoveNext())
        {
            position = -1;
            return false;
        }

        position++;
        fields.Split(lines.Current.Text, fieldsNeeded);
        foreach (var column in columns)
        {
            column?.Read(fields, lines.Current.Number);
        }

        return true;
    }

    public override ValueGetter<DataViewRowId> GetIdGetter() => (ref DataViewRowId value) =>
    {
        CheckPosition();
        value = new DataViewRowId((ulong)position, 0);
    };

    public override bool IsColumnActive(DataViewSchema.Column column) => columns[column.Index] is not null;

    public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
    {
        Contracts.CheckParam(column.Index < columns.Length, nameof(column), $"The file has {columns.Length} columns, but {column.Index} was asked for.");
        Contracts.Check(IsColumnActive(column), $"Column '{column.Name}' was not asked for when the cursor was made.");
        if (columns[column.Index] is not ITextColumn<TValue> typed)
        {
            throw new InvalidOperationException($"Invalid TValue in GetGetter: '{typeof(TValue)}', expected type: '{column.Type.RawType}'.");
        }

        return (ref TValue value) =>
        {
            CheckPosition();
            typed.CopyTo(ref value);
        };
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            lines.Dispose();
        }

        base.Dispose(disposing);
    }

    private void CheckPosition() => Contracts.Check(position >= 0, "The cursor stands before the first row or after the last one.");
}
