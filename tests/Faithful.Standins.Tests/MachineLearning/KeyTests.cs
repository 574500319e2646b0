using Microsoft.ML;
using Microsoft.ML.Data;

namespace Faithful.Standins.Tests.MachineLearning;

/// <summary>Keys: columns count them from 1 and hold 0 for a missing one; objects that are loaded count from 0.</summary>
public sealed class KeyTests
{
    private readonly MLContext context = new(1);

    [Fact]
    public void An_object_counts_from_0_and_a_column_from_1()
    {
        IDataView data = context.Data.LoadFromEnumerable(new uint[] { 0, 1, 2 }.Select(key => new Row { Key = key }));
        Assert.Equal(new KeyDataViewType(typeof(uint), 3), data.Schema["Key"].Type);
        Assert.Equal([1u, 2u, 3u], data.GetColumn<uint>("Key"));
    }

    [Fact]
    public void What_lies_beyond_the_count_is_missing()
    {
        IDataView data = context.Data.LoadFromEnumerable(new uint[] { 2, 3, uint.MaxValue }.Select(key => new Row { Key = key }));
        Assert.Equal([3u, 0u, 0u], data.GetColumn<uint>("Key"));
    }

    [Fact]
    public void Objects_that_are_made_of_a_column_get_its_numbers_unchanged()
    {
        IDataView data = context.Data.LoadFromEnumerable(new[] { new Row { Key = 1, Byte = 4, Long = 6 } });
        Row row = context.Data.CreateEnumerable<Row>(data, false).Single();
        Assert.Equal((2u, (byte)5, 7ul), (row.Key, row.Byte, row.Long));
    }

    [Fact]
    public void Every_value_of_the_number_can_be_used()
    {
        IDataView data = context.Data.LoadFromEnumerable(new[] { new Row { Byte = 254, Long = 9 }, new Row { Byte = 255, Long = 10 } });
        Assert.Equal([255, 0], data.GetColumn<byte>("Byte").Select(key => (int)key));
        Assert.Equal([10ul, 0ul], data.GetColumn<ulong>("Long"));
    }

    [Fact]
    public void Keys_in_a_vector_are_not_shifted()
    {
        IDataView data = context.Data.LoadFromEnumerable(new[] { new VectorRow { Keys = [0, 1, 2] } });
        Assert.Equal("Vector<Key<UInt32, 0-2>, 3>", data.Schema["Keys"].Type.ToString());
        Assert.Equal([0u, 1u, 2u], data.GetColumn<uint[]>("Keys").Single());
    }

    [Fact]
    public void Keys_of_two_bytes_cannot_be_read_from_objects()
    {
        IDataView data = context.Data.LoadFromEnumerable(new[] { new ShortRow { Key = 1 } });
        Assert.ThrowsAny<Exception>(() => data.GetRowCursor(data.Schema));
    }

    [Fact]
    public void A_key_needs_a_count_and_an_unsigned_number()
    {
        Assert.Throws<NotSupportedException>(() => new KeyTypeAttribute());
        Assert.Throws<ArgumentOutOfRangeException>(() => context.Data.LoadFromEnumerable(Array.Empty<SignedRow>()));
    }

    private sealed class Row
    {
        [KeyType(3)]
        public uint Key { get; set; }

        [KeyType(255)]
        public byte Byte { get; set; }

        [KeyType(10)]
        public ulong Long { get; set; }
    }

    private sealed class VectorRow
    {
        [KeyType(3)]
        [VectorType(3)]
        public uint[]? Keys { get; set; }
    }

    private sealed class ShortRow
    {
        [KeyType(3)]
        public ushort Key { get; set; }
    }

    private sealed class SignedRow
    {
        [KeyType(3)]
        public int Key { get; set; }
    }
}
