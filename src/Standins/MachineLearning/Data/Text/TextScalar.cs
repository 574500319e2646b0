namespace Microsoft.ML.Data.Text;

internal sealed class TextScalar<T>(string name, DataViewType itemType, int[] source, TextFormat format)
    : TextItems<T>(name, itemType, format), ITextColumn<T>
{
    private T current;

    public override void Read(TextFields fields, long line) => current = Read(fields[source[0]], line);

    public void CopyTo(ref T value) => value = current;
}
