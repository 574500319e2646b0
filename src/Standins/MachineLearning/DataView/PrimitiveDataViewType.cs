namespace Microsoft.ML.Data;

/// <summary>A type whose values are copied by assignment and need no disposal.</summary>
public abstract class PrimitiveDataViewType : DataViewType
{
    protected PrimitiveDataViewType(Type rawType)
        : base(rawType)
    {
        if (typeof(IDisposable).IsAssignableFrom(rawType))
        {
            throw new ArgumentException($"A {nameof(PrimitiveDataViewType)} holds values that need no disposal; {rawType} does.", nameof(rawType));
        }
    }
}
