using MathNet.Numerics.LinearAlgebra;

namespace Faithful.Models.Ensembles;

/// <summary>
/// A linear combination of values, Σ a(m) v(m) + b, with the least mean absolute error. Squared differences of the weights from those of a mean are held
/// small, b is free. Iteratively reweighted least squares: |r| ≤ r²/(2w) + w/2 with w = |r| of the step before.
/// </summary>
internal static class StackedValues
{
    private const int Steps = 200;
    private const double SmallestChange = 1e-10;
    private const double RelativeResidual = 1e-3; // of the mean error: below it, residuals have the same weight

    /// <summary>Fits the coefficients.</summary>
    /// <param name="answers">Values, shape (crystals, models, 1).</param>
    /// <param name="targets">The true values.</param>
    /// <param name="factor">The factor of half the squared differences, above 0.</param>
    /// <returns>The coefficients.</returns>
    public static EnsembleSolution Fit(double[][][] answers, double[] targets, double factor)
    {
        int models = answers[0].Length;
        Matrix<double> inputs = Matrix<double>.Build.Dense(targets.Length, models + 1, (row, column) => column < models ? answers[row][column][0] : 1);
        Vector<double> outputs = Vector<double>.Build.DenseOfArray(targets);
        Vector<double> origin = Vector<double>.Build.DenseOfEnumerable([.. EnsembleRule.EqualWeights(models), 0]);
        Matrix<double> penalty = Matrix<double>.Build.DenseDiagonal(models + 1, factor);
        penalty[models, models] = 0;
        Vector<double> point = origin.Clone();
        double smallest = Math.Max(double.Epsilon, RelativeResidual * (outputs - inputs * point).L1Norm() / targets.Length);
        for (int step = 0; step < Steps; step++)
        {
            Vector<double> weights = (outputs - inputs * point).Map(residual => 1 / (targets.Length * Math.Max(Math.Abs(residual), smallest)));
            Matrix<double> weighted = Matrix<double>.Build.Dense(targets.Length, models + 1, (row, column) => weights[row] * inputs[row, column]);
            Vector<double> next = (inputs.TransposeThisAndMultiply(weighted) + penalty).Cholesky().Solve(weighted.TransposeThisAndMultiply(outputs) + penalty * origin);
            double change = (next - point).InfinityNorm();
            point = next;
            if (change < SmallestChange)
            {
                break;
            }
        }

        return new EnsembleSolution([.. point.Take(models)], [point[models]], factor);
    }
}
