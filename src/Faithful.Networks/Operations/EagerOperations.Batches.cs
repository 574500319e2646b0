using Faithful.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace Faithful.Networks.Operations;

/// <content>Rows of segments side by side, products of batches of matrices, attention, convolution.</content>
public sealed partial class EagerOperations
{
    /// <summary>Added to the scores of masked keys: exp of it is 0, and unlike infinity it leaves no NaN where all are masked.</summary>
    private const double Masked = -1e9;

    private readonly Dictionary<Tensor, PaddedRows> _padded = new(ReferenceEqualityComparer.Instance);

    /// <inheritdoc/>
    public override TensorValue Pad(TensorValue value, TensorValue segment, TensorValue segments)
    {
        Tensor rows = Unwrap(value);
        PaddedRows padded = Rows(segment, segments);
        long width = rows.shape[1];

        // Copying to places that all differ has a mere look-up as its gradient; looking up would have a sum with atomics.
        Tensor table = torch.zeros(padded.Segments * padded.Longest, width, rows.dtype, rows.device).index_copy(0, padded.Place, rows);
        return Wrap(table.view(padded.Segments, padded.Longest, width));
    }

    /// <inheritdoc/>
    public override TensorValue Unpad(TensorValue padded, TensorValue segment) =>
        _padded.TryGetValue(Unwrap(segment), out PaddedRows? rows)
            ? Wrap(Unwrap(padded).flatten(0, 1).index_select(0, rows.Place))
            : throw new InvalidOperationException("rows can be taken only out of the padding of a segment tensor that was padded by before");

    /// <inheritdoc/>
    public override TensorValue PadMask(TensorValue segment, TensorValue segments)
    {
        PaddedRows padded = Rows(segment, segments);
        return padded.Mask ??= Wrap(torch.arange(padded.Longest, dtype: ScalarType.Int64, device: padded.Counts.device)
            .lt(padded.Counts.unsqueeze(1)).to(_state.Flat.dtype).unsqueeze(2));
    }

    /// <inheritdoc/>
    public override TensorValue BatchMatrixProduct(TensorValue left, TensorValue right) =>
        WrapProduct(Factor(left).bmm(Factor(right)));

    /// <inheritdoc/>
    public override TensorValue Transpose(TensorValue value) => Wrap(Unwrap(value).transpose(-2, -1));

    /// <inheritdoc/>
    public override TensorValue Permute(TensorValue value, params IReadOnlyList<int> axes) =>
        Wrap(Unwrap(value).permute([.. axes.Select(axis => (long)axis)]));

    /// <inheritdoc/>
    public override TensorValue Reshape(TensorValue value, params IReadOnlyList<long> shape)
    {
        Tensor tensor = Unwrap(value);
        return Wrap(tensor.reshape([.. shape.Select((size, axis) => size == 0 ? tensor.shape[axis] : size)]));
    }

    /// <inheritdoc/>
    public override TensorValue Expand(TensorValue value, TensorValue rows)
    {
        Tensor tensor = Unwrap(value);
        return Wrap(tensor.expand([Unwrap(rows).shape[0], .. tensor.shape[1..]]));
    }

    /// <inheritdoc/>
    public override TensorValue PlaceRows(TensorValue value, TensorValue place, TensorValue rows, int placesPerRow)
    {
        Tensor placed = Unwrap(value);
        Tensor zeros = torch.zeros(Unwrap(rows).shape[0] * placesPerRow, placed.shape[1], placed.dtype, placed.device);
        return Wrap(zeros.index_copy(0, Unwrap(place), placed));
    }

    /// <inheritdoc/>
    public override TensorValue Attention(
        TensorValue queries, TensorValue keys, TensorValue values, TensorValue? mask, int heads)
    {
        ArgumentNullException.ThrowIfNull(queries);
        if (Unwrap(queries).shape[^1] % heads != 0)
        {
            throw new ArgumentException($"{heads} heads do not divide the width {Unwrap(queries).shape[^1]}");
        }

        Tensor? bias = mask is null ? null : ((Unwrap(mask) - 1) * -Masked).to(Factor(keys).dtype).unsqueeze(1).transpose(-2, -1); // (b, 1, 1, k)
        Tensor counted = mask is null ? Factor(values) : Factor(values * mask); // 0 where no key counts at all
        Tensor heard = nn.functional.scaled_dot_product_attention(
            Heads(Factor(queries)), Heads(Factor(keys)), Heads(counted), bias); // (b, heads, q, d / heads)
        return WrapProduct(heard.transpose(1, 2).flatten(2));

        Tensor Heads(Tensor tensor) =>
            tensor.reshape(tensor.shape[0], tensor.shape[1], heads, tensor.shape[2] / heads).transpose(1, 2);
    }

    /// <inheritdoc/>
    public override TensorValue Convolution(TensorValue value, TensorValue weight, TensorValue? bias, int stride, bool circular)
    {
        Tensor grid = Factor(value), kernel = Factor(weight);
        long padding = KernelPadding(kernel.shape, stride);
        if (circular && padding > 0)
        {
            // Not nn.functional.pad: that copies piece by piece in place, and its gradient copies the whole grid for each piece.
            foreach (int axis in (ReadOnlySpan<int>)[2, 3, 4])
            {
                long length = grid.shape[axis];
                grid = torch.cat([grid.narrow(axis, length - padding, padding), grid, grid.narrow(axis, 0, padding)], axis);
            }

            padding = 0;
        }

        return WrapProduct(nn.functional.conv3d(
            grid, kernel, bias is null ? null : Factor(bias), [stride, stride, stride], [padding, padding, padding]));
    }

    /// <inheritdoc/>
    public override TensorValue AveragePool(TensorValue value, int window) =>
        Wrap(nn.functional.avg_pool3d(Unwrap(value), [window, window, window], [window, window, window]));

    private PaddedRows Rows(TensorValue segment, TensorValue segments)
    {
        Tensor index = Unwrap(segment);
        if (_padded.TryGetValue(index, out PaddedRows? known))
        {
            return known;
        }

        long count = Unwrap(segments).shape[0];
        Tensor counts = torch.zeros(count, ScalarType.Int64, index.device).index_add(0, index, index.ones_like(), 1);
        bool isCrystal = _inputs.TryGetValue(ModelInput.CrystalIndex.Name, out Tensor? crystal) && ReferenceEquals(index, crystal);
        long longest = isCrystal && _mode.LargestCrystal is long largest ? largest : Math.Max(1, counts.max().item<long>());
        Tensor starts = counts.cumsum(0) - counts;
        Tensor position = torch.arange(index.shape[0], dtype: ScalarType.Int64, device: index.device) - starts.index_select(0, index);
        return _padded[index] = new PaddedRows(count, longest, counts, index * longest + position);
    }

    /// <summary>The tables of a padding: the number of rows of each segment, and the place of each row.</summary>
    private sealed record PaddedRows(long Segments, long Longest, Tensor Counts, Tensor Place)
    {
        public TensorValue? Mask { get; set; }
    }
}
