using Microsoft.ML.Data;

namespace Faithful.Standins.Tests.MachineLearning;

/// <summary>Vectors, dense and sparse: what a sparse one does not hold is the default value of its type.</summary>
public sealed class VBufferTests
{
    private static VBuffer<float> Dense => new(4, [1, 0, 3, 4]);

    private static VBuffer<float> Sparse => new(6, 2, [5f, 7f], [1, 4]);

    [Fact]
    public void An_empty_buffer_is_dense()
    {
        VBuffer<float> buffer = default;
        Assert.Equal((0, true), (buffer.Length, buffer.IsDense));
        Assert.Empty(buffer.DenseValues());
        Assert.True(buffer.GetValues().IsEmpty);
    }

    [Fact]
    public void A_dense_buffer_holds_all_values()
    {
        Assert.Equal((4, true), (Dense.Length, Dense.IsDense));
        Assert.Equal([1, 0, 3, 4], Dense.GetValues().ToArray());
        Assert.True(Dense.GetIndices().IsEmpty);
        Assert.Equal([0, 1, 2, 3], Dense.Items().Select(item => item.Key));
        Assert.Equal(3, Dense.GetItemOrDefault(2));
        Assert.Equal("Dense vector of size 4", Dense.ToString());
        Assert.Equal([1, 2], new VBuffer<float>(2, [1, 2, 3]).GetValues().ToArray()); // arrays may be longer
    }

    [Fact]
    public void A_sparse_buffer_holds_values_with_their_indices()
    {
        Assert.Equal((6, false), (Sparse.Length, Sparse.IsDense));
        Assert.Equal([5, 7], Sparse.GetValues().ToArray());
        Assert.Equal([1, 4], Sparse.GetIndices().ToArray());
        Assert.Equal([0, 5, 0, 0, 7, 0], Sparse.DenseValues());
        Assert.Equal([(1, 5f), (4, 7f)], Sparse.Items().Select(item => (item.Key, item.Value)));
        Assert.Equal([0, 5, 0, 0, 7, 0], Sparse.Items(all: true).Select(item => item.Value));
        Assert.Equal([0f, 5f, 0f, 7f], new[] { 0, 1, 2, 4 }.Select(Sparse.GetItemOrDefault));
        Assert.Equal("Sparse vector of size 6, 2 explicit values", Sparse.ToString());
    }

    [Fact]
    public void A_sparse_buffer_may_hold_nothing()
    {
        var buffer = new VBuffer<float>(3, 0, null, null);
        Assert.False(buffer.IsDense);
        Assert.Equal([0, 0, 0], buffer.DenseValues());
        Assert.Equal(0, buffer.GetItemOrDefault(2));
        Assert.Empty(buffer.Items());
    }

    [Fact]
    public void A_copy_is_of_the_same_kind_and_a_dense_copy_dense()
    {
        VBuffer<float> copy = default;
        Sparse.CopyTo(ref copy);
        Assert.False(copy.IsDense);
        Assert.Equal(Sparse.DenseValues(), copy.DenseValues());
        Sparse.CopyToDense(ref copy);
        Assert.True(copy.IsDense);
        Assert.Equal(Sparse.DenseValues(), copy.DenseValues());
        Dense.CopyTo(ref copy);
        Assert.Equal(Dense.DenseValues(), copy.DenseValues());
    }

    [Fact]
    public void A_part_is_copied_by_slots()
    {
        VBuffer<float> part = default;
        Sparse.CopyTo(ref part, 1, 4);
        Assert.Equal([5, 0, 0, 7], part.DenseValues());
        Assert.False(part.IsDense);
        Sparse.CopyTo(ref part, 4, 1);
        Assert.Equal([7], part.DenseValues());
        Sparse.CopyTo(ref part, 2, 2);
        Assert.Equal([0, 0], part.DenseValues());
        Dense.CopyTo(ref part, 2, 2);
        Assert.Equal([3, 4], part.DenseValues());
        Assert.Throws<ArgumentOutOfRangeException>(() => Dense.CopyTo(ref part, 3, 2));
        VBuffer<float>.Copy([1, 2, 3, 4], 1, ref part, 2);
        Assert.Equal([2, 3], part.DenseValues());
    }

