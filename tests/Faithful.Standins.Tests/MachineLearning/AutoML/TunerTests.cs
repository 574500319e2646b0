using Microsoft.ML;
using Microsoft.ML.AutoML;
using Microsoft.ML.SearchSpace;
using Microsoft.ML.SearchSpace.Option;
using SearchSpace = Microsoft.ML.SearchSpace.SearchSpace;

namespace Faithful.Standins.Tests.MachineLearning.AutoML;

/// <summary>What the tuners propose, seen through experiments.</summary>
public sealed class TunerTests
{
    public static TheoryData<string> Tuners { get; } = ["random", "grid", "frugal", "smac"];

    [Theory]
    [MemberData(nameof(Tuners))]
    public void Every_proposal_lies_in_its_range(string tuner)
    {
        var space = new SearchSpace
        {
            { "rate", new UniformDoubleOption(1e-4, 1e-1, true, 1e-2) },
            { "layers", new UniformIntOption(2, 5) },
            { "kind", new ChoiceOption("a", "b", "c") },
        };
        foreach (TrialSettings trial in Run(tuner, space, 30, trial => trial.Parameter["rate"].AsType<double>()))
        {
            Assert.InRange(trial.Parameter["rate"].AsType<double>(), 0.999999e-4, 1.000001e-1);
            Assert.InRange(trial.Parameter["layers"].AsType<int>(), 2, 5);
            Assert.Contains(trial.Parameter["kind"].AsType<string>(), (string[])["a", "b", "c"]);
        }
    }

    [Theory]
    [MemberData(nameof(Tuners))]
    public void Equal_seeds_make_equal_proposals(string tuner)
    {
        string[] first = [.. Proposals(tuner, 5)];
        Assert.Equal(first, Proposals(tuner, 5));
        Assert.Equal(tuner != "grid", !first.SequenceEqual(Proposals(tuner, 6)));
    }

    [Fact]
    public void Only_the_cost_frugal_tuner_starts_at_the_default()
    {
        Assert.Equal([0.25, 0.25, 0.25], Point(Run("frugal", new SearchSpace<Cube>(new Cube()), 1, Bowl)[0]));
        Assert.NotEqual([0.25, 0.25, 0.25], Point(Run("random", new SearchSpace<Cube>(), 1, Bowl)[0]));
        Assert.NotEqual([0.25, 0.25, 0.25], Point(Run("smac", new SearchSpace<Cube>(), 1, Bowl)[0]));
        Assert.Equal([-1.0, -1, -1], Point(Run("grid", new SearchSpace<Cube>(), 1, Bowl)[0]));
    }

    [Fact]
    public void A_random_seed_given_to_the_tuner_wins_over_that_of_the_experiment()
    {
        var space = new SearchSpace<Cube>();
        double[] First(int seed) => Point(Run(experiment => experiment.SetRandomSearchTuner(9), space, seed, 1, Bowl)[0]);
        Assert.Equal(First(1), First(2));
    }

    [Fact]
    public void The_grid_has_every_point_once_and_then_begins_again()
    {
        var space = new SearchSpace
        {
            { "a", new UniformIntOption(0, 10) },
            { "b", new ChoiceOption("x", "y", "z") },
            { "c", new ChoiceOption(true, false) },
        };
        List<TrialSettings> trials = Run(experiment => experiment.SetGridSearchTuner(4), space, 0, 48, _ => 0);
        string[] points = [.. trials.Select(trial => trial.Parameter.ToString())];
        Assert.Equal(24, points.Distinct().Count());
        Assert.Equal(points[..24], points[24..]);
        Assert.Equal([0, 2, 5, 7], trials.Take(24).Select(trial => trial.Parameter["a"].AsType<int>()).Distinct());
        Assert.Equal("""{"a":0,"b":"x","c":false}""", points[1]);
    }

    /// <summary>The number is asserted by ML.NET's own tests (TunerTests.CFO_should_be_recoverd_if_history_provided).</summary>
    [Fact]
    public void The_cost_frugal_tuner_walks_as_the_published_one()
    {
        List<double> losses = [];
        Run("frugal", new SearchSpace<Wide>(), 100, trial =>
        {
            double loss = -Math.Log(Point(trial).Sum(Math.Exp));
            losses.Add(loss);
            return loss;
        }, seed: 0);
        Assert.Equal(-10.1537, losses[99], 0.001);
    }

    [Theory]
    [InlineData("frugal", 60, 0.02)]
    [InlineData("smac", 60, 0.2)]
    public void A_tuner_that_learns_finds_the_bottom_of_a_bowl(string tuner, int trials, double depth)
    {
        double best = Run(tuner, new SearchSpace<Cube>(), trials, Bowl, seed: 1).Min(Bowl);
        Assert.True(best < depth, $"the best of {trials} trials is {best}");
    }

    private static double Bowl(TrialSettings trial) => Point(trial).Sum(x => (x - 0.6) * (x - 0.6));

    private static double[] Point(TrialSettings trial) =>
        [.. new[] { "X", "Y", "Z" }.Select(name => trial.Parameter[name].AsType<double>())];

    private static IEnumerable<string> Proposals(string tuner, int seed) =>
        Run(tuner, new SearchSpace<Cube>(), 32, Bowl, seed).Select(trial => trial.Parameter.ToString());

    private static List<TrialSettings> Run(string tuner, SearchSpace space, int trials, Func<TrialSettings, double> loss, int seed = 3) =>
        Run(
            experiment => tuner switch
            {
                "random" => experiment.SetRandomSearchTuner(),
                "grid" => experiment.SetGridSearchTuner(),
                "frugal" => experiment.SetCostFrugalTuner(),
                _ => experiment.SetSmacTuner(numRandomEISearchConfigurations: 200),
            },
            space,
            seed,
            trials,
            loss);

    private static List<TrialSettings> Run(
        Func<AutoMLExperiment, AutoMLExperiment> tune, SearchSpace space, int seed, int trials, Func<TrialSettings, double> loss)
    {
        var runner = new FunctionRunner(loss);
        var settings = new AutoMLExperiment.AutoMLExperimentSettings { SearchSpace = space, Seed = seed };
        tune(new MLContext(0).Auto().CreateExperiment(settings)).SetTrialRunner(runner).SetMaxModelToExplore(trials).Run();
        return runner.Trials;
    }

    public sealed class Cube
    {
        [Range(-1.0, 1.0, 0.25)]
        public double X { get; set; }

        [Range(-1.0, 1.0, 0.25)]
        public double Y { get; set; }

        [Range(-1.0, 1.0, 0.25)]
        public double Z { get; set; }
    }

    public sealed class Wide
    {
        [Range(-10.0, 10.0, 0.0)]
        public double X { get; set; }

        [Range(-10.0, 10.0, 0.0)]
        public double Y { get; set; }

        [Range(-10.0, 10.0, 0.0)]
        public double Z { get; set; }
    }
}
