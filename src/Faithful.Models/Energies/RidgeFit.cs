using MathNet.Numerics.LinearAlgebra;

namespace Faithful.Models.Energies;

/// <summary>Least squares over rows with few entries, with a penalty on squared coefficients: min Σ w (y − Σ a(i) x(i))² + λ Σ a(i)².</summary>
internal static class RidgeFit
{
    /// <summary>Fits the coefficients through the normal equations.</summary>
    /// <param name="rows">The entries of each row that are not 0, what they should add up to, and the weight of the row.</param>
    /// <param name="columns">The number of coefficients.</param>
    /// <param name="penalty">λ, above 0.</param>
    /// <returns>The coefficients; 0 for one that no row has.</returns>
    public static double[] Solve(IEnumerable<(IReadOnlyList<(int Column, double Value)> Entries, double Target, double Weight)> rows, int columns, double penalty)
    {
        Matrix<double> products = Matrix<double>.Build.DenseDiagonal(columns, penalty);
        Vector<double> sums = Vector<double>.Build.Dense(columns);
        foreach ((IReadOnlyList<(int Column, double Value)> entries, double target, double weight) in rows)
        {
            foreach ((int column, double value) in entries)
            {
                sums[column] += weight * value * target;
                foreach ((int other, double factor) in entries)
                {
                    products[column, other] += weight * value * factor;
                }
            }
        }

        return [.. products.Cholesky().Solve(sums)];
    }
}
