using Microsoft.ML.SearchSpace;

namespace Microsoft.ML.AutoML;

/// <summary>
/// Sequential model-based optimization (Hutter, Hoos and Leyton-Brown, LION 2011): a random forest over the trials so far
/// predicts mean and spread of the loss; the points with the largest expected improvement are tried next, with random ones
/// between fits.
/// </summary>
internal sealed class SmacTuner(SearchSpace.SearchSpace searchSpace, int? seed) : ITuner
{
    private readonly Random random = seed is { } value ? new Random(value) : new Random();
    private readonly RandomSearchTuner anywhere = new(searchSpace, seed);
    private readonly List<TrialResult> history = [];
    private readonly Queue<Parameter> candidates = [];

    public required int InitialTrials { get; init; }

    public required int TrialsPerFit { get; init; }

    public required int Trees { get; init; }

    public required int MinimumExamplesPerLeaf { get; init; }

    public required float FeatureFraction { get; init; }

    public required int Parents { get; init; }

    public required int RandomCandidates { get; init; }

    public required double Tolerance { get; init; }

    public required int NumericNeighbors { get; init; }

    public Parameter Propose(TrialSettings settings)
    {
        if (history.Count + candidates.Count <= InitialTrials)
        {
            return anywhere.Propose();
        }

        if (candidates.Count == 0)
        {
            Refill();
        }

        return candidates.Dequeue();
    }

    /// <summary>Trials without a finite loss teach nothing.</summary>
    public void Update(TrialResult result)
    {
        if (double.IsFinite(result.Loss))
        {
            history.Add(result);
        }
    }

    private void Refill()
    {
        double[][] points = [.. history.Select(trial => searchSpace.MappingToFeatureSpace(trial.TrialSettings.Parameter))];
        double[] losses = Losses();
        var forest = new RegressionForest(points, losses, Trees, MinimumExamplesPerLeaf, FeatureFraction, random);
        double best = losses.Min();

        List<(double Improvement, Parameter Parameter)> found = [];
        foreach (int parent in Enumerable.Range(0, losses.Length).OrderBy(i => losses[i]).Take(Parents))
        {
            found.Add(Climb(history[parent].TrialSettings.Parameter, forest, best));
        }

        for (int i = 0; i < RandomCandidates; i++)
        {
            found.Add(Judge(anywhere.Propose(), forest, best));
        }

        HashSet<string> known = [.. history.Select(trial => trial.TrialSettings.Parameter.ToString())];
        foreach ((_, Parameter parameter) in found.OrderByDescending(candidate => candidate.Improvement))
        {
            if (candidates.Count >= TrialsPerFit / 2)
            {
                break;
            }

            if (known.Add(parameter.ToString()))
            {
                candidates.Enqueue(parameter);
            }
        }

        while (candidates.Count < Math.Max(TrialsPerFit, 1))
        {
            candidates.Enqueue(anywhere.Propose());
        }
    }

    // A failed trial has the largest double as its loss, which would drown all differences: it counts as the worst of the others.
    private double[] Losses()
    {
        double worst = history.Select(trial => trial.Loss).Where(loss => loss < double.MaxValue).DefaultIfEmpty(0).Max();
        return [.. history.Select(trial => Math.Min(trial.Loss, worst))];
    }

    private (double Improvement, Parameter Parameter) Climb(Parameter start, RegressionForest forest, double best)
    {
        (double Improvement, Parameter Parameter) current = Judge(start, forest, best);
        while (true)
        {
            (double Improvement, Parameter Parameter) next = Neighbors(current.Parameter)
                .Select(neighbor => Judge(neighbor, forest, best))
                .Append(current)
                .MaxBy(candidate => candidate.Improvement);
            if (next.Improvement - current.Improvement < Tolerance)
            {
                return current;
            }

            current = next;
        }
    }

    // One coordinate changed: the next choice of a discrete option, a few normal deviates about a continuous one.
    private IEnumerable<Parameter> Neighbors(Parameter parameter)
    {
        double[] point = searchSpace.MappingToFeatureSpace(parameter);
        int?[] steps = searchSpace.Step;
        for (int i = 0; i < point.Length; i++)
        {
            double[] moved = [.. point];
            if (steps[i] is { } step)
            {
                moved[i] = (point[i] + (1.0 / step)) % 1;
                yield return searchSpace.SampleFromFeatureSpace(moved);
                continue;
            }

            for (int j = 0; j < NumericNeighbors; j++)
            {
                do
                {
                    moved[i] = point[i] + (0.2 * random.NextGaussian());
                }
                while (moved[i] is < 0 or > 1);
                yield return searchSpace.SampleFromFeatureSpace(moved);
            }
        }
    }

    private (double Improvement, Parameter Parameter) Judge(Parameter parameter, RegressionForest forest, double best)
    {
        (double mean, double deviation) = forest.Predict(searchSpace.MappingToFeatureSpace(parameter));
        double gain = best - mean;
        if (deviation == 0)
        {
            return (gain, parameter);
        }

        double z = gain / deviation;
        double density = Math.Exp(-z * z / 2) / Math.Sqrt(2 * Math.PI);
        return ((gain * NormalDistribution(z)) + (deviation * density), parameter);
    }

    // Abramowitz and Stegun, Handbook of Mathematical Functions, 26.2.17; error below 7.5e-8.
    private static double NormalDistribution(double z)
    {
        double t = 1 / (1 + (0.2316419 * Math.Abs(z)));
        double sum = t * (0.319381530 + (t * (-0.356563782 + (t * (1.781477937 + (t * (-1.821255978 + (t * 1.330274429))))))));
        double tail = sum * Math.Exp(-z * z / 2) / Math.Sqrt(2 * Math.PI);
        return z < 0 ? tail : 1 - tail;
    }
}
