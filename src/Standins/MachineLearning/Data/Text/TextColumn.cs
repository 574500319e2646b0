namespace Microsoft.ML.Data.Text;

/// <summary>Reads one column.</summary>
internal abstract class TextColumn
{
    public abstract void Read(TextFields fields, long line);

    public static TextColumn Create(string name, DataViewType type, int[] source, TextFormat format)
    {
        var generic = type is VectorDataViewType ? typeof(TextVector<>) : typeof(TextScalar<>);
        return (TextColumn)Activator.CreateInstance(generic.MakeGenericType(type.ItemType().RawType), name, type.ItemType(), source, format);
    }
}
