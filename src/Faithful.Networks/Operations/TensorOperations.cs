using Faithful.Models;

namespace Faithful.Networks.Operations;

/// <summary>
/// The tensor operations that networks are written in. Two interpreters implement them: <see cref="EagerOperations"/> computes
/// with TorchSharp and trains; the recorder of Faithful.Onnx writes ONNX nodes. A forward pass is written once, over this
/// class, so training and serving cannot disagree.
/// </summary>
/// <remarks>
/// Letters in shapes: n rows, d and k widths, b segments (the crystals of a batch), L rows of the longest segment, * any
/// number of axes. All numbers are float32 unless a summary says int64. Axes count from 0; the last one is written −1.
/// </remarks>
public abstract partial class TensorOperations
{
    /// <summary>Gets an input of the model contract.</summary>
    /// <param name="input">The input; the network has declared it.</param>
    /// <returns>The input's tensor.</returns>
    public abstract TensorValue Input(ModelInput input);

    /// <summary>Gets a trained parameter.</summary>
    /// <param name="parameter">The parameter; it belongs to the network's layout.</param>
    /// <returns>The parameter's tensor.</returns>
    public abstract TensorValue Parameter(ParameterReference parameter);

    /// <summary>Gets a constant table.</summary>
    /// <param name="constant">The constant; it belongs to the network's layout.</param>
    /// <returns>The constant's tensor.</returns>
    public abstract TensorValue Constant(ConstantReference constant);

    /// <summary>Adds element by element, with broadcasting.</summary>
    /// <param name="left">The first term.</param>
    /// <param name="right">The second term.</param>
    /// <returns>The sum.</returns>
    public abstract TensorValue Add(TensorValue left, TensorValue right);

    /// <summary>Adds a number to every element.</summary>
    /// <param name="value">The tensor.</param>
    /// <param name="number">The number, rounded to float32.</param>
    /// <returns>The sum.</returns>
    public abstract TensorValue Add(TensorValue value, double number);

    /// <summary>Subtracts element by element, with broadcasting.</summary>
    /// <param name="left">The minuend.</param>
    /// <param name="right">The subtrahend.</param>
    /// <returns>The difference.</returns>
    public abstract TensorValue Subtract(TensorValue left, TensorValue right);

    /// <summary>Multiplies element by element, with broadcasting.</summary>
    /// <param name="left">The first factor.</param>
    /// <param name="right">The second factor.</param>
    /// <returns>The product.</returns>
    public abstract TensorValue Multiply(TensorValue left, TensorValue right);

    /// <summary>Multiplies every element by a number.</summary>
    /// <param name="value">The tensor.</param>
    /// <param name="number">The number, rounded to float32.</param>
    /// <returns>The product.</returns>
    public abstract TensorValue Multiply(TensorValue value, double number);

    /// <summary>Divides element by element, with broadcasting.</summary>
    /// <param name="left">The dividend.</param>
    /// <param name="right">The divisor.</param>
    /// <returns>The quotient.</returns>
    public abstract TensorValue Divide(TensorValue left, TensorValue right);

    /// <summary>Computes x · Wᵀ + b.</summary>
    /// <param name="value">x, shape (*, k), at least two axes.</param>
    /// <param name="weight">W, shape (d, k).</param>
    /// <param name="bias">b, shape (d), or null for none.</param>
    /// <returns>Shape (*, d).</returns>
    public abstract TensorValue Linear(TensorValue value, TensorValue weight, TensorValue? bias);

    /// <summary>Normalises each row to mean 0 and variance 1, then scales and shifts (Ba et al. 2016, arXiv:1607.06450).</summary>
    /// <param name="value">Shape (*, d).</param>
    /// <param name="scale">Shape (d).</param>
    /// <param name="shift">Shape (d).</param>
    /// <returns>Shape (*, d).</returns>
    public abstract TensorValue LayerNormalization(TensorValue value, TensorValue scale, TensorValue shift);

    /// <summary>Computes 1 / (1 + exp(−x)).</summary>
    /// <param name="value">x, any shape.</param>
    /// <returns>The same shape.</returns>
    public abstract TensorValue Sigmoid(TensorValue value);

    /// <summary>Computes x / (1 + exp(−x)).</summary>
    /// <param name="value">x, any shape.</param>
    /// <returns>The same shape.</returns>
    public abstract TensorValue Silu(TensorValue value);

    /// <summary>Computes max(x, 0).</summary>
    /// <param name="value">x, any shape.</param>
    /// <returns>The same shape.</returns>
    public abstract TensorValue Rectify(TensorValue value);

    /// <summary>Computes x where it is positive, and slope · x elsewhere.</summary>
    /// <param name="value">x, any shape.</param>
    /// <param name="slope">The slope for negative numbers.</param>
    /// <returns>The same shape.</returns>
    public abstract TensorValue LeakyRectify(TensorValue value, double slope);

    /// <summary>Computes |x|.</summary>
    /// <param name="value">x, any shape.</param>
    /// <returns>The same shape.</returns>
    public abstract TensorValue Absolute(TensorValue value);

    /// <summary>
    /// While training, sets each number to 0 with a probability and scales the others by 1 / (1 − probability) (Srivastava et
    /// al. 2014, JMLR 15, 1929); changes nothing otherwise, and is not in an exported graph.
    /// </summary>
    /// <param name="value">Any shape.</param>
    /// <param name="probability">The probability, at least 0 and below 1.</param>
    /// <returns>The same shape.</returns>
    public abstract TensorValue Dropout(TensorValue value, double probability);

    /// <summary>Computes the sine.</summary>
    /// <param name="value">Radian, any shape.</param>
    /// <returns>The same shape.</returns>
    public abstract TensorValue Sine(TensorValue value);

