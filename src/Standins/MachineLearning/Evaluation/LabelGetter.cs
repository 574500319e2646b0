namespace Microsoft.ML.Data;

/// <summary>Labels of every type as numbers: a key counts from 0, a missing one is NaN, true is 1.</summary>
internal static class LabelGetter
{
    public static ValueGetter<float> Of(DataViewRow row, DataViewSchema.Column label)
    {
        if (label.Type is KeyDataViewType key)
        {
            var getter = KeyGetter.Scalar(row, label);
            var number = 0UL;
            return (ref float value) =>
            {
                getter(ref number);
                value = number > 0 && number <= key.Count ? number - 1 : float.NaN;
            };
        }

        return label.Type switch
        {
            BooleanDataViewType => Converted<bool>(row, label, value => value ? 1 : 0),
            NumberDataViewType when label.Type == NumberDataViewType.Single => row.GetGetter<float>(label),
            NumberDataViewType when label.Type == NumberDataViewType.Double => Converted<double>(row, label, value => (float)value),
            _ => throw new InvalidOperationException(
                $"Only floating point number, boolean, and key type values can be used as label, but '{label.Name}' is {label.Type}."),
        };
    }

    private static ValueGetter<float> Converted<T>(DataViewRow row, DataViewSchema.Column label, Func<T, float> convert)
    {
        var getter = row.GetGetter<T>(label);
        T source = default;
        return (ref float value) =>
        {
            getter(ref source);
            value = convert(source);
        };
    }
}
