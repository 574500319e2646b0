using System.Numerics;
using System.Reflection;

namespace Microsoft.ML.Data;

/// <summary>Getters of columns over the members of an object.</summary>
internal static class ObjectGetters
{
    /// <summary>For each active column the getter over the current object, otherwise null.</summary>
    public static Delegate[] Of<TRow>(IReadOnlyList<ObjectColumn> columns, Func<int, bool> isActive, Func<TRow> current)
    {
        var getters = new Delegate[columns.Count];
        for (var i = 0; i < getters.Length; i++)
        {
            if (isActive(i))
            {
                getters[i] = (Delegate)GenericMethod(nameof(OfMember), typeof(TRow), columns[i].Member.Type).Invoke(null, [columns[i], current]);
            }
        }

        return getters;
    }

    /// <summary>A getter over one member; a shifted key stands in objects from 0 on, in columns from 1 on.</summary>
    public static Delegate Of<TRow, TMember>(DataViewType type, bool isKeyShifted, Func<TRow, TMember> read, Func<TRow> current)
    {
        if (typeof(TMember) == typeof(string))
        {
            return TextGetter((Func<TRow, string>)(Delegate)read, current);
        }

        if (typeof(TMember) == typeof(string[]))
        {
            return TextsGetter((Func<TRow, string[]>)(Delegate)read, current);
        }

        if (typeof(TMember).IsArray)
        {
            return (Delegate)GenericMethod(nameof(ArrayGetter), typeof(TRow), typeof(TMember).GetElementType()).Invoke(null, [read, current]);
        }

        if (type is VectorDataViewType vector)
        {
            return (Delegate)GenericMethod(nameof(BufferGetter), typeof(TRow), vector.ItemType.RawType).Invoke(null, [read, current]);
        }

        if (isKeyShifted && type is KeyDataViewType key)
        {
            Contracts.Check(key.RawType != typeof(ushort), $"Keys held as UInt16 cannot be read from objects; use Byte, UInt32 or UInt64 for {key}.");
            return (Delegate)GenericMethod(nameof(KeyGetter), typeof(TRow), typeof(TMember)).Invoke(null, [read, current, key.Count]);
        }

        return (ValueGetter<TMember>)((ref TMember value) => value = read(current()));
    }

    private static Delegate OfMember<TRow, TMember>(ObjectColumn column, Func<TRow> current) =>
        Of(column.Type, isKeyShifted: true, MemberAccess<TRow>.Reader<TMember>(column.Member.Info), current);

    private static ValueGetter<ReadOnlyMemory<char>> TextGetter<TRow>(Func<TRow, string> read, Func<TRow> current) =>
        (ref ReadOnlyMemory<char> value) => value = read(current()).AsMemory();

    private static ValueGetter<VBuffer<ReadOnlyMemory<char>>> TextsGetter<TRow>(Func<TRow, string[]> read, Func<TRow> current) =>
        (ref VBuffer<ReadOnlyMemory<char>> value) =>
        {
            var texts = read(current()) ?? [];
            var editor = VBufferEditor.Create(ref value, texts.Length);
            for (var i = 0; i < texts.Length; i++)
            {
                editor.Values[i] = texts[i].AsMemory();
            }

            value = editor.Commit();
        };

    private static ValueGetter<VBuffer<TItem>> ArrayGetter<TRow, TItem>(Func<TRow, TItem[]> read, Func<TRow> current) =>
        (ref VBuffer<TItem> value) =>
        {
            var items = read(current()) ?? [];
            var editor = VBufferEditor.Create(ref value, items.Length);
            items.CopyTo(editor.Values);
            value = editor.Commit();
        };

    private static ValueGetter<VBuffer<TItem>> BufferGetter<TRow, TItem>(Func<TRow, VBuffer<TItem>> read, Func<TRow> current) =>
        (ref VBuffer<TItem> value) => read(current()).CopyTo(ref value);

    private static ValueGetter<TKey> KeyGetter<TRow, TKey>(Func<TRow, TKey> read, Func<TRow> current, ulong count)
        where TKey : IBinaryInteger<TKey> =>
        (ref TKey value) =>
        {
            var index = read(current());
            value = ulong.CreateChecked(index) < count ? index + TKey.One : TKey.Zero;
        };

    private static MethodInfo GenericMethod(string name, params Type[] types) =>
        typeof(ObjectGetters).GetMethod(name, BindingFlags.NonPublic | BindingFlags.Static).MakeGenericMethod(types);
}
