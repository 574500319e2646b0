namespace Microsoft.ML.Data.Text;

/// <summary>The value of a column in the line that was read last.</summary>
internal interface ITextColumn<TValue>
{
    void CopyTo(ref TValue value);
}
