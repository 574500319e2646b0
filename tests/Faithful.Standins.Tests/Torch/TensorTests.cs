using TorchSharp;
using static TorchSharp.torch;

namespace Faithful.Standins.Tests.Torch;

/// <summary>Making tensors, reading them, indices, broadcasting and types.</summary>
public sealed class TensorTests
{
    [Fact]
    public void What_goes_in_comes_out()
    {
        using DisposeScope scope = NewDisposeScope();
        Assert.Equal([1.5f, -2f], tensor(new[] { 1.5f, -2f }).data<float>().ToArray());
        Assert.Equal([1.5, -2], tensor(new[] { 1.5, -2 }).data<double>().ToArray());
        Assert.Equal([long.MaxValue, -2L], tensor(new[] { long.MaxValue, -2L }).data<long>().ToArray());
        Assert.Equal([1, -2], tensor(new[] { 1, -2 }).data<int>().ToArray());
        Assert.Equal([true, false], tensor(new[] { true, false }).data<bool>().ToArray());
        Assert.Equal(new byte[] { 1, 255 }, tensor(new byte[] { 1, 255 }).data<byte>().ToArray());
        Assert.Equal([2L, 3L], tensor(new[] { 1f, 2, 3, 4, 5, 6 }, new long[] { 2, 3 }).shape);
        Assert.Equal([2L, 3L], tensor(new[,] { { 1.0, 2, 3 }, { 4, 5, 6 } }).shape);
        Assert.Equal(6.0, tensor(new[,] { { 1.0, 2, 3 }, { 4, 5, 6 } })[1, 2].item<double>());
        Assert.Equal(ScalarType.Float32, tensor(new[] { 1.5, -2 }, ScalarType.Float32).dtype);
        Assert.Empty(tensor(3f).shape);
    }

    [Fact]
    public void A_tensor_copies_an_array_and_from_array_shares_it()
    {
        using DisposeScope scope = NewDisposeScope();
        float[] values = [1, 2, 3];
        Tensor copy = tensor(values);
        Tensor shared = from_array(values);
        values[0] = 9;
        Assert.Equal(1, copy[0].item<float>());
        Assert.Equal(9, shared[0].item<float>());
        shared.mul_(2);
        Assert.Equal([18f, 4f, 6f], values);
    }

    [Fact]
    public void Only_the_right_type_reads_a_tensor()
    {
        using DisposeScope scope = NewDisposeScope();
        Assert.Throws<ArgumentException>(() => ones(2).data<double>());
        Assert.Throws<ArgumentException>(() => ones(2).item<float>());
        Assert.Equal(2.5, tensor(2.5f).ToDouble());
        Assert.Equal(2L, tensor(2.5f).ToInt64());
        Assert.Equal(3f, tensor(3L).ToSingle());
    }

