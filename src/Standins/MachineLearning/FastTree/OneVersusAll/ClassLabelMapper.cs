namespace Microsoft.ML.Data;

/// <summary>Hides a key behind whether it is one certain value; a missing key is not.</summary>
internal sealed class ClassLabelMapper(DataViewSchema.Column label, uint key) : IRowMapper
{
    public DataViewSchema.DetachedColumn[] GetOutputColumns() => [new(label.Name, BooleanDataViewType.Instance)];

    public Func<int, bool> GetDependencies(Func<int, bool> activeOutput)
    {
        var isActive = activeOutput(0);
        return index => isActive && index == label.Index;
    }

    public Delegate[] CreateGetters(DataViewRow input, Func<int, bool> activeOutput)
    {
        if (!activeOutput(0))
            return [null];
        var get = input.GetGetter<uint>(input.Schema[label.Index]);
        var value = 0u;
        return
        [
            (ValueGetter<bool>)((ref bool isClass) =>
            {
                get(ref value);
                isClass = value == key;
            }),
        ];
    }
}
