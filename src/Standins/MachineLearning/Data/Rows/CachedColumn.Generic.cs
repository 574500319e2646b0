namespace Microsoft.ML.Data;

internal sealed class CachedColumn<T>(ValueGetter<T> getter, CachedColumn<T>.Copy copy) : CachedColumn
{
    private readonly List<T> values = [];
    private T current;

    public delegate void Copy(in T source, ref T destination);

    public override void Add()
    {
        getter(ref current);
        T kept = default;
        copy(current, ref kept);
        values.Add(kept);
    }

    public override Delegate CreateGetter(Func<int> row) => (ValueGetter<T>)((ref T value) => copy(values[row()], ref value));
}
