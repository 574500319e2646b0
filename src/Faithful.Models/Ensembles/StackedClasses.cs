using MathNet.Numerics.LinearAlgebra;

namespace Faithful.Models.Ensembles;

/// <summary>
/// Multinomial logistic regression on the logarithms of the members' probabilities: z(c) = Σ a(m) ln p(m, c) + b(c), with one weight a member for all
/// classes. Squared coefficients, counted from those of a geometric mean (a = 1/models, b = 0), are held small; Newton's method, as the loss is convex.
/// </summary>
internal static class StackedClasses
{
    private const int MaxBiases = 32; // with more classes there are too few crystals of each to fit a number for
    private const int MaxSteps = 100;
    private const double SmallestDecrease = 1e-12;

    /// <summary>Fits the coefficients.</summary>
    /// <param name="answers">Probabilities, shape (crystals, models, classes).</param>
    /// <param name="classes">The true class of each crystal.</param>
    /// <param name="factor">The factor of half the squared coefficients, above 0.</param>
    /// <returns>The coefficients.</returns>
    public static EnsembleSolution Fit(double[][][] answers, int[] classes, double factor)
    {
        int models = answers[0].Length, width = answers[0][0].Length, biases = width <= MaxBiases ? width : 0;
        double[][][] logarithms =
            [.. answers.Select(answer => answer.Select(row => row.Select(p => Math.Log(Math.Max(p, EnsembleRule.SmallestProbability))).ToArray()).ToArray())];
        double[] start = [.. EnsembleRule.EqualWeights(models), .. new double[biases]];
        var origin = Vector<double>.Build.DenseOfArray(start);
        Vector<double> point = origin.Clone();
        double loss = Loss(logarithms, classes, point, origin, factor, models);
        for (int step = 0; step < MaxSteps; step++)
        {
            (Vector<double> slope, Matrix<double> curvature) = Derivatives(logarithms, classes, point, models);
            slope += factor * (point - origin);
            curvature += factor * Matrix<double>.Build.DenseIdentity(point.Count);
            Vector<double> direction = curvature.Cholesky().Solve(slope);
            double length = 1, next = loss;
            Vector<double> candidate = point;
            for (; length > 1e-8; length /= 2)
            {
                candidate = point - length * direction;
                next = Loss(logarithms, classes, candidate, origin, factor, models);
                if (next <= loss)
                {
                    break;
                }
            }

            if (!(next < loss))
            {
                break;
            }

            double decrease = loss - next;
            (point, loss) = (candidate, next);
            if (decrease < SmallestDecrease)
            {
                break;
            }
        }

        return new EnsembleSolution([.. point.Take(models)], [.. point.Skip(models)], factor);
    }

    private static double[] Probabilities(double[][] logarithms, Vector<double> point, int models)
    {
        var sums = new double[logarithms[0].Length];
        for (int c = 0; c < sums.Length; c++)
        {
            sums[c] = point.Count > models ? point[models + c] : 0;
            for (int model = 0; model < models; model++)
            {
                sums[c] += point[model] * logarithms[model][c];
            }
        }

        return EnsembleRule.Softmax(sums);
    }

    private static double Loss(double[][][] logarithms, int[] classes, Vector<double> point, Vector<double> origin, double factor, int models)
    {
        double sum = 0;
        for (int row = 0; row < classes.Length; row++)
        {
            sum -= Math.Log(Math.Max(double.Epsilon, Probabilities(logarithms[row], point, models)[classes[row]]));
        }

        Vector<double> distance = point - origin;
        return sum / classes.Length + factor / 2 * distance.DotProduct(distance);
    }

    /// <summary>The slope and the curvature of the mean log-loss. Of a row, J(c) is the vector of what multiplies each coefficient in z(c).</summary>
    private static (Vector<double> Slope, Matrix<double> Curvature) Derivatives(double[][][] logarithms, int[] classes, Vector<double> point, int models)
    {
        int size = point.Count;
        var slope = new double[size];
        var curvature = new double[size, size];
        var mean = new double[size]; // Σ q(c) J(c)
        for (int row = 0; row < classes.Length; row++)
        {
            double[][] logs = logarithms[row];
            double[] q = Probabilities(logs, point, models);
            Array.Clear(mean);
            for (int c = 0; c < q.Length; c++)
            {
                double residual = q[c] - (c == classes[row] ? 1 : 0);
                for (int i = 0; i < models; i++)
                {
                    mean[i] += q[c] * logs[i][c];
                    slope[i] += residual * logs[i][c];
                    for (int j = 0; j <= i; j++)
                    {
                        curvature[i, j] += q[c] * logs[i][c] * logs[j][c];
                    }

                    if (size > models)
                    {
                        curvature[models + c, i] += q[c] * logs[i][c];
                    }
                }

                if (size > models)
                {
                    mean[models + c] = q[c];
                    slope[models + c] += residual;
                    curvature[models + c, models + c] += q[c];
                }
            }

            for (int i = 0; i < size; i++)
            {
                for (int j = 0; j <= i; j++)
                {
                    curvature[i, j] -= mean[i] * mean[j];
                }
            }
        }

        for (int i = 0; i < size; i++)
        {
            for (int j = 0; j < i; j++)
            {
                curvature[j, i] = curvature[i, j];
            }
        }

        double share = 1.0 / classes.Length;
        return (share * Vector<double>.Build.DenseOfArray(slope), share * Matrix<double>.Build.DenseOfArray(curvature));
    }
}
