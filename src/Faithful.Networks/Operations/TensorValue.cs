namespace Faithful.Networks.Operations;

/// <summary>
/// A tensor as network code sees it. What stands behind it is the interpreter's business: a TorchSharp tensor while training,
/// the name of a graph value while exporting.
/// </summary>
public abstract class TensorValue
{
    /// <summary>Initialises a value.</summary>
    /// <param name="operations">The interpreter that the value belongs to.</param>
    protected TensorValue(TensorOperations operations)
    {
        Operations = operations;
    }

    /// <summary>Gets the interpreter that the value belongs to.</summary>
    public TensorOperations Operations { get; }

    /// <summary>Adds element by element, with broadcasting.</summary>
    /// <param name="left">The first term.</param>
    /// <param name="right">The second term.</param>
    /// <returns>The sum.</returns>
    public static TensorValue operator +(TensorValue left, TensorValue right) => left.Operations.Add(left, right);

    /// <summary>Adds a number to every element.</summary>
    /// <param name="left">The tensor.</param>
    /// <param name="right">The number.</param>
    /// <returns>The sum.</returns>
    public static TensorValue operator +(TensorValue left, double right) => left.Operations.Add(left, right);

    /// <summary>Subtracts element by element, with broadcasting.</summary>
    /// <param name="left">The minuend.</param>
    /// <param name="right">The subtrahend.</param>
    /// <returns>The difference.</returns>
    public static TensorValue operator -(TensorValue left, TensorValue right) => left.Operations.Subtract(left, right);

    /// <summary>Multiplies element by element, with broadcasting.</summary>
    /// <param name="left">The first factor.</param>
    /// <param name="right">The second factor.</param>
    /// <returns>The product.</returns>
    public static TensorValue operator *(TensorValue left, TensorValue right) => left.Operations.Multiply(left, right);

    /// <summary>Multiplies every element by a number.</summary>
    /// <param name="left">The tensor.</param>
    /// <param name="right">The number.</param>
    /// <returns>The product.</returns>
    public static TensorValue operator *(TensorValue left, double right) => left.Operations.Multiply(left, right);

    /// <summary>Divides element by element, with broadcasting.</summary>
    /// <param name="left">The dividend.</param>
    /// <param name="right">The divisor.</param>
    /// <returns>The quotient.</returns>
    public static TensorValue operator /(TensorValue left, TensorValue right) => left.Operations.Divide(left, right);
}
