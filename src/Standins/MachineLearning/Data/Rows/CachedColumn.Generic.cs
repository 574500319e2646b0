namespace Microsoft.ML.Data;

internal sealed class CachedColumn<T>(ValueGetter<T> getter, CachedColumn<T>.Copy copy) : CachedColumn
{
    private readonly List<T> _values = [];
    private T _value;

    public delegate void Copy(in T source, ref T destination);

    public override void Add()
    {
        getter(ref _value);
        T kept = default;
        copy(_value, ref kept);
        _values.Add(kept);
    }

    public override Delegate CreateGetter(Func<int> row) => (ValueGetter<T>)((ref T value) => copy(_values[row()], ref value));
}
