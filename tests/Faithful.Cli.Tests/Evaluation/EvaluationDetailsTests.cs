using Faithful.Cli.Evaluation;
using Faithful.Crystals;
using Faithful.Crystals.Symmetry;
using Faithful.Models;
using Faithful.Serving.Tests;

namespace Faithful.Cli.Tests.Evaluation;

/// <summary>Laws of the details, for answers made up at random.</summary>
public sealed class EvaluationDetailsTests
{
    private const int Crystals = 300;

    [Fact]
    public void A_perfect_predictor_is_right_for_every_kind_of_crystal()
    {
        EvaluationAnswers answers = Random(TestModels.Topology, seed: 1);
        var details = EvaluationDetails.Of(answers with { Answered = answers.Truth, Probabilities = Sure(answers.Truth) });
        Assert.All(Groups(details), group => Assert.Equal((1, 1), (group.Quality, group.Interval.High)));
        Assert.All(details.Classes, one => Assert.Equal((1, 1, 1), (one.Precision, one.Recall, one.F1)));
        Assert.Equal(Crystals, Enumerable.Range(0, 5).Sum(c => details.Confusion[c, c]));
        Assert.Equal(1, Assert.Single(details.Reliability).Accuracy);
        EvaluationAnswers values = Random(TestModels.Energy, seed: 2);
        Assert.All(Groups(EvaluationDetails.Of(values with { Answered = values.Truth })), group => Assert.Equal((0, (0, 0)), (group.Quality, group.Interval)));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_constant_predictor_is_as_good_as_the_baseline_for_every_kind_of_crystal(bool isClassification)
    {
        EvaluationAnswers answers = Random(isClassification ? TestModels.Topology : TestModels.Energy, seed: 3);
        double[] constant = [.. answers.Truth.Select(_ => answers.Baseline)];
        var details = EvaluationDetails.Of(answers with { Answered = constant, Probabilities = isClassification ? Sure(constant) : [] });
        Assert.All(Groups(details), group => Assert.Equal(group.Baseline, group.Quality, 12));
    }

    [Theory]
    [InlineData(4, true)]
    [InlineData(5, true)]
    [InlineData(6, false)]
    public void Counts_add_up_and_the_mean_over_the_kinds_is_the_quality_of_all(int seed, bool isClassification)
    {
        EvaluationAnswers answers = Random(isClassification ? TestModels.Topology : TestModels.Energy, seed);
        var details = EvaluationDetails.Of(answers);
        double quality = answers.Truth.Zip(answers.Answered, (truth, answer) => isClassification ? truth == answer ? 1 : 0 : Math.Abs(truth - answer)).Average();
        foreach (IReadOnlyList<BreakdownGroup> kinds in (IReadOnlyList<BreakdownGroup>[])[details.ByCrystalSystem, details.ByAtoms, details.ByRarestElement])
        {
            Assert.Equal(Crystals, kinds.Sum(group => group.Count));
            Assert.Equal(answers.Training.Count, kinds.Sum(group => group.Training));
            Assert.Equal(quality, kinds.Sum(group => group.Count * group.Quality) / Crystals, 9);
        }

        Assert.Equal(answers.Crystals.Sum(facts => facts.Elements.Count), details.ByElement.Sum(group => group.Count));
        Assert.Equal(answers.Training.Sum(facts => facts.Elements.Count), details.ByElement.Sum(group => group.Training));
        Assert.All(Groups(details), group => Assert.InRange(group.Quality, group.Interval.Low, group.Interval.High));
        for (int c = 0; c < details.Classes.Count; c++)
        {
            Assert.Equal(details.Classes[c].Support, Enumerable.Range(0, 5).Sum(answered => details.Confusion[c, answered]));
            Assert.Equal(answers.Truth.Count(truth => truth == c), details.Classes[c].Support);
        }
    }

    [Fact]
    public void Kinds_are_named_and_ordered_for_reading()
    {
        EvaluationAnswers answers = Random(TestModels.Topology, seed: 7);
        var details = EvaluationDetails.Of(answers);
        int[] elements = [.. details.ByElement.Select(group => Element.FromSymbol(group.Name).AtomicNumber)];
        Assert.Equal(elements.Order(), elements);
        Assert.Equal(
            ["triclinic", "monoclinic", "orthorhombic", "tetragonal", "trigonal", "hexagonal", "cubic", Breakdown.Unknown],
            details.ByCrystalSystem.Select(group => group.Name));
        Assert.Equal(["1-4", "5-8", "9-16", "17-32", "33-64", "65+"], details.ByAtoms.Select(group => group.Name));
        Assert.Empty(EvaluationDetails.Of(answers with { Training = [] }).ByRarestElement);
    }

    private static IEnumerable<BreakdownGroup> Groups(EvaluationDetails details) =>
        [.. details.ByElement, .. details.ByCrystalSystem, .. details.ByAtoms, .. details.ByRarestElement];

    private static double[][] Sure(IReadOnlyList<double> classes) =>
        [.. classes.Select(answered => Enumerable.Range(0, 5).Select(c => c == (int)answered ? 1.0 : 0).ToArray())];

    private static EvaluationAnswers Random(ModelTask task, int seed)
    {
        var random = new Random(seed);
        bool isClassification = task.Kind == TaskKind.Classification;
        double[] truth = [.. Enumerable.Range(0, Crystals).Select(_ => Value())], answered = [.. truth.Select(value => random.Next(2) == 0 ? value : Value())];
        return new EvaluationAnswers
        {
            Task = task,
            Crystals = [.. truth.Select(_ => Facts())],
            Training = [.. Enumerable.Range(0, 2 * Crystals).Select(_ => Facts())],
            Truth = truth,
            Answered = answered,
            Baseline = isClassification ? 2 : 0.5,
            Probabilities = isClassification ? Sure(answered) : [],
        };

        double Value() => isClassification ? random.Next(5) : random.NextDouble();

        CrystalFacts Facts() => new(
            "id", "formula", [.. Enumerable.Range(0, 1 + random.Next(3)).Select(_ => Element.FromAtomicNumber(1 + random.Next(10))).Distinct()],
            random.Next(8) is < 7 and int system ? (CrystalSystem)system : null, 1 + random.Next(90));
    }
}
