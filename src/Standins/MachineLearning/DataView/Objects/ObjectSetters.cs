using System.Reflection;

namespace Microsoft.ML.Data;

/// <summary>Writing of a row's columns into the members of an object.</summary>
internal static class ObjectSetters
{
    public static Action<TRow> Of<TRow>(DataViewRow row, DataViewSchema.Column column, ObjectMember member)
    {
        if (member.Type == typeof(string))
        {
            return Text<TRow>(row, column, member);
        }

        if (member.Type == typeof(string[]))
        {
            return Texts<TRow>(row, column, member);
        }

        var (name, item) = member.Type.IsArray ? (nameof(Array), member.Type.GetElementType())
            : member.IsVector ? (nameof(Buffer), member.Type.GetGenericArguments()[0])
            : (nameof(Value), member.Type);
        return (Action<TRow>)typeof(ObjectSetters).GetMethod(name, BindingFlags.NonPublic | BindingFlags.Static)
            .MakeGenericMethod(typeof(TRow), item).Invoke(null, [row, column, member]);
    }

    private static Action<TRow> Text<TRow>(DataViewRow row, DataViewSchema.Column column, ObjectMember member)
    {
        var get = row.GetGetter<ReadOnlyMemory<char>>(column);
        var write = MemberAccess<TRow>.Writer<string>(member.Info);
        ReadOnlyMemory<char> value = default;
        return target =>
        {
            get(ref value);
            write(target, value.ToString());
        };
    }

    private static Action<TRow> Texts<TRow>(DataViewRow row, DataViewSchema.Column column, ObjectMember member)
    {
        var get = row.GetGetter<VBuffer<ReadOnlyMemory<char>>>(column);
        var read = ReaderOrNull<TRow, string[]>(member.Info);
        var write = MemberAccess<TRow>.Writer<string[]>(member.Info);
        VBuffer<ReadOnlyMemory<char>> value = default;
        return target =>
        {
            get(ref value);
            var texts = value.Length == 0 ? read?.Invoke(target) : null;
            if ((texts?.Length ?? 0) != value.Length)
            {
                texts = [.. value.DenseValues().Select(text => text.ToString())];
            }

            write(target, texts);
        };
    }

    // The array that the object already has is used again where its length fits; an empty vector makes none.
    private static Action<TRow> Array<TRow, TItem>(DataViewRow row, DataViewSchema.Column column, ObjectMember member)
    {
        var get = row.GetGetter<VBuffer<TItem>>(column);
        var read = ReaderOrNull<TRow, TItem[]>(member.Info);
        var write = MemberAccess<TRow>.Writer<TItem[]>(member.Info);
        VBuffer<TItem> value = default;
        return target =>
        {
            get(ref value);
            var items = read?.Invoke(target);
            if ((items?.Length ?? 0) != value.Length)
            {
                items = new TItem[value.Length];
            }

            value.CopyTo(items);
            write(target, items);
        };
    }

    private static Action<TRow> Buffer<TRow, TItem>(DataViewRow row, DataViewSchema.Column column, ObjectMember member)
    {
        var get = row.GetGetter<VBuffer<TItem>>(column);
        var read = ReaderOrNull<TRow, VBuffer<TItem>>(member.Info);
        var write = MemberAccess<TRow>.Writer<VBuffer<TItem>>(member.Info);
        return target =>
        {
            var value = read is null ? default : read(target);
            get(ref value);
            write(target, value);
        };
    }

    private static Action<TRow> Value<TRow, TValue>(DataViewRow row, DataViewSchema.Column column, ObjectMember member)
    {
        var get = row.GetGetter<TValue>(column);
        var write = MemberAccess<TRow>.Writer<TValue>(member.Info);
        TValue value = default;
        return target =>
        {
            get(ref value);
            write(target, value);
        };
    }

    private static Func<TRow, TValue> ReaderOrNull<TRow, TValue>(MemberInfo info) =>
        info is PropertyInfo { CanRead: false } ? null : MemberAccess<TRow>.Reader<TValue>(info);
}
