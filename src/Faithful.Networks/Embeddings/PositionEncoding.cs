using Faithful.Models;
using Faithful.Networks.Operations;

namespace Faithful.Networks.Embeddings;

/// <summary>
/// The sines of the paper's code: sin (2π 2ᵏ x) for k = 1…5 and each fractional coordinate x. The lowest frequency is 2 and
/// there is no cosine, so x and x + ½ are the same to it, and 0, ¼, ½ and ¾ are nothing. Kept to repeat the paper's numbers.
/// </summary>
public sealed class PositionEncoding
{
    private readonly ConstantReference _frequencies;

    /// <summary>Declares the table.</summary>
    /// <param name="layout">The network's layout.</param>
    /// <param name="name">The name.</param>
    public PositionEncoding(ParameterLayout layout, string name)
    {
        ArgumentNullException.ThrowIfNull(layout);
        var frequencies = new float[Width * 3];
        for (int axis = 0; axis < 3; axis++)
        {
            for (int k = 1; k <= Width / 3; k++)
            {
                frequencies[(axis * (Width / 3) + k - 1) * 3 + axis] = 1 << k;
            }
        }

        _frequencies = layout.AddConstant($"{name}.frequencies", frequencies, Width, 3);
    }

    /// <summary>Gets the width of an encoded position.</summary>
    public static int Width => 15;

    /// <summary>Encodes the positions of the batch.</summary>
    /// <param name="operations">The interpreter.</param>
    /// <returns>Shape (atoms, 15).</returns>
    public TensorValue Apply(TensorOperations operations)
    {
        ArgumentNullException.ThrowIfNull(operations);
        return operations.Sine(Turns.ToAngles(
            operations.Linear(operations.Input(ModelInput.Positions), operations.Constant(_frequencies), null)));
    }
}
