using System.Collections.Immutable;
using Faithful.Models;
using Faithful.Networks.Operations;

namespace Faithful.Networks.Embeddings;

/// <summary>
/// Structure factors F(h) = Σ w exp(2πi h·x) / √(Σ w²) over the atoms of a crystal, for reflections h with indices up to 3 and
/// fixed weights w of the elements. |F| does not depend on the origin, and an absent reflection tells of a screw axis, a glide
/// plane or a translation within the cell (International Tables for Crystallography A, section 1.6.3).
/// </summary>
/// <remarks>Letters: H reflections, K sets of weights, b crystals.</remarks>
public sealed class StructureFactors
{
    /// <summary>The greatest index of a reflection.</summary>
    internal const int GreatestIndex = 3;

    /// <summary>The number of sets of weights: what cancels by chance in one does not in the next.</summary>
    internal const int Sets = 3;

    private const double Floor = 1e-3; // |F|² of a reflection that is absent but for the tolerance of the symmetry

    private readonly ConstantReference _reflections;
    private readonly ConstantReference _weights;

    /// <summary>Declares the reflections and the weights.</summary>
    /// <param name="layout">The network's layout.</param>
    /// <param name="name">The name.</param>
    public StructureFactors(ParameterLayout layout, string name)
    {
        ArgumentNullException.ThrowIfNull(layout);
        _reflections = layout.AddConstant(
            $"{name}.reflections", [.. Reflections.SelectMany(h => new float[] { h.H, h.K, h.L })], Reflections.Length, 3);
        _weights = layout.AddConstant($"{name}.weights", Weights(), ElementEmbedding.TableRows, Sets);
    }

    /// <summary>Gets the number of amplitudes that <see cref="Amplitudes"/> gives.</summary>
    public static int AmplitudeWidth => Sets * Reflections.Length;

    /// <summary>Gets the reflections: one of each pair h, −h, in ascending order.</summary>
    internal static ImmutableArray<(int H, int K, int L)> Reflections { get; } = HalfSphere(GreatestIndex);

    /// <summary>Computes the structure factors.</summary>
    /// <param name="operations">The interpreter.</param>
    /// <param name="atomCounts">The number of atoms of each crystal, shape (crystals, 1).</param>
    /// <returns>Real and imaginary part, each of shape (crystals, K, H).</returns>
    public (TensorValue Real, TensorValue Imaginary) Apply(TensorOperations operations, TensorValue atomCounts)
    {
        ArgumentNullException.ThrowIfNull(operations);
        TensorValue crystal = operations.Input(ModelInput.CrystalIndex);
        TensorValue angles = Turns.ToAngles(
            operations.Linear(operations.Input(ModelInput.Positions), operations.Constant(_reflections), null)); // (atoms, H)
        TensorValue weights = operations.Gather(operations.Constant(_weights), operations.Input(ModelInput.AtomicNumbers)); // (atoms, K)
        TensorValue norm = operations.SquareRoot(operations.SegmentSum(weights * weights, crystal, atomCounts)); // (crystals, K)
        TensorValue padded = operations.Transpose(
            operations.Pad(weights / operations.Gather(norm, crystal), crystal, atomCounts)); // (crystals, K, largest)
        return (
            operations.BatchMatrixProduct(padded, operations.Pad(operations.Cosine(angles), crystal, atomCounts)),
            operations.BatchMatrixProduct(padded, operations.Pad(operations.Sine(angles), crystal, atomCounts)));
    }

    /// <summary>Computes the logarithms of the squared amplitudes.</summary>
    /// <param name="real">The real parts, shape (crystals, K, H).</param>
    /// <param name="imaginary">The imaginary parts, shape (crystals, K, H).</param>
    /// <returns>Shape (crystals, K · H), about −1..1.</returns>
    public static TensorValue Amplitudes(TensorValue real, TensorValue imaginary)
    {
        ArgumentNullException.ThrowIfNull(real);
        TensorOperations operations = real.Operations;
        TensorValue squares = operations.Reshape(real * real + imaginary * imaginary, 0, AmplitudeWidth);
        return operations.Logarithm(squares + Floor) * 0.2 + 0.5;
    }

    /// <summary>Lists the reflections with indices up to a greatest one, one of each pair h, −h.</summary>
    internal static ImmutableArray<(int H, int K, int L)> HalfSphere(int greatestIndex)
    {
        int[] indices = [.. Enumerable.Range(-greatestIndex, 2 * greatestIndex + 1)];
        return
        [
            .. from h in indices
               from k in indices
               from l in indices
               where (h, k, l).CompareTo((0, 0, 0)) > 0
               select (h, k, l),
        ];
    }

    /// <summary>Sizes without a pattern between 0.5 and 1.5; all positive in the first set, of either sign in the others.</summary>
    internal static float[] Weights()
    {
        var random = new Random(1);
        return
        [
            .. from z in Enumerable.Range(0, ElementEmbedding.TableRows)
               from set in Enumerable.Range(0, Sets)
               let size = 0.5 + random.NextDouble()
               let negative = random.Next(2) == 0
               select (float)(set > 0 && negative ? -size : size),
        ];
    }
}
