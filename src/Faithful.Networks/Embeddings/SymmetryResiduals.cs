using System.Collections.Immutable;
using Faithful.Models;
using Faithful.Networks.Operations;

namespace Faithful.Networks.Embeddings;

/// <summary>
/// How far a crystal is from each rotation that a reduced cell can have: how much the rotation R changes the metric of the
/// cell, and how much it changes the triple products F(h) F(k) F*(h+k) of structure factors, which do not depend on the
/// origin (D. Sayre 1952, DOI 10.1107/S0365110X52000137). If R takes the crystal to itself, with whatever translation, the
/// products of rotated reflections are equal; if −R does, they are complex conjugates. A smooth measure of the geometry, not
/// the answer of a symmetry search: the network learns what follows from it, and how much distortion the catalogue overlooks.
/// </summary>
/// <remarks>Letters: R rotations, T triple products, b crystals, K sets of weights.</remarks>
public sealed class SymmetryResiduals
{
    private const double MetricFloor = 1e-3;
    private const double ProductFloor = 1e-3; // what the tolerance of the catalogue's symmetry, 0.1 Å, leaves

    private readonly ConstantReference _metricChanges;
    private readonly ConstantReference _metricSums;
    private readonly TripleTable _rotated;
    private readonly TripleTable _original;

    /// <summary>Declares the tables.</summary>
    /// <param name="layout">The network's layout.</param>
    /// <param name="name">The name.</param>
    public SymmetryResiduals(ParameterLayout layout, string name)
    {
        ArgumentNullException.ThrowIfNull(layout);
        int rotations = ReducedCellRotations.All.Length;
        _metricChanges = layout.AddConstant(
            $"{name}.metric_changes", [.. ReducedCellRotations.All.SelectMany(MetricChange)], 9 * rotations, 9);
        _metricSums = layout.AddConstant($"{name}.trace", [1, 0, 0, 0, 1, 0, 0, 0, 1], 1, 9);
        _rotated = new TripleTable(layout, $"{name}.rotated", [.. ReducedCellRotations.All.SelectMany(r => Triples.Select(t => t.Rotate(r)))]);
        _original = new TripleTable(layout, $"{name}.original", Triples);
    }

    /// <summary>Gets the number of residuals: three for each rotation.</summary>
    public static int Width => 3 * ReducedCellRotations.All.Length;

    /// <summary>Pairs of short reflections whose sum is short too, so that their images stay within the indices at hand.</summary>
    private static ImmutableArray<Triple> Triples { get; } = ShortTriples();

    /// <summary>Computes the residuals.</summary>
    /// <param name="operations">The interpreter.</param>
    /// <param name="real">Real parts of the structure factors, shape (crystals, K, H).</param>
    /// <param name="imaginary">Imaginary parts, same shape.</param>
    /// <returns>Logarithms, about −1..1, shape (crystals, width): metric, R, −R.</returns>
    public TensorValue Apply(TensorOperations operations, TensorValue real, TensorValue imaginary)
    {
        ArgumentNullException.ThrowIfNull(operations);
        TensorValue metric = MetricResiduals(operations); // (b, R)

        // Reflections first, so that picking them is picking rows: (H, b, K).
        TensorValue realRows = operations.Permute(real, 2, 0, 1), imaginaryRows = operations.Permute(imaginary, 2, 0, 1);
        (TensorValue a, TensorValue b) = _original.Apply(operations, realRows, imaginaryRows); // (T, b, K)
        (TensorValue c, TensorValue d) = _rotated.Apply(operations, realRows, imaginaryRows); // (R · T, b, K)
        int rotations = ReducedCellRotations.All.Length;
        TensorValue size = Fold(operations, c * c + d * d, rotations) + Fold(operations, a * a + b * b, 1) + ProductFloor; // (R, b)
        TensorValue realChange = Square(Against(c, a, -1));
        return operations.Concatenate(
            metric,
            Residual(realChange + Square(Against(d, b, -1))),
            Residual(realChange + Square(Against(d, b, 1))));

        // The products of every rotation beside those of the crystal as it is: their difference or their sum, (R · T, b, K).
        TensorValue Against(TensorValue rotated, TensorValue original, double sign)
        {
            TensorValue rows = operations.Reshape(rotated, rotations, Triples.Length, -1); // (R, T, b · K)
            TensorValue one = operations.Reshape(original, 1, Triples.Length, -1) * sign;
            return operations.Reshape(rows + one, rotations * Triples.Length, -1, StructureFactors.Sets);
        }

        static TensorValue Square(TensorValue value) => value * value;

        TensorValue Residual(TensorValue change)
        {
            TensorValue ratio = Fold(operations, change, rotations) / size; // (R, b)
            return operations.Logarithm(operations.Transpose(ratio) + ProductFloor) * 0.3 + 1;
        }
    }

    /// <summary>Sums triple products and sets of weights: (groups · T, b, K) to (groups, b).</summary>
    private static TensorValue Fold(TensorOperations operations, TensorValue value, int groups)
    {
        TensorValue perSet = operations.SumColumns(value); // (groups · T, b, 1)
        return operations.SumRows(operations.Reshape(perSet, groups, Triples.Length, -1)); // (groups, b)
    }

