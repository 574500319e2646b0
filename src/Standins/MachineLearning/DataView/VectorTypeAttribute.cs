namespace Microsoft.ML.Data;

/// <summary>The sizes of a vector; without them they vary from row to row.</summary>
[AttributeUsage(AttributeTargets.Field | AttributeTargets.Property, AllowMultiple = false, Inherited = true)]
public sealed class VectorTypeAttribute : Attribute
{
    public VectorTypeAttribute()
    {
    }

    public VectorTypeAttribute(int size)
    {
        Contracts.CheckParam(size >= 0, nameof(size), $"The size of a vector is not negative, but {size} was given.");
        Dimensions = [size];
    }

    public VectorTypeAttribute(params int[] dimensions)
    {
        foreach (var size in dimensions)
        {
            Contracts.CheckParam(size >= 0, nameof(dimensions), $"The dimensions of a vector are not negative, but {size} was given.");
        }

        Dimensions = dimensions;
    }

    internal int[] Dimensions { get; }
}