    /// <summary>Computes the cosine.</summary>
    /// <param name="value">Radian, any shape.</param>
    /// <returns>The same shape.</returns>
    public abstract TensorValue Cosine(TensorValue value);

    /// <summary>Computes e to the power of x.</summary>
    /// <param name="value">x, any shape.</param>
    /// <returns>The same shape.</returns>
    public abstract TensorValue Exponential(TensorValue value);

    /// <summary>Computes the natural logarithm.</summary>
    /// <param name="value">Positive numbers, any shape.</param>
    /// <returns>The same shape.</returns>
    public abstract TensorValue Logarithm(TensorValue value);

    /// <summary>Computes the square root.</summary>
    /// <param name="value">Numbers that are not negative, any shape.</param>
    /// <returns>The same shape.</returns>
    public abstract TensorValue SquareRoot(TensorValue value);

    /// <summary>Computes the largest integer that is not above x.</summary>
    /// <param name="value">x, any shape.</param>
    /// <returns>The same shape.</returns>
    public abstract TensorValue Floor(TensorValue value);

    /// <summary>Turns int64 into float32.</summary>
    /// <param name="value">int64, any shape.</param>
    /// <returns>float32, the same shape.</returns>
    public abstract TensorValue ToFloat(TensorValue value);

    /// <summary>Turns float32 into int64; the part behind the point is dropped.</summary>
    /// <param name="value">Numbers within the range of int64, any shape.</param>
    /// <returns>int64, the same shape.</returns>
    public abstract TensorValue ToInteger(TensorValue value);

    /// <summary>Picks rows of a table.</summary>
    /// <param name="table">Shape (rows, *); float32 or int64.</param>
    /// <param name="index">int64, shape (n), 0..rows − 1.</param>
    /// <returns>Shape (n, *).</returns>
    public abstract TensorValue Gather(TensorValue table, TensorValue index);

    /// <summary>Adds up the rows of each segment.</summary>
    /// <param name="value">Shape (n, d).</param>
    /// <param name="segment">int64, shape (n), ascending: the segment of each row.</param>
    /// <param name="segments">A tensor with one row a segment; only its number of rows matters.</param>
    /// <returns>Shape (segments, d); zeros for a segment without rows.</returns>
    public abstract TensorValue SegmentSum(TensorValue value, TensorValue segment, TensorValue segments);

    /// <summary>Joins tensors along the last axis.</summary>
    /// <param name="values">Shapes (*, d1), (*, d2), …</param>
    /// <returns>Shape (*, d1 + d2 + …).</returns>
    public abstract TensorValue Concatenate(params IReadOnlyList<TensorValue> values);

    /// <summary>Takes some columns.</summary>
    /// <param name="value">Shape (*, d).</param>
    /// <param name="start">The first column.</param>
    /// <param name="count">The number of columns.</param>
    /// <returns>Shape (*, count).</returns>
    public abstract TensorValue Columns(TensorValue value, int start, int count);

    /// <summary>Takes one row of every matrix.</summary>
    /// <param name="value">Shape (n, k, d).</param>
    /// <param name="row">The row, 0..k − 1.</param>
    /// <returns>Shape (n, d).</returns>
    public abstract TensorValue MatrixRow(TensorValue value, int row);

    /// <summary>Multiplies each row vector with its own matrix: yᵢ = Σₖ xᵢₖ Mᵢₖ.</summary>
    /// <param name="vectors">x, shape (n, k).</param>
    /// <param name="matrices">M, shape (n, k, d).</param>
    /// <returns>y, shape (n, d).</returns>
    public abstract TensorValue RowTimesMatrix(TensorValue vectors, TensorValue matrices);

    /// <summary>Adds up each row.</summary>
    /// <param name="value">Shape (*, d).</param>
    /// <returns>Shape (*, 1).</returns>
    public abstract TensorValue SumColumns(TensorValue value);

    /// <summary>Averages each row.</summary>
    /// <param name="value">Shape (*, d).</param>
    /// <returns>Shape (*, 1).</returns>
    public abstract TensorValue MeanColumns(TensorValue value);

    /// <summary>Adds up the rows of each matrix.</summary>
    /// <param name="value">Shape (b, L, d).</param>
    /// <returns>Shape (b, d).</returns>
    public abstract TensorValue SumRows(TensorValue value);

    /// <summary>Takes the largest number of each column of each matrix.</summary>
    /// <param name="value">Shape (b, L, d).</param>
    /// <returns>Shape (b, d).</returns>
    public abstract TensorValue MaximumRows(TensorValue value);

    /// <summary>Replaces each row by the sum of the rows up to it.</summary>
    /// <param name="value">Shape (n, d); float32 or int64.</param>
    /// <returns>The same shape.</returns>
    public abstract TensorValue CumulativeSum(TensorValue value);

    /// <summary>Turns each row of scores into probabilities.</summary>
    /// <param name="value">Shape (*, d).</param>
    /// <returns>Shape (*, d); each row sums to 1.</returns>
    public abstract TensorValue Softmax(TensorValue value);

    /// <summary>Drops the last axis, which has length 1.</summary>
    /// <param name="value">Shape (*, 1).</param>
    /// <returns>Shape (*).</returns>
    public abstract TensorValue DropLastAxis(TensorValue value);

    /// <summary>Averages the rows of each segment.</summary>
    /// <param name="value">Shape (n, d).</param>
    /// <param name="segment">int64, shape (n), ascending: the segment of each row.</param>
    /// <param name="counts">The number of rows of each segment, shape (segments, 1), none of them 0.</param>
    /// <returns>Shape (segments, d).</returns>
    public TensorValue SegmentMean(TensorValue value, TensorValue segment, TensorValue counts) =>
        SegmentSum(value, segment, counts) / counts;
}
