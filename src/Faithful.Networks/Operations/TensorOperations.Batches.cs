namespace Faithful.Networks.Operations;

/// <content>Rows of segments side by side, products of batches of matrices, attention.</content>
public abstract partial class TensorOperations
{
    /// <summary>
    /// Lays the rows of each segment side by side. All paddings by the same <paramref name="segment"/> in one forward pass share
    /// their index tables.
    /// </summary>
    /// <param name="value">Shape (n, d).</param>
    /// <param name="segment">int64, shape (n), ascending: the segment of each row.</param>
    /// <param name="segments">A tensor with one row a segment; only its number of rows, b, matters.</param>
    /// <returns>
    /// Shape (b, L, d); rows of zeros where a segment is shorter than the longest. L is at least 1, and may be larger than the
    /// longest segment needs.
    /// </returns>
    public abstract TensorValue Pad(TensorValue value, TensorValue segment, TensorValue segments);

    /// <summary>Takes the rows back out of the padding: the inverse of <see cref="Pad"/>.</summary>
    /// <param name="padded">Shape (b, L, d), of the L that <see cref="Pad"/> gives.</param>
    /// <param name="segment">int64, shape (n), ascending: the segment of each row; padded before in this forward pass.</param>
    /// <returns>Shape (n, d).</returns>
    /// <exception cref="InvalidOperationException">Nothing was padded by this segment tensor before.</exception>
    public abstract TensorValue Unpad(TensorValue padded, TensorValue segment);

    /// <summary>Tells rows from padding.</summary>
    /// <param name="segment">int64, shape (n), ascending: the segment of each row.</param>
    /// <param name="segments">A tensor with one row a segment; only its number of rows, b, matters.</param>
    /// <returns>Shape (b, L, 1): 1 where a row stands, 0 where padding does.</returns>
    public abstract TensorValue PadMask(TensorValue segment, TensorValue segments);

    /// <summary>
    /// Adds up, for each segment, rows of a table times filters of their own, y_s = Σ_{i in s} table_{index_i} ∘ (W · basis_i): the
    /// continuous-filter convolution of Schütt et al. (2017), arXiv:1706.08566.
    /// </summary>
    /// <param name="table">Shape (m, d).</param>
    /// <param name="index">int64, shape (n), 0..m − 1: the row of the table that each term takes.</param>
    /// <param name="basis">Shape (n, k).</param>
    /// <param name="weight">W, shape (d, k).</param>
    /// <param name="segment">int64, shape (n), ascending: the segment that each term is added to.</param>
    /// <param name="segments">A tensor with one row a segment; only its number of rows matters.</param>
    /// <returns>Shape (segments, d); zeros for a segment without terms.</returns>
    public virtual TensorValue FilteredSum(
        TensorValue table, TensorValue index, TensorValue basis, TensorValue weight, TensorValue segment, TensorValue segments) =>
        SegmentSum(Multiply(Gather(table, index), Linear(basis, weight, null)), segment, segments);

    /// <summary>Multiplies pairs of matrices.</summary>
    /// <param name="left">Shape (b, n, k).</param>
    /// <param name="right">Shape (b, k, d).</param>
    /// <returns>Shape (b, n, d).</returns>
    public abstract TensorValue BatchMatrixProduct(TensorValue left, TensorValue right);

    /// <summary>Swaps the last two axes.</summary>
    /// <param name="value">Shape (*, n, d).</param>
    /// <returns>Shape (*, d, n).</returns>
    public abstract TensorValue Transpose(TensorValue value);

    /// <summary>Puts the axes into another order.</summary>
    /// <param name="value">Any shape.</param>
    /// <param name="axes">For each axis of the result, the axis of the value that it is; every axis once.</param>
    /// <returns>The value with its axes in that order.</returns>
    public abstract TensorValue Permute(TensorValue value, params IReadOnlyList<int> axes);

    /// <summary>Gives the same numbers, in row-major order, another shape.</summary>
    /// <param name="value">Any shape.</param>
    /// <param name="shape">The length of each axis: 0 copies the length of the value's axis at the same place, −1 (once) takes what is left.</param>
    /// <returns>The value in that shape.</returns>
    public abstract TensorValue Reshape(TensorValue value, params IReadOnlyList<long> shape);

