namespace Faithful.Crystals.Bands;

/// <summary>Finds what reproduces itself, a potential or charges, from what was tried so far.</summary>
/// <remarks>D. G. Anderson, J. ACM 12, 547 (1965): the mixture of the last six trials whose residual is the least, and a step along that residual.</remarks>
internal sealed class AndersonMixing
{
    private const int Depth = 6;
    private const double Dependent = 1e-8; // of the square: symmetric crystals have few charges to vary, and rounding must not become a direction

    private readonly double[] weights;
    private readonly double damping;
    private readonly List<(double[] Input, double[] Residual)> history = [];

    /// <summary>Initializes a new instance of the <see cref="AndersonMixing"/> class.</summary>
    /// <param name="weights">The weights of the scalar product.</param>
    /// <param name="damping">Which part of the least residual is added.</param>
    public AndersonMixing(double[] weights, double damping)
    {
        this.weights = weights;
        this.damping = damping;
    }

    /// <summary>Adds a trial and gets the next input.</summary>
    /// <param name="input">The input of the trial.</param>
    /// <param name="residual">Its output less its input.</param>
    /// <returns>The next input.</returns>
    public double[] Next(double[] input, double[] residual)
    {
        var (bestInput, bestResidual) = ((double[])input.Clone(), (double[])residual.Clone());
        var directions = new List<(double[] Input, double[] Residual)>();
        for (var index = history.Count - 1; index >= 0; index--)
        {
            // Gram–Schmidt among the differences to the newest trial; what is left of one that depends on the others is noise.
            var (changeOfInput, change) = (Difference(history[index].Input, input), Difference(history[index].Residual, residual));
            var before = Product(change, change);
            foreach (var direction in directions)
            {
                var share = -Product(change, direction.Residual);
                Add(change, direction.Residual, share);
                Add(changeOfInput, direction.Input, share);
            }

            var square = Product(change, change);
            if (square <= Dependent * before)
            {
                continue;
            }

            Scale(change, 1 / Math.Sqrt(square));
            Scale(changeOfInput, 1 / Math.Sqrt(square));
            directions.Add((changeOfInput, change));
            var step = -Product(bestResidual, change);
            Add(bestResidual, change, step);
            Add(bestInput, changeOfInput, step);
        }

        history.Add((input, residual));
        if (history.Count >= Depth)
        {
            history.RemoveAt(0);
        }

        Add(bestInput, bestResidual, damping);
        return bestInput;
    }

    private static double[] Difference(double[] first, double[] second)
    {
        var result = (double[])first.Clone();
        Add(result, second, -1);
        return result;
    }

    private static void Add(double[] target, double[] source, double factor)
    {
        for (var index = 0; index < target.Length; index++)
        {
            target[index] += factor * source[index];
        }
    }

    private static void Scale(double[] target, double factor)
    {
        for (var index = 0; index < target.Length; index++)
        {
            target[index] *= factor;
        }
    }

    private double Product(double[] first, double[] second)
    {
        var sum = 0.0;
        for (var index = 0; index < first.Length; index++)
        {
            sum += weights[index] * first[index] * second[index];
        }

        return sum;
    }
}
