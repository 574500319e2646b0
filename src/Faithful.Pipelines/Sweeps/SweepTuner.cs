using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.ML.AutoML;
using Microsoft.ML.SearchSpace;

namespace Faithful.Pipelines;

/// <summary>
/// Chooses the trials of a sweep. Each model's first trial has its defaults; a fifth of the others are anywhere in its space; the
/// rest are steps from one of the best trials so far, in about a third of the options at a time and shorter the more is known.
/// Of several models the better ones get more trials: half of them the best, a quarter the second best, and so on.
/// </summary>
/// <remarks>
/// Made for few and costly trials. What it proposes follows from the seed, the number of the trial and the trials that have ended:
/// a sweep that was interrupted goes on as if it had not been, and several experiments can share the tuner. ML.NET's own tuners
/// remember what they proposed, so that they can do neither.
/// </remarks>
/// <param name="spaces">The spaces of the models, in the order in which they are first tried.</param>
/// <param name="table">The trials.</param>
/// <param name="seed">The seed.</param>
/// <param name="memory">Learns what memory a trial takes.</param>
internal sealed class SweepTuner(IReadOnlyList<SweepSpace> spaces, TrialTable table, int seed, TrialMemory memory) : ITuner
{
    /// <summary>The name under which parameters carry the number of the trial; without it there is no trial left.</summary>
    public const string TrialKey = "trial";

    /// <summary>The name under which parameters carry the model's name.</summary>
    public const string ModelKey = "model";

    private const double AnywhereShare = 0.2;
    private const double ChangedShare = 0.35; // of the coordinates
    private const double FirstStep = 0.3; // standard deviation, in parts of a range
    private const double StepsUntilShorter = 5; // trials of a model after which steps are 1/√2 of that
    private const int Attempts = 20; // to propose what has not been tried yet

    /// <inheritdoc/>
    public Parameter Propose(TrialSettings settings)
    {
        if (table.Next(Choose) is not SweepTrial trial)
        {
            return Parameter.CreateNestedParameter();
        }

        var parameter = new JsonObject { [TrialKey] = trial.Trial, [ModelKey] = trial.Model, [trial.Model] = trial.Values.DeepClone() };
        return parameter.Deserialize<Parameter>()!;
    }

    /// <inheritdoc/>
    public void Update(TrialResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        memory.Learn(result.PeakMemoryInMegaByte);
    }

    private (string Model, JsonObject Values, bool IsDefault) Choose(IReadOnlyList<SweepTrial> trials)
    {
        if (spaces.FirstOrDefault(space => trials.All(trial => trial.Model != space.Model)) is SweepSpace untried)
        {
            return (untried.Model, (JsonObject)untried.Defaults.DeepClone(), true);
        }

        var random = new Random(unchecked((seed * 1_000_003) + trials.Count));
        SweepSpace space = Model(trials, random);
        SweepTrial[] known = [.. trials.Where(trial => trial.Model == space.Model)];
        JsonObject values = [];
        for (int attempt = 0; attempt < Attempts; attempt++)
        {
            values = space.Values(Point(space, known, random));
            if (!known.Any(trial => JsonNode.DeepEquals(trial.Values, values)))
            {
                break;
            }
        }

        return (space.Model, values, false);
    }

    private SweepSpace Model(IReadOnlyList<SweepTrial> trials, Random random)
    {
        SweepSpace[] ranked =
        [
            .. spaces.OrderBy(space => TrialTable.BestOf(trials.Where(trial => trial.Model == space.Model), table.Metric) is SweepTrial best
                ? table.Metric.Loss(best.Value!.Value)
                : double.MaxValue),
        ];
        return ranked[Geometric(random, ranked.Length)];
    }

    private double[] Point(SweepSpace space, SweepTrial[] known, Random random)
    {
        SweepTrial[] ranked = [.. known.Where(trial => trial.State == TrialState.Complete).OrderBy(trial => table.Metric.Loss(trial.Value!.Value))];
        if (ranked.Length == 0 || random.NextDouble() < AnywhereShare)
        {
            return [.. Enumerable.Range(0, space.Options.FeatureSpaceDim).Select(_ => random.NextDouble())];
        }

        double[] point = space.Middle(space.Point(ranked[Geometric(random, ranked.Length)].Values));
        int?[] steps = space.Options.Step;
        double length = FirstStep / Math.Sqrt(1 + (known.Length / StepsUntilShorter));
        int always = random.Next(point.Length);
        for (int i = 0; i < point.Length; i++)
        {
            double step = (steps[i] is int n ? Math.Max(length, 1.0 / n) : length) * Normal(random);
            point[i] = i == always || random.NextDouble() < ChangedShare ? Reflect(point[i] + step) : point[i];
        }

        return point;
    }

    /// <summary>0 with probability ½, 1 with ¼, …; what is left over goes to the last.</summary>
    private static int Geometric(Random random, int count)
    {
        int index = 0;
        while (index < count - 1 && random.NextDouble() < 0.5)
        {
            index++;
        }

        return index;
    }

    private static double Normal(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble()); // Box and Muller 1958

    private static double Reflect(double x)
    {
        x = Math.Abs(x) % 2;
        return Math.Min(x > 1 ? 2 - x : x, Math.BitDecrement(1.0));
    }
}