    [Fact]
    public void Values_are_laid_out_in_a_span()
    {
        float[] span = [9, 9, 9, 9, 9, 9, 9, 9];
        Sparse.CopyTo(span, 1);
        Assert.Equal([9, 0, 5, 0, 0, 7, 0, 9], span);
        Sparse.CopyTo(span, 2, defaultValue: -1);
        Assert.Equal([9, 0, -1, 5, -1, -1, 7, -1], span);
        Assert.Throws<ArgumentOutOfRangeException>(() => Sparse.CopyTo(new float[5]));
    }

    [Fact]
    public void What_does_not_fit_together_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new VBuffer<float>(-1, []));
        Assert.Throws<ArgumentOutOfRangeException>(() => new VBuffer<float>(3, [1f]));
        Assert.Throws<ArgumentOutOfRangeException>(() => new VBuffer<float>(2, 3, [1f, 2f, 3f], [0, 1, 2]));
        Assert.Throws<ArgumentOutOfRangeException>(() => new VBuffer<float>(5, 2, [1f, 2f], [0]));
        Assert.Throws<ArgumentOutOfRangeException>(() => Dense.GetItemOrDefault(4));
        Assert.Throws<ArgumentOutOfRangeException>(() => Sparse.GetItemOrDefault(-1));
    }

    [Fact]
    public void An_editor_takes_the_arrays_again_where_they_are_large_enough()
    {
        float[] values = new float[8];
        var buffer = new VBuffer<float>(8, values);
        VBufferEditor<float> editor = VBufferEditor.Create(ref buffer, 3);
        Assert.False(editor.CreatedNewValues);
        editor.Values[0] = 1;
        buffer = editor.Commit();
        Assert.Equal(1, values[0]);
        Assert.Equal(3, buffer.Length);
        editor = VBufferEditor.Create(ref buffer, 20);
        Assert.True(editor.CreatedNewValues);
        Assert.Equal(20, editor.Values.Length);
    }

    [Fact]
    public void An_editor_keeps_what_there_was_only_when_asked()
    {
        var buffer = new VBuffer<float>(2, [1, 2]);
        VBufferEditor<float> editor = VBufferEditor.Create(ref buffer, 4, keepOldOnResize: true);
        Assert.Equal([1, 2, 0, 0], editor.Values.ToArray());
        Assert.Equal([1, 2], VBufferEditor.CreateFromBuffer(ref buffer).Values.ToArray());
    }

    [Fact]
    public void An_editor_writes_sparse_buffers_and_truncates_them()
    {
        VBuffer<float> buffer = default;
        VBufferEditor<float> editor = VBufferEditor.Create(ref buffer, 5, 3);
        (editor.Values[0], editor.Values[1]) = (8, 9);
        (editor.Indices[0], editor.Indices[1]) = (0, 3);
        Assert.Equal([8, 0, 0, 9, 0], editor.CommitTruncated(2).DenseValues());
        Assert.True(VBufferEditor.Create(ref buffer, 5).Indices.IsEmpty);
        Assert.Equal(5, VBufferEditor.Create(ref buffer, 5, requireIndicesOnDense: true).Indices.Length);
        Assert.Throws<ArgumentOutOfRangeException>(() => VBufferEditor.Create(ref buffer, -1).Commit());
        Assert.Throws<ArgumentOutOfRangeException>(() => VBufferEditor.Create(ref buffer, 2, 3).Commit());
        Assert.Throws<ArgumentOutOfRangeException>(() => VBufferEditor.Create(ref buffer, 5, 3).CommitTruncated(4));
    }
}
