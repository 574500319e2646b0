namespace Microsoft.ML.Data;

/// <summary>A vector of columns behind each other. Its slots bear the names of scalar columns, or column and slot with a point between.</summary>
public sealed class ColumnConcatenatingTransformer : RowToRowTransformerBase, ISavedStep
{
    internal const string Kind = "ColumnConcatenating";

    private readonly string name;
    private readonly string[] sources;

    internal ColumnConcatenatingTransformer(string outputColumnName, params string[] inputColumnNames)
    {
        name = outputColumnName;
        sources = inputColumnNames;
    }

    string ISavedStep.Kind => Kind;

    internal static ColumnConcatenatingTransformer Read(BinaryReader reader) => new(reader.ReadString(), reader.ReadStrings());

    private protected override void SaveModel(ModelSaveContext ctx) => ctx.Write(this);

    void ISavedStep.Write(BinaryWriter writer)
    {
        writer.Write(name);
        writer.WriteStrings(sources);
    }

    private protected override IRowMapper MakeRowMapper(DataViewSchema schema)
    {
        var columns = Array.ConvertAll(sources, source => schema.GetColumnOrNull(source)
            ?? throw Contracts.MissingColumn("inputSchema", "input", source));
        var itemType = columns[0].Type.ItemType();
        foreach (var column in columns)
        {
            if (!column.Type.ItemType().Equals(itemType))
            {
                throw Contracts.SchemaMismatch("inputSchema", "input", column.Name, itemType.ToString(), column.Type.ToString());
            }
        }

        var inputs = Array.ConvertAll(columns, column => column.Index);
        if (columns is [{ Type: VectorDataViewType } only])
        {
            return new ColumnMapper(new MappedColumn(new DataViewSchema.DetachedColumn(name, only.Type, only.Annotations), inputs,
                row => RawTypes.Call<Delegate>(typeof(ColumnConcatenatingTransformer), nameof(Getter), only.Type.RawType, row, only.Index)));
        }

        var sizes = Array.ConvertAll(columns, column => column.Type is VectorDataViewType vector ? vector.Size : 1);
        var type = new VectorDataViewType((PrimitiveDataViewType)itemType, sizes.Contains(0) ? 0 : sizes.Sum());
        return new ColumnMapper(new MappedColumn(new DataViewSchema.DetachedColumn(name, type, AnnotationsOf(columns, type)), inputs,
            row => RawTypes.Call<Delegate>(typeof(ColumnConcatenatingTransformer), nameof(ConcatenatingGetter), itemType.RawType, row, columns)));
    }

    private static ValueGetter<T> Getter<T>(DataViewRow row, int index) => row.GetGetter<T>(row.Schema[index]);

    private static ValueGetter<VBuffer<T>> ConcatenatingGetter<T>(DataViewRow row, DataViewSchema.Column[] columns)
    {
        var parts = Array.ConvertAll(columns, column => PartGetter<T>(row, column));
        var buffers = new VBuffer<T>[parts.Length];
        return (ref VBuffer<T> value) =>
        {
            var (length, held) = (0, 0);
            for (var i = 0; i < parts.Length; i++)
            {
                parts[i](ref buffers[i]);
                length += buffers[i].Length;
                held += buffers[i].GetValues().Length;
            }

            if (held > length / 2)
            {
                Join(buffers, length, ref value);
            }
            else
            {
                JoinSparse(buffers, length, held, ref value);
            }
        };
    }

    private static ValueGetter<VBuffer<T>> PartGetter<T>(DataViewRow row, DataViewSchema.Column column)
    {
        if (column.Type is VectorDataViewType vector)
        {
            var getter = row.GetGetter<VBuffer<T>>(row.Schema[column.Index]);
            return (ref VBuffer<T> value) =>
            {
                getter(ref value);
                Contracts.Check(vector.Size == 0 || vector.Size == value.Length, $"Column '{column.Name}': expected {vector.Size} slots, but got {value.Length}");
            };
        }

        var scalar = row.GetGetter<T>(row.Schema[column.Index]);
        var values = new T[1];
        return (ref VBuffer<T> value) =>
        {
            scalar(ref values[0]);
            value = new VBuffer<T>(1, values);
        };
    }

    private static void Join<T>(VBuffer<T>[] parts, int length, ref VBuffer<T> value)
    {
        var editor = VBufferEditor.Create(ref value, length);
        var offset = 0;
        foreach (var part in parts)
        {
            part.CopyTo(editor.Values, offset);
            offset += part.Length;
        }

        value = editor.Commit();
    }

    private static void JoinSparse<T>(VBuffer<T>[] parts, int length, int held, ref VBuffer<T> value)
    {
        var editor = VBufferEditor.Create(ref value, length, held);
        var (offset, next) = (0, 0);
        foreach (var part in parts)
        {
            var values = part.GetValues();
            var indices = part.GetIndices();
            for (var i = 0; i < values.Length; i++, next++)
            {
                editor.Values[next] = values[i];
                editor.Indices[next] = offset + (part.IsDense ? i : indices[i]);
            }

            offset += part.Length;
        }

        value = editor.Commit();
    }

    private static DataViewSchema.Annotations AnnotationsOf(DataViewSchema.Column[] columns, VectorDataViewType type)
    {
        var builder = new DataViewSchema.Annotations.Builder();
        if (type.ItemType is NumberDataViewType && Array.TrueForAll(columns, column => column.IsNormalized()))
        {
            builder.Add(AnnotationKinds.IsNormalized, BooleanDataViewType.Instance, (ref bool value) => value = true);
        }

        if (type.Size > 0 && columns.Any(column => column.Type is not VectorDataViewType || column.HasSlotNames()))
        {
            builder.AddSlotNames(type.Size, (ref VBuffer<ReadOnlyMemory<char>> value) =>
            {
                var names = columns.SelectMany(SlotNamesOf).ToArray();
                value = new VBuffer<ReadOnlyMemory<char>>(names.Length, names);
            });
        }

        return builder.ToAnnotations();
    }

    private static IEnumerable<ReadOnlyMemory<char>> SlotNamesOf(DataViewSchema.Column column)
    {
        if (column.Type is not VectorDataViewType vector)
        {
            return [column.Name.AsMemory()];
        }

        if (!column.HasSlotNames())
        {
            return new ReadOnlyMemory<char>[vector.Size];
        }

        VBuffer<ReadOnlyMemory<char>> names = default;
        column.GetSlotNames(ref names);
        return names.DenseValues().Select(name => name.IsEmpty ? default : $"{column.Name}.{name}".AsMemory());
    }
}
