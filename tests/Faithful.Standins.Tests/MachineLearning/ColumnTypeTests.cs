using Microsoft.ML.Data;

namespace Faithful.Standins.Tests.MachineLearning;

/// <summary>Types of columns: equality, what holds their values, what they may be made of.</summary>
public sealed class ColumnTypeTests
{
    [Fact]
    public void Simple_types_are_single_objects()
    {
        Assert.Same(NumberDataViewType.Single, NumberDataViewType.Single);
        Assert.Same(typeof(ReadOnlyMemory<char>), TextDataViewType.Instance.RawType);
        Assert.Same(typeof(bool), BooleanDataViewType.Instance.RawType);
        Assert.Same(typeof(DateTime), DateTimeDataViewType.Instance.RawType);
        Assert.Same(typeof(DateTimeOffset), DateTimeOffsetDataViewType.Instance.RawType);
        Assert.Same(typeof(TimeSpan), TimeSpanDataViewType.Instance.RawType);
        Assert.Same(typeof(DataViewRowId), RowIdDataViewType.Instance.RawType);
        Assert.False(NumberDataViewType.Single.Equals(NumberDataViewType.Double));
        Assert.False(TextDataViewType.Instance.Equals(null));
    }

    [Theory]
    [InlineData(typeof(sbyte), "SByte")]
    [InlineData(typeof(byte), "Byte")]
    [InlineData(typeof(short), "Int16")]
    [InlineData(typeof(ushort), "UInt16")]
    [InlineData(typeof(int), "Int32")]
    [InlineData(typeof(uint), "UInt32")]
    [InlineData(typeof(long), "Int64")]
    [InlineData(typeof(ulong), "UInt64")]
    [InlineData(typeof(float), "Single")]
    [InlineData(typeof(double), "Double")]
    public void A_number_type_is_called_as_in_the_framework(Type rawType, string name)
    {
        var type = (NumberDataViewType)typeof(NumberDataViewType).GetProperty(name)!.GetValue(null)!;
        Assert.Same(rawType, type.RawType);
        Assert.Equal(name, type.ToString());
    }

    [Fact]
    public void A_key_is_an_unsigned_number_with_a_count()
    {
        var key = new KeyDataViewType(typeof(uint), 5);
        Assert.Equal(5ul, key.Count);
        Assert.Same(typeof(uint), key.RawType);
        Assert.Equal(key, new KeyDataViewType(typeof(uint), 5ul));
        Assert.Equal(key.GetHashCode(), new KeyDataViewType(typeof(uint), 5).GetHashCode());
        Assert.False(key.Equals(new KeyDataViewType(typeof(uint), 6)));
        Assert.False(key.Equals(new KeyDataViewType(typeof(ulong), 5)));
        Assert.False(key.Equals(NumberDataViewType.UInt32));
        Assert.Equal("Key<UInt32, 0-4>", key.ToString());
        Assert.Equal(255ul, new KeyDataViewType(typeof(byte), 255).Count);
    }

    [Fact]
    public void A_key_that_its_number_cannot_hold_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new KeyDataViewType(typeof(int), 5));
        Assert.Throws<ArgumentOutOfRangeException>(() => new KeyDataViewType(typeof(uint), 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new KeyDataViewType(typeof(uint), -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new KeyDataViewType(typeof(byte), 256));
        Assert.True(KeyDataViewType.IsValidDataType(typeof(ushort)));
        Assert.False(KeyDataViewType.IsValidDataType(typeof(long)));
    }

    [Fact]
    public void A_vector_knows_its_item_type_and_sizes()
    {
        var vector = new VectorDataViewType(NumberDataViewType.Single, 6);
        Assert.Equal((6, true), (vector.Size, vector.IsKnownSize));
        Assert.Equal([6], vector.Dimensions.ToArray());
        Assert.Same(NumberDataViewType.Single, vector.ItemType);
        Assert.Same(typeof(VBuffer<float>), vector.RawType);
        Assert.Equal(vector, new VectorDataViewType(NumberDataViewType.Single, 6));
        Assert.False(vector.Equals(new VectorDataViewType(NumberDataViewType.Double, 6)));
        Assert.False(vector.Equals(new VectorDataViewType(NumberDataViewType.Single, 2, 3)));
        Assert.Equal("Vector<Single, 6>", vector.ToString());
        Assert.Equal("Vector<Single, 2, 3>", new VectorDataViewType(NumberDataViewType.Single, 2, 3).ToString());
        Assert.Equal(6, new VectorDataViewType(NumberDataViewType.Single, 2, 3).Size);
    }

    [Fact]
    public void A_vector_of_size_0_varies_from_row_to_row()
    {
        var vector = new VectorDataViewType(TextDataViewType.Instance);
        Assert.Equal((0, false), (vector.Size, vector.IsKnownSize));
        Assert.Equal("Vector<String>", vector.ToString());
        Assert.Equal("Vector<Single, *, 3>", new VectorDataViewType(NumberDataViewType.Single, 0, 3).ToString());
        Assert.Throws<ArgumentOutOfRangeException>(() => new VectorDataViewType(NumberDataViewType.Single, -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new VectorDataViewType(NumberDataViewType.Single, 2, -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new VectorDataViewType(NumberDataViewType.Single, Array.Empty<int>()));
        Assert.Throws<ArgumentNullException>(() => new VectorDataViewType(null, 2));
    }

    [Fact]
    public void Row_identities_are_ordered_and_branch()
    {
        var id = new DataViewRowId(3, 1);
        Assert.Equal("00000000000000010000000000000003", id.ToString());
        Assert.True(id.CompareTo(new DataViewRowId(4, 1)) < 0);
        Assert.True(id.CompareTo(new DataViewRowId(9, 0)) > 0);
        Assert.Equal(id, new DataViewRowId(3, 1));
        DataViewRowId[] all = [id, id.Next(), id.Fork(), id.Next().Fork(), id.Fork().Next(), id.Combine(id.Next()), id.Next().Combine(id)];
        Assert.Equal(all.Length, all.Distinct().Count());
        Assert.Equal(id.Next(), new DataViewRowId(3, 1).Next());
    }
}
