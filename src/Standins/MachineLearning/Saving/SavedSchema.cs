namespace Microsoft.ML.Data;

/// <summary>Schemas in model files. Columns and annotations of types that a file cannot hold are left out.</summary>
internal static class SavedSchema
{
    public static void WriteSchema(this BinaryWriter writer, DataViewSchema schema)
    {
        var columns = schema.Where(column => Codecs.CanWrite(column.Type)).ToArray();
        writer.Write(columns.Length);
        foreach (var column in columns)
        {
            writer.Write(column.Name);
            writer.WriteColumnType(column.Type);
            var kinds = column.Annotations.Schema.Where(kind => Codecs.CanWrite(kind.Type)).ToArray();
            writer.Write(kinds.Length);
            foreach (var kind in kinds)
            {
                writer.Write(kind.Name);
                writer.WriteColumnType(kind.Type);
                RawTypes.Call<object>(typeof(SavedSchema), kind.Type is VectorDataViewType ? nameof(WriteVector) : nameof(WriteScalar),
                    kind.Type.ItemType().RawType, writer, column.Annotations, kind);
            }
        }
    }

    public static DataViewSchema ReadSchema(this BinaryReader reader)
    {
        var builder = new DataViewSchema.Builder();
        for (var columns = reader.ReadInt32(); columns > 0; columns--)
        {
            var (name, type) = (reader.ReadString(), reader.ReadColumnType());
            var annotations = new DataViewSchema.Annotations.Builder();
            for (var kinds = reader.ReadInt32(); kinds > 0; kinds--)
            {
                var (kind, kindType) = (reader.ReadString(), reader.ReadColumnType());
                annotations.Add(kind, kindType, RawTypes.Call<Delegate>(typeof(SavedSchema),
                    kindType is VectorDataViewType ? nameof(ReadVector) : nameof(ReadScalar), kindType.ItemType().RawType, reader));
            }

            builder.AddColumn(name, type, annotations.ToAnnotations());
        }

        return builder.ToSchema();
    }

    private static object WriteScalar<T>(BinaryWriter writer, DataViewSchema.Annotations annotations, DataViewSchema.Column kind)
    {
        T value = default;
        annotations.GetGetter<T>(kind)(ref value);
        Codecs.Of<T>().Write(writer, value);
        return null;
    }

    private static object WriteVector<T>(BinaryWriter writer, DataViewSchema.Annotations annotations, DataViewSchema.Column kind)
    {
        VBuffer<T> value = default;
        annotations.GetGetter<VBuffer<T>>(kind)(ref value);
        writer.WriteValues(value.DenseValues().ToArray());
        return null;
    }

    private static ValueGetter<T> ReadScalar<T>(BinaryReader reader)
    {
        var read = Codecs.Of<T>().Read(reader);
        return (ref T value) => value = read;
    }

    private static ValueGetter<VBuffer<T>> ReadVector<T>(BinaryReader reader)
    {
        var read = reader.ReadValues<T>();
        return (ref VBuffer<T> value) => VBuffer<T>.Copy(read, 0, ref value, read.Length);
    }
}
