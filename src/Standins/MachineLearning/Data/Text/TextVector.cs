namespace Microsoft.ML.Data.Text;

internal sealed class TextVector<T>(string name, DataViewType itemType, int[] source, TextFormat format)
    : TextItems<T>(name, itemType, format), ITextColumn<VBuffer<T>>
{
    private readonly T[] values = new T[source.Length];

    public override void Read(TextFields fields, long line)
    {
        for (var i = 0; i < source.Length; i++)
        {
            values[i] = Read(fields[source[i]], line);
        }
    }

    public void CopyTo(ref VBuffer<T> value) => VBuffer<T>.Copy(values, 0, ref value, values.Length);
}