    /// <summary>log of |R G Rᵀ − G| in units of the mean squared length of the basis vectors.</summary>
    private TensorValue MetricResiduals(TensorOperations operations)
    {
        TensorValue lattices = operations.Input(ModelInput.Lattices);
        TensorValue metric = operations.Reshape(
            operations.BatchMatrixProduct(lattices, operations.Transpose(lattices)), -1, 9); // Å², (b, 9)
        TensorValue scaled = metric / operations.Linear(metric, operations.Constant(_metricSums), null);
        TensorValue change = operations.Linear(scaled, operations.Constant(_metricChanges), null); // (b, R · 9)
        TensorValue squares = operations.SumColumns(operations.Reshape(change * change, -1, ReducedCellRotations.All.Length, 9));
        return operations.Logarithm(operations.SquareRoot(operations.Reshape(squares, 0, -1)) + MetricFloor) * 0.2 + 1;
    }

    /// <summary>The matrix that takes the nine entries of G to those of R G Rᵀ − G, row-major.</summary>
    private static IEnumerable<float> MetricChange(ImmutableArray<int> rotation) =>
        from i in Enumerable.Range(0, 3)
        from l in Enumerable.Range(0, 3)
        from j in Enumerable.Range(0, 3)
        from k in Enumerable.Range(0, 3)
        select (float)(rotation[3 * i + j] * rotation[3 * l + k] - (i == j && l == k ? 1 : 0));

    private static ImmutableArray<Triple> ShortTriples()
    {
        (int, int, int)[] axes = [(1, 0, 0), (0, 1, 0), (0, 0, 1)];
        (int, int, int)[] others = [.. axes, (1, 1, 0), (1, 0, 1), (0, 1, 1), (1, -1, 0), (1, 0, -1), (0, 1, -1)];
        return
        [
            .. from first in Enumerable.Range(0, axes.Length)
               from second in Enumerable.Range(first + 1, others.Length - first - 1)
               from sign in new[] { 1, -1 }
               let triple = new Triple(axes[first], Scale(others[second], sign))
               where triple.IsShort && triple.IsOrthogonal
               select triple,
        ];

        static (int, int, int) Scale((int H, int K, int L) h, int sign) => (sign * h.H, sign * h.K, sign * h.L);
    }

    /// <summary>Reflections h and k of a product F(h) F(k) F*(h+k).</summary>
    private readonly record struct Triple((int H, int K, int L) First, (int H, int K, int L) Second)
    {
        public (int H, int K, int L) Sum => (First.H + Second.H, First.K + Second.K, First.L + Second.L);

        public bool IsShort => Math.Max(Math.Abs(Sum.H), Math.Max(Math.Abs(Sum.K), Math.Abs(Sum.L))) <= 1;

        public bool IsOrthogonal => First.H * Second.H + First.K * Second.K + First.L * Second.L == 0;

        public Triple Rotate(ImmutableArray<int> rotation) => new(Rotate(First, rotation), Rotate(Second, rotation));

        private static (int, int, int) Rotate((int H, int K, int L) h, ImmutableArray<int> r) => (
            h.H * r[0] + h.K * r[3] + h.L * r[6],
            h.H * r[1] + h.K * r[4] + h.L * r[7],
            h.H * r[2] + h.K * r[5] + h.L * r[8]);
    }

    /// <summary>Where the factors of some triple products stand among the reflections at hand.</summary>
    private sealed class TripleTable
    {
        private readonly (ConstantReference Row, ConstantReference Sign)[] _factors;

        public TripleTable(ParameterLayout layout, string name, ImmutableArray<Triple> triples)
        {
            _factors =
            [
                Declare("first", triples.Select(triple => triple.First)),
                Declare("second", triples.Select(triple => triple.Second)),
                Declare("sum", triples.Select(triple => triple.Sum)),
            ];

            (ConstantReference, ConstantReference) Declare(string factor, IEnumerable<(int H, int K, int L)> reflections)
            {
                (int Row, int Sign)[] places = [.. reflections.Select(Find)];
                return (
                    layout.AddConstant($"{name}.{factor}.rows", [.. places.Select(place => (float)place.Row)], places.Length),
                    layout.AddConstant($"{name}.{factor}.signs", [.. places.Select(place => (float)place.Sign)], places.Length, 1, 1));
            }
        }

        public (TensorValue Real, TensorValue Imaginary) Apply(TensorOperations operations, TensorValue real, TensorValue imaginary)
        {
            (TensorValue a, TensorValue b) = Factor(0);
            (TensorValue c, TensorValue d) = Factor(1);
            (TensorValue e, TensorValue f) = Factor(2);
            TensorValue x = a * c - b * d, y = a * d + b * c; // F(h) F(k)
            return (x * e + y * f, y * e - x * f); // times F*(h+k)

            (TensorValue, TensorValue) Factor(int factor)
            {
                TensorValue row = operations.ToInteger(operations.Constant(_factors[factor].Row));
                return (operations.Gather(real, row), operations.Gather(imaginary, row) * operations.Constant(_factors[factor].Sign));
            }
        }

        /// <summary>F(−h) is the conjugate of F(h): one row serves both, with a sign for the imaginary part.</summary>
        private static (int Row, int Sign) Find((int H, int K, int L) h)
        {
            int row = StructureFactors.Reflections.IndexOf(h);
            return row >= 0 ? (row, 1) : (StructureFactors.Reflections.IndexOf((-h.H, -h.K, -h.L)), -1);
        }
    }
}