    [Fact]
    public void A_view_is_read_in_the_order_of_its_indices()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor view = arange(6).reshape(2, 3).t();
        Assert.False(view.is_contiguous());
        Assert.Equal([0L, 3, 1, 4, 2, 5], view.data<long>().ToArray());
        Assert.Equal(4L, view.data<long>()[1, 1]);
        long[] target = new long[6];
        view.data<long>().CopyTo(target);
        Assert.Equal([0L, 3, 1, 4, 2, 5], target);
        Assert.Equal([0L, 3, 1, 4, 2, 5], view.contiguous().data<long>().ToArray());
    }

    [Fact]
    public void Factories_fill_as_they_say()
    {
        using DisposeScope scope = NewDisposeScope();
        Assert.Equal([0L, 1, 2], arange(3).data<long>().ToArray());
        Assert.Equal([1f, 1.5f, 2f], arange(1.0, 2.5, 0.5).data<float>().ToArray());
        Assert.Equal([0f, 0.5f, 1f], linspace(0, 1, 3).data<float>().ToArray());
        Assert.Equal([1f, 0, 0, 1], eye(2).data<float>().ToArray());
        Assert.Equal([2.5f, 2.5f], full(2, 2.5).data<float>().ToArray());
        Assert.Equal(ScalarType.Int64, full(2, 2).dtype);
        Assert.Equal([0.0, 0.0], zeros(2, ScalarType.Float64).data<double>().ToArray());
        Assert.True(ones(2, 3, requires_grad: true).requires_grad);
        Assert.Equal([2L, 3L], empty(2, 3).shape);
        Assert.Equal(ScalarType.Int64, ones_like(arange(3)).dtype);
    }

    [Fact]
    public void Shapes_broadcast_from_the_right()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor column = arange(3, ScalarType.Float64).reshape(3, 1);
        Tensor row = arange(4, ScalarType.Float64);
        Assert.Equal([3L, 4L], (column + row).shape);
        for (int i = 0; i < 3; i++)
        {
            for (int j = 0; j < 4; j++)
            {
                Assert.Equal(i - j, (column - row)[i, j].item<double>());
            }
        }

        Assert.True((2 - row).Equals(-(row - 2)));
        Assert.True((1 / (row + 1)).allclose((row + 1).pow(-1)));
    }

    [Theory]
    [InlineData(ScalarType.Int64, ScalarType.Float32, ScalarType.Float32)]
    [InlineData(ScalarType.Float32, ScalarType.Float64, ScalarType.Float64)]
    [InlineData(ScalarType.Bool, ScalarType.Int32, ScalarType.Int32)]
    [InlineData(ScalarType.Int32, ScalarType.Int64, ScalarType.Int64)]
    public void Types_promote(ScalarType left, ScalarType right, ScalarType expected)
    {
        using DisposeScope scope = NewDisposeScope();
        Assert.Equal(expected, (ones(2, left) + ones(2, right)).dtype);
        Assert.Equal(expected, (ones(2, right) * ones(2, left)).dtype);
    }

    [Fact]
    public void A_number_does_not_widen_a_tensor()
    {
        using DisposeScope scope = NewDisposeScope();
        Assert.Equal(ScalarType.Float32, (ones(2) * 2.5).dtype);
        Assert.Equal(ScalarType.Float32, (ones(2) + 1L).dtype);
        Assert.Equal(ScalarType.Int64, (arange(2) + 1).dtype);
        Assert.Equal(ScalarType.Float32, (arange(2) + 1.5).dtype);
        Assert.Equal(ScalarType.Float32, (arange(2) / 2).dtype);
    }

    [Fact]
    public void Index_expressions_select_as_in_Python()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor x = arange(24).reshape(2, 3, 4);
        Assert.Equal(23L, x[-1, -1, -1].item<long>());
        Assert.Equal([12L, 13, 14, 15], x[1, 0].data<long>().ToArray());
        Assert.Equal([2L, 6, 10, 14, 18, 22], x[TensorIndex.Ellipsis, 2].data<long>().ToArray());
        Assert.Equal([2L, 3L, 2L], x[.., .., 1..3].shape);
        Assert.Equal([2L, 1L, 3L, 4L], x[TensorIndex.Colon, TensorIndex.None].shape);
        Assert.Equal([0L, 3], x[0, 0, TensorIndex.Slice(null, null, 3)].data<long>().ToArray());
        Assert.Equal([8L, 0], x[0, TensorIndex.Tensor(tensor(new long[] { 2, 0 })), 0].data<long>().ToArray());
        Assert.Equal(12, x[x > 11].numel());
        x[0, 0, 0] = 100;
        x[1, TensorIndex.Colon, 0] = tensor(new long[] { 7, 8, 9 });
        Assert.Equal(100L, x[0, 0, 0].item<long>());
        Assert.Equal([7L, 8, 9], x[1, TensorIndex.Colon, 0].data<long>().ToArray());
        x.index_put_(tensor(5L), tensor(new long[] { 0, 0 }), tensor(new long[] { 1, 1 }), tensor(new long[] { 2, 3 }));
        Assert.Equal([5L, 5L], x[0, 1, 2..4].data<long>().ToArray());
    }

    [Fact]
    public void In_place_operators_change_the_tensor_and_return_it()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor x = tensor(new[] { 1.0, 4.0 });
        Tensor view = x.view(2, 1);
        Assert.Same(x, x.mul_(2).add_(1, 0.5));
        x.addcmul_(tensor(new[] { 1.0, 2.0 }), tensor(new[] { 3.0, 4.0 }), 0.5);
        x.addcdiv_(tensor(new[] { 1.0, 2.0 }), tensor(new[] { 4.0, 4.0 }), 2.0);
        Assert.Equal([4.5, 13.5], view.reshape(-1).data<double>().ToArray());
        x.sqrt_().copy_(x.pow(2)).fill_(3).zero_();
        Assert.Equal([0.0, 0.0], x.data<double>().ToArray());
    }

    [Fact]
    public void Sequences_keep_their_laws()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor counts = tensor(new long[] { 2, 0, 3, 1 });
        Tensor owners = arange(4).repeat_interleave(counts, output_size: 6);
        Assert.Equal([0L, 0, 2, 2, 2, 3], owners.data<long>().ToArray());
        Assert.True(bincount(owners, minlength: 4).Equals(counts));
        Assert.Equal([2L, 2, 5, 6], counts.cumsum(0).data<long>().ToArray());
        Assert.Equal([0L, 0, 1, 1], arange(2).repeat_interleave(2).data<long>().ToArray());
        Tensor values = arange(12, ScalarType.Float64).reshape(6, 2);
        Tensor sums = zeros([4, 2], ScalarType.Float64).index_add_(0, owners, values, 1);
        Tensor scattered = zeros([4, 2], ScalarType.Float64).scatter_add_(0, owners.unsqueeze(1).expand(6, 2), values);
        Tensor running = cat([zeros([1, 2], ScalarType.Float64), values.cumsum(0)]);
        Tensor ends = counts.cumsum(0);
        Assert.True(sums.allclose(scattered));
        Assert.True(sums.allclose(running.index_select(0, ends) - running.index_select(0, ends - counts)));
    }

    [Fact]
    public void Sorting_searching_and_uniqueness_agree()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor x = tensor(new long[] { 5, 1, 4, 1, 5, 9 });
        var (sorted, order) = x.sort();
        Assert.True(x.index_select(0, order).Equals(sorted));
        Assert.True(x.argsort(descending: true).numel() == 6);
        var (unique, inverse, counts) = x.unique(return_inverse: true, return_counts: true);
        Assert.Equal([1L, 4, 5, 9], unique.data<long>().ToArray());
        Assert.True(unique.index_select(0, inverse!).Equals(x));
        Assert.Equal([2L, 1, 2, 1], counts!.data<long>().ToArray());
        Assert.Equal([0L, 1, 3], searchsorted(unique, tensor(new long[] { 0, 2, 6 })).data<long>().ToArray());
        Assert.Equal(5L, x.argmax().item<long>());
        Assert.Equal(9L, x.max().item<long>());
    }

    [Fact]
    public void Equality_of_objects_and_of_elements_differ()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor x = tensor(new[] { 1.0, double.NaN });
        Assert.Equal([true, false], (x == x.clone()).data<bool>().ToArray());
        Assert.Equal([false, true], x.isnan().data<bool>().ToArray());
        Assert.Equal([true, false], x.isfinite().data<bool>().ToArray());
        Assert.False(x.allclose(x.clone()));
        Assert.True(x.allclose(x.clone(), equal_nan: true));
    }

    [Fact]
    public void Seeds_reproduce()
    {
        using DisposeScope scope = NewDisposeScope();
        manual_seed(42);
        Tensor first = cat([randn(5), rand(5), randperm(5).to(ScalarType.Float32), randint(0, 10, [5], ScalarType.Float32)]);
        manual_seed(42);
        Tensor second = cat([randn(5), rand(5), randperm(5).to(ScalarType.Float32), randint(0, 10, [5], ScalarType.Float32)]);
        Assert.True(first.Equals(second));
        Assert.Equal(10L, randperm(5).sum().item<long>());
        using var generator = new Generator(7);
        Tensor third = randn(4, generator: generator);
        generator.manual_seed(7);
        Assert.True(third.Equals(randn(4, generator: generator)));
    }

    [Fact]
    public void Devices_have_names()
    {
        using DisposeScope scope = NewDisposeScope();
        Assert.Equal("cpu", CPU.ToString());
        Assert.Equal("cuda:1", new Device("cuda:1").ToString());
        Assert.Equal(DeviceType.CPU, ones(2).device.type);
        Assert.Equal(DeviceType.CPU, ones(2).to("cpu").device_type);
        Assert.Equal(cuda.is_available(), cuda.device_count() > 0);
        Assert.NotEmpty(__version__);
        Assert.True(get_num_threads() >= 1);
    }
}
