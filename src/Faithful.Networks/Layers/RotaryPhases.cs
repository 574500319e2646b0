using Faithful.Models;
using Faithful.Networks.Embeddings;
using Faithful.Networks.Operations;

namespace Faithful.Networks.Layers;

/// <summary>
/// Turns pairs of columns by the angles 2π h·x of an atom at x, for reflections h with indices up to 1 and for h = 0, so that
/// the product of two turned vectors depends on the difference of the two positions alone and is periodic in the lattice.
/// Rotary position embedding (Su et al. 2021, arXiv:2104.09864) with whole-numbered frequencies.
/// </summary>
public sealed class RotaryPhases
{
    private readonly ConstantReference _reflections;
    private readonly int _heads;
    private readonly int _pairs;

    /// <summary>Declares the table of reflections.</summary>
    /// <param name="layout">The network's layout.</param>
    /// <param name="name">The name.</param>
    /// <param name="width">The width of the vectors to turn.</param>
    /// <param name="heads">The number of heads, a divisor of half the width.</param>
    public RotaryPhases(ParameterLayout layout, string name, int width, int heads)
    {
        ArgumentNullException.ThrowIfNull(layout);
        _heads = heads;
        _pairs = width / 2 / heads;
        (int H, int K, int L)[] reflections = [.. StructureFactors.HalfSphere(1), (0, 0, 0)];
        _reflections = layout.AddConstant(
            $"{name}.reflections",
            [.. Enumerable.Range(0, width / 2).Select(column => reflections[column % _pairs % reflections.Length]).SelectMany(h => new float[] { h.H, h.K, h.L })],
            width / 2,
            3);
    }

    /// <summary>Computes the angles' cosines and sines for all atoms; every block uses the same.</summary>
    /// <param name="operations">The interpreter.</param>
    /// <returns>Each of shape (atoms, width / 2).</returns>
    public (TensorValue Cosine, TensorValue Sine) Angles(TensorOperations operations)
    {
        ArgumentNullException.ThrowIfNull(operations);
        TensorValue angles = Turns.ToAngles(
            operations.Linear(operations.Input(ModelInput.Positions), operations.Constant(_reflections), null));
        return (operations.Cosine(angles), operations.Sine(angles));
    }

    /// <summary>Turns vectors.</summary>
    /// <param name="first">The first columns of the pairs, shape (atoms, width / 2).</param>
    /// <param name="second">The second columns of the pairs, the same shape.</param>
    /// <param name="angles">From <see cref="Angles"/>.</param>
    /// <returns>The turned vectors, the columns of a head side by side, shape (atoms, width).</returns>
    public TensorValue Turn(TensorValue first, TensorValue second, (TensorValue Cosine, TensorValue Sine) angles)
    {
        ArgumentNullException.ThrowIfNull(first);
        TensorOperations operations = first.Operations;
        TensorValue turnedFirst = PerHead(first * angles.Cosine - second * angles.Sine);
        TensorValue turnedSecond = PerHead(first * angles.Sine + second * angles.Cosine);
        return operations.Reshape(operations.Concatenate(turnedFirst, turnedSecond), -1, 2 * _heads * _pairs);

        TensorValue PerHead(TensorValue value) => operations.Reshape(value, -1, _heads, _pairs);
    }
}
