namespace Microsoft.ML.Data.Text;

/// <summary>The types of columns of a text file.</summary>
internal static class TextTypes
{
    private static readonly Dictionary<Type, DataKind> KindByRawType = Enum.GetValues<DataKind>().ToDictionary(kind => PrimitiveTypes.Of(kind).RawType);

    public static bool TryGetKind(Type type, out DataKind kind) => KindByRawType.TryGetValue(type == typeof(string) ? typeof(ReadOnlyMemory<char>) : type, out kind);

    public static PrimitiveDataViewType Of(DataKind kind, KeyCount key)
    {
        var type = PrimitiveTypes.Of(kind == default ? DataKind.Single : kind);
        if (key is null)
        {
            return type;
        }

        Contracts.CheckParam(KeyDataViewType.IsValidDataType(type.RawType), nameof(TextLoader.Column.KeyCount),
            $"A key is held as Byte, UInt16, UInt32 or UInt64, not as {type}.");
        return new KeyDataViewType(type.RawType, key.Count ?? Largest(type.RawType));
    }

    private static ulong Largest(Type type) =>
        type == typeof(byte) ? byte.MaxValue : type == typeof(ushort) ? ushort.MaxValue : type == typeof(uint) ? uint.MaxValue : ulong.MaxValue;
}
