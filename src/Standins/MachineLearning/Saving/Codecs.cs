namespace Microsoft.ML.Data;

/// <summary>Values in model files.</summary>
internal static class Codecs
{
    // A file holds the place of a type in this list: add at its end only.
    private static readonly PrimitiveDataViewType[] Types =
    [
        .. Enum.GetValues<DataKind>().Select(PrimitiveTypes.Of),
        RowIdDataViewType.Instance,
    ];

    private static readonly Dictionary<Type, object> ByRawType = new()
    {
        [typeof(sbyte)] = new Codec<sbyte>((writer, value) => writer.Write(value), reader => reader.ReadSByte()),
        [typeof(byte)] = new Codec<byte>((writer, value) => writer.Write(value), reader => reader.ReadByte()),
        [typeof(short)] = new Codec<short>((writer, value) => writer.Write(value), reader => reader.ReadInt16()),
        [typeof(ushort)] = new Codec<ushort>((writer, value) => writer.Write(value), reader => reader.ReadUInt16()),
        [typeof(int)] = new Codec<int>((writer, value) => writer.Write(value), reader => reader.ReadInt32()),
        [typeof(uint)] = new Codec<uint>((writer, value) => writer.Write(value), reader => reader.ReadUInt32()),
        [typeof(long)] = new Codec<long>((writer, value) => writer.Write(value), reader => reader.ReadInt64()),
        [typeof(ulong)] = new Codec<ulong>((writer, value) => writer.Write(value), reader => reader.ReadUInt64()),
        [typeof(float)] = new Codec<float>((writer, value) => writer.Write(value), reader => reader.ReadSingle()),
        [typeof(double)] = new Codec<double>((writer, value) => writer.Write(value), reader => reader.ReadDouble()),
        [typeof(bool)] = new Codec<bool>((writer, value) => writer.Write(value), reader => reader.ReadBoolean()),
        [typeof(ReadOnlyMemory<char>)] = new Codec<ReadOnlyMemory<char>>((writer, value) => writer.Write(value.ToString()), reader => reader.ReadString().AsMemory()),
        [typeof(TimeSpan)] = new Codec<TimeSpan>((writer, value) => writer.Write(value.Ticks), reader => new TimeSpan(reader.ReadInt64())),
        [typeof(DateTime)] = new Codec<DateTime>((writer, value) => writer.Write(value.ToBinary()), reader => DateTime.FromBinary(reader.ReadInt64())),
        [typeof(DateTimeOffset)] = new Codec<DateTimeOffset>(
            (writer, value) =>
            {
                writer.Write(value.Ticks);
                writer.Write(value.Offset.Ticks);
            },
            reader => new DateTimeOffset(reader.ReadInt64(), new TimeSpan(reader.ReadInt64()))),
        [typeof(DataViewRowId)] = new Codec<DataViewRowId>(
            (writer, value) =>
            {
                writer.Write(value.Low);
                writer.Write(value.High);
            },
            reader => new DataViewRowId(reader.ReadUInt64(), reader.ReadUInt64())),
    };

    public static Codec<T> Of<T>() => (Codec<T>)ByRawType[typeof(T)];

    public static bool CanWrite(DataViewType type) => type.ItemType() is KeyDataViewType || Array.IndexOf(Types, type.ItemType()) >= 0;

    public static void WriteColumnType(this BinaryWriter writer, DataViewType type)
    {
        var dimensions = type is VectorDataViewType vector ? vector.Dimensions : [];
        writer.Write(dimensions.Length);
        foreach (var size in dimensions)
        {
            writer.Write(size);
        }

        var itemType = type.ItemType();
        writer.Write((byte)Array.IndexOf(Types, PrimitiveTypes.OfOrNull(itemType.RawType)));
        writer.Write(itemType is KeyDataViewType key ? key.Count : 0UL);
    }

    public static DataViewType ReadColumnType(this BinaryReader reader)
    {
        var dimensions = new int[reader.ReadCount()];
        for (var i = 0; i < dimensions.Length; i++)
        {
            dimensions[i] = reader.ReadInt32();
        }

        var place = reader.ReadByte();
        if (place >= Types.Length)
        {
            throw new FormatException($"The model file holds a column of type {place}, but there are {Types.Length} types.");
        }

        var count = reader.ReadUInt64();
        var itemType = count == 0 ? Types[place] : new KeyDataViewType(Types[place].RawType, count);
        return dimensions.Length == 0 ? itemType : new VectorDataViewType(itemType, dimensions);
    }

    public static void WriteValues<T>(this BinaryWriter writer, T[] values)
    {
        var codec = Of<T>();
        writer.Write(values.Length);
        foreach (var value in values)
        {
            codec.Write(writer, value);
        }
    }

    public static T[] ReadValues<T>(this BinaryReader reader)
    {
        var codec = Of<T>();
        var values = new T[reader.ReadCount()];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = codec.Read(reader);
        }

        return values;
    }

    public static void WriteStrings(this BinaryWriter writer, string[] values) => writer.WriteValues(Array.ConvertAll(values, value => value.AsMemory()));

    public static string[] ReadStrings(this BinaryReader reader) => Array.ConvertAll(reader.ReadValues<ReadOnlyMemory<char>>(), value => value.ToString());

    public static void WritePairs(this BinaryWriter writer, (string, string)[] pairs)
    {
        writer.WriteStrings(Array.ConvertAll(pairs, pair => pair.Item1));
        writer.WriteStrings(Array.ConvertAll(pairs, pair => pair.Item2));
    }

    public static (string, string)[] ReadPairs(this BinaryReader reader) => [.. reader.ReadStrings().Zip(reader.ReadStrings())];

    private static int ReadCount(this BinaryReader reader)
    {
        var count = reader.ReadInt32();
        return count >= 0 ? count : throw new FormatException($"The model file says that {count} values follow.");
    }
}
