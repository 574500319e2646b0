namespace Microsoft.ML.Data.Text;

/// <summary>Moves through a text file; reads the fields of the active columns.</summary>
internal sealed class TextCursor : DataViewRowCursor
{
    private readonly TextSchema _schema;
    private readonly TextColumn[] _columns;
    private readonly TextFields _fields;
    private readonly IEnumerator<(long Number, string Text)> _lines;
    private readonly int _fieldsNeeded;
    private long _position = -1;

    public TextCursor(string path, TextFormat format, TextSchema schema, IEnumerable<DataViewSchema.Column> columnsNeeded)
    {
        _schema = schema;
        _fields = new TextFields(format);
        _lines = TextLines.Read(path, format).GetEnumerator();
        _columns = new TextColumn[schema.Schema.Count];
        foreach (var column in columnsNeeded)
        {
            _columns[column.Index] = TextColumn.Create(column.Name, schema.Types[column.Index], schema.Sources[column.Index], format);
            _fieldsNeeded = Math.Max(_fieldsNeeded, schema.Sources[column.Index].Max() + 1);
        }
    }

    public override DataViewSchema Schema => _schema.Schema;

    public override long Position => _position;

    public override long Batch => 0;

    public override bool MoveNext()
    {
        if (!_lines.MoveNext())
        {
            _position = -1;
            return false;
        }

        _position++;
        _fields.Split(_lines.Current.Text, _fieldsNeeded);
        foreach (var column in _columns)
            column?.Read(_fields, _lines.Current.Number);
        return true;
    }

    public override ValueGetter<DataViewRowId> GetIdGetter() => (ref DataViewRowId value) =>
    {
        CheckPosition();
        value = new DataViewRowId((ulong)_position, 0);
    };

    public override bool IsColumnActive(DataViewSchema.Column column) => _columns[column.Index] is not null;

    public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
    {
        Contracts.CheckParam(column.Index < _columns.Length, nameof(column), $"The file has {_columns.Length} columns, but {column.Index} was asked for.");
        Contracts.Check(IsColumnActive(column), $"Column '{column.Name}' was not asked for when the cursor was made.");
        if (_columns[column.Index] is not ITextColumn<TValue> typed)
            throw new InvalidOperationException($"Invalid TValue in GetGetter: '{typeof(TValue)}', expected type: '{column.Type.RawType}'.");
        return (ref TValue value) =>
        {
            CheckPosition();
            typed.CopyTo(ref value);
        };
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _lines.Dispose();
        base.Dispose(disposing);
    }

    private void CheckPosition() => Contracts.Check(_position >= 0, "The cursor stands before the first row or after the last one.");
}
