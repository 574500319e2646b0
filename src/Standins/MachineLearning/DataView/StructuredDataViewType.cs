namespace Microsoft.ML.Data;

/// <summary>A type whose values have parts, or own something.</summary>
public abstract class StructuredDataViewType : DataViewType
{
    protected StructuredDataViewType(Type rawType)
        : base(rawType)
    {
    }
}
