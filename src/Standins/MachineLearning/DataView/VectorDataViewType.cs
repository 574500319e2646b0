using System.Collections.Immutable;

namespace Microsoft.ML.Data;

/// <summary>Vectors of one item type, held as <see cref="VBuffer{T}"/>; a size of 0 means that it varies from row to row.</summary>
public sealed class VectorDataViewType : StructuredDataViewType
{
    public ImmutableArray<int> Dimensions { get; }

    public PrimitiveDataViewType ItemType { get; }

    public int Size { get; }

    public bool IsKnownSize => Size > 0;

    public VectorDataViewType(PrimitiveDataViewType itemType, int size = 0)
        : base(BufferType(itemType))
    {
        Contracts.CheckParam(size >= 0, nameof(size), $"The size of a vector is not negative, but {size} was given.");
        ItemType = itemType;
        Size = size;
        Dimensions = [size];
    }

    public VectorDataViewType(PrimitiveDataViewType itemType, params int[] dimensions)
        : this(itemType, ImmutableArray.Create(dimensions))
    {
    }

    public VectorDataViewType(PrimitiveDataViewType itemType, ImmutableArray<int> dimensions)
        : base(BufferType(itemType))
    {
        Contracts.CheckParam(dimensions.Length > 0, nameof(dimensions), "A vector has at least one dimension, but none was given.");
        Contracts.CheckParam(dimensions.All(size => size >= 0), nameof(dimensions),
            $"The dimensions of a vector are not negative, but {string.Join(" x ", dimensions)} were given.");
        ItemType = itemType;
        Dimensions = dimensions;
        Size = dimensions.Aggregate(1, (product, size) => checked(product * size));
    }

    public override bool Equals(DataViewType other) =>
        ReferenceEquals(other, this)
        || other is VectorDataViewType vector && vector.ItemType.Equals(ItemType) && vector.Dimensions.SequenceEqual(Dimensions);

    public override bool Equals(object other) => other is DataViewType type && Equals(type);

    public override int GetHashCode() => Dimensions.Aggregate(ItemType.GetHashCode(), HashCode.Combine);

    public override string ToString()
    {
        if (Dimensions.Length == 1)
        {
            return Size > 0 ? $"Vector<{ItemType}, {Size}>" : $"Vector<{ItemType}>";
        }

        return $"Vector<{ItemType}, {string.Join(", ", Dimensions.Select(size => size > 0 ? $"{size}" : "*"))}>";
    }

    private static Type BufferType(PrimitiveDataViewType itemType)
    {
        Contracts.CheckValue(itemType, nameof(itemType));
        return typeof(VBuffer<>).MakeGenericType(itemType.RawType);
    }
}
