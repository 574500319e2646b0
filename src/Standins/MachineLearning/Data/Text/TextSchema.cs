namespace Microsoft.ML.Data.Text;

/// <summary>The columns of a text file: their types, and the fields that they are read from.</summary>
internal sealed class TextSchema
{
    private readonly TextFields splitter;
    private readonly List<string> sample;
    private int inputSize;

    /// <summary>The first lines of the file, with its header, are the <paramref name="sample"/>; it may be empty.</summary>
    public TextSchema(TextLoader.Column[] columns, TextFormat format, List<string> sample)
    {
        splitter = new TextFields(format);
        this.sample = sample;
        inputSize = format.InputSize;
        if (columns is null or { Length: 0 })
        {
            columns =
            [
                new TextLoader.Column("Label", DataKind.Single, 0),
                new TextLoader.Column("Features", DataKind.Single, [new TextLoader.Range(1, null)]),
            ];
        }

        Sources = Array.ConvertAll(columns, FieldsOf);
        Types = columns.Zip(Sources, TypeOf).ToArray();
        var builder = new DataViewSchema.Builder();
        for (var i = 0; i < columns.Length; i++)
        {
            Contracts.CheckNonEmpty(columns[i].Name?.Trim(), nameof(TextLoader.Column.Name));
            builder.AddColumn(columns[i].Name.Trim(), Types[i], SlotNames(i, format.HasHeader));
        }

        Schema = builder.ToSchema();
    }

    public DataViewSchema Schema { get; }

    public DataViewType[] Types { get; }

    /// <summary>The fields of each column, in the order of its slots.</summary>
    public int[][] Sources { get; }

    private static DataViewType TypeOf(TextLoader.Column column, int[] fields)
    {
        var type = TextTypes.Of(column.DataKind, column.KeyCount);
        return fields.Length > 1 || column.Source[0].ForceVector || column.Source[0].AutoEnd ? new VectorDataViewType(type, fields.Length) : type;
    }

    private int[] FieldsOf(TextLoader.Column column)
    {
        Contracts.CheckParam(column.Source is { Length: > 0 }, nameof(TextLoader.Column.Source), "Must specify some source column indices");
        var fields = column.Source.SelectMany(FieldsOf).ToArray();
        Contracts.CheckParam(fields.Distinct().Count() == fields.Length, nameof(TextLoader.Column.Source),
            $"Intervals specified for column '{column.Name}' overlap");
        return fields;
    }

    private IEnumerable<int> FieldsOf(TextLoader.Range range)
    {
        if (range.AllOther || range.VariableEnd)
        {
            throw new NotSupportedException("This stand-in reads no ranges with AllOther or VariableEnd.");
        }

        Contracts.CheckParam(range.Min >= 0, nameof(range.Min), $"Must be non-negative, not {range.Min}.");
        Contracts.CheckParam(!(range.Max < range.Min), nameof(range.Max), $"Must not be less than Min {range.Min}, but is {range.Max}.");
        var last = range.Max ?? (range.AutoEnd ? InputSize() - 1 : range.Min);
        Contracts.CheckParam(range.Min <= last, nameof(range.Min), $"Column #{range.Min} not found in the dataset (it only has {last + 1} columns)");
        return Enumerable.Range(range.Min, last - range.Min + 1);
    }

    private int InputSize()
    {
        if (inputSize > 0)
        {
            return inputSize;
        }

        var sizes = sample.Select(SizeOf).Where(size => size > 0).Distinct().ToArray();
        Contracts.CheckParam(sizes.Length > 0, nameof(TextLoader.Column.Source), "Can't determine the number of source columns without valid data");
        Contracts.CheckParam(sizes.Length == 1, nameof(TextLoader.Column.Source), "The size of input lines is not consistent");
        return inputSize = sizes[0];
    }

    private int SizeOf(string line)
    {
        splitter.Split(line);
        return splitter.Count;
    }

    private DataViewSchema.Annotations SlotNames(int index, bool hasHeader)
    {
        if (!hasHeader || sample.Count == 0 || Types[index] is not VectorDataViewType vector)
        {
            return null;
        }

        splitter.Split(sample[0]);
        var names = Array.ConvertAll(Sources[index], field => splitter[field].ToString().Trim().AsMemory());
        if (Array.TrueForAll(names, name => name.IsEmpty))
        {
            return null;
        }

        var builder = new DataViewSchema.Annotations.Builder();
        builder.AddSlotNames(vector.Size, (ref VBuffer<ReadOnlyMemory<char>> value) =>
            VBuffer<ReadOnlyMemory<char>>.Copy(names, 0, ref value, names.Length));
        return builder.ToAnnotations();
    }
}