    /// <summary>Repeats a parameter or a constant for each row of a batch.</summary>
    /// <param name="value">Shape (1, *).</param>
    /// <param name="rows">A tensor of which only the number of rows, n, matters.</param>
    /// <returns>Shape (n, *).</returns>
    public abstract TensorValue Expand(TensorValue value, TensorValue rows);

    /// <summary>Puts rows in given places of a table of zeros.</summary>
    /// <param name="value">Shape (n, d).</param>
    /// <param name="place">int64, shape (n), all different, 0..m · places − 1.</param>
    /// <param name="rows">A tensor of which only the number of rows, m, matters.</param>
    /// <param name="placesPerRow">The number of places that each of the m rows has, at least 1.</param>
    /// <returns>Shape (m · places, d).</returns>
    public abstract TensorValue PlaceRows(TensorValue value, TensorValue place, TensorValue rows, int placesPerRow);

    /// <summary>
    /// Multi-head scaled dot-product attention, softmax(Q · Kᵀ / √(d / heads)) · V for each head (Vaswani et al. 2017,
    /// arXiv:1706.03762). A masked key has weight 0; where all keys are masked, the result is 0.
    /// </summary>
    /// <param name="queries">Q, shape (b, q, d).</param>
    /// <param name="keys">K, shape (b, k, d).</param>
    /// <param name="values">V, shape (b, k, d).</param>
    /// <param name="mask">Shape (b, k, 1): 1 for keys that count, 0 for those that do not; null if all count.</param>
    /// <param name="heads">The number of heads, a divisor of d.</param>
    /// <returns>Shape (b, q, d).</returns>
    public abstract TensorValue Attention(TensorValue queries, TensorValue keys, TensorValue values, TensorValue? mask, int heads);

    /// <summary>
    /// Convolution in three dimensions; as everywhere in machine learning the kernel is not mirrored. A kernel as long as the
    /// stride tiles the value and is not padded; any other must be odd, and keeps the size (divided by the stride, rounded up).
    /// </summary>
    /// <param name="value">Shape (b, c, x, y, z).</param>
    /// <param name="weight">Shape (o, c, k, k, k); a parameter or a constant.</param>
    /// <param name="bias">Shape (o), or null for none.</param>
    /// <param name="stride">The step between two places, at least 1.</param>
    /// <param name="circular">Whether the value continues periodically beyond its edges; otherwise there are zeros.</param>
    /// <returns>Shape (b, o, x / stride, y / stride, z / stride).</returns>
    /// <exception cref="ArgumentException">The kernel is even and the stride is not its length.</exception>
    public abstract TensorValue Convolution(TensorValue value, TensorValue weight, TensorValue? bias, int stride, bool circular);

    /// <summary>Averages over cubes that lie side by side.</summary>
    /// <param name="value">Shape (b, c, x, y, z).</param>
    /// <param name="window">The edge of a cube; what is left over at the end of an axis is dropped.</param>
    /// <returns>Shape (b, c, x / window, y / window, z / window).</returns>
    public abstract TensorValue AveragePool(TensorValue value, int window);

    /// <summary>Gets the padding of a kernel that keeps the size.</summary>
    /// <param name="shape">The shape of the weight, (o, c, k, k, k).</param>
    /// <param name="stride">The stride.</param>
    /// <returns>The number of voxels on either side.</returns>
    /// <exception cref="ArgumentException">The kernel is not a cube, or it is even and the stride is not its length.</exception>
    protected static int KernelPadding(IReadOnlyList<long> shape, int stride)
    {
        ArgumentNullException.ThrowIfNull(shape);
        if (shape is not [_, _, long kernel, _, _] || shape[3] != kernel || shape[4] != kernel || (kernel % 2 == 0 && kernel != stride))
        {
            throw new ArgumentException(
                $"expected a cubic kernel that is odd or as long as the stride {stride}; found the shape ({string.Join(", ", shape)})");
        }

        return kernel == stride ? 0 : (int)(kernel / 2);
    }
}
