using Faithful.Crystals;
using Faithful.Crystals.Symmetry;
using Faithful.Models.Metrics;

namespace Faithful.Cli.Evaluation;

/// <summary>Divides the crystals of an evaluation into kinds and measures each kind.</summary>
/// <param name="answers">The crystals and what was answered.</param>
internal sealed class Breakdown(EvaluationAnswers answers)
{
    /// <summary>The name of the kind of crystals about which nothing is known.</summary>
    public const string Unknown = "unknown";

    private static readonly int[] AtomBounds = [1, 5, 9, 17, 33, 65];
    private static readonly int[] TrainingBounds = [0, 100, 200, 400, 800, 1600];

    private readonly double[] _quality = [.. answers.Truth.Zip(answers.Answered, (truth, answer) => Quality(answers, truth, answer))];
    private readonly double[] _baseline = [.. answers.Truth.Select(truth => Quality(answers, truth, answers.Baseline))];

    /// <summary>Measures the crystals that contain an element; a crystal counts for each of its elements.</summary>
    /// <returns>The elements that occur, in the order of the periodic table.</returns>
    public IReadOnlyList<BreakdownGroup> ByElement() => Measure(
        facts => facts.Elements.Select(element => element.AtomicNumber), number => Element.FromAtomicNumber(number).Symbol);

    /// <summary>Measures the crystals of each system.</summary>
    /// <returns>The systems that occur, in the order of the space groups; last the crystals whose system is unknown.</returns>
    public IReadOnlyList<BreakdownGroup> ByCrystalSystem() => Measure(
        facts => [facts.System is CrystalSystem system ? (int)system : int.MaxValue],
        number => number == int.MaxValue ? Unknown : ((CrystalSystem)number).ToString().ToLowerInvariant());

    /// <summary>Measures the crystals by the atoms of their cell.</summary>
    /// <returns>The ranges that occur, ascending.</returns>
    public IReadOnlyList<BreakdownGroup> ByAtoms() => Measure(facts => [Place(AtomBounds, facts.Atoms)], place => Range(AtomBounds, place));

    /// <summary>Measures the crystals by how many crystals of the training part contain the one of their elements that is rarest there.</summary>
    /// <returns>The ranges that occur, ascending; none where the training part is not of this data.</returns>
    public IReadOnlyList<BreakdownGroup> ByRarestElement()
    {
        if (answers.Training.Count == 0)
        {
            return [];
        }

        var known = answers.Training.SelectMany(facts => facts.Elements).CountBy(element => element).ToDictionary();
        return Measure(
            facts => [Place(TrainingBounds, facts.Elements.Min(known.GetValueOrDefault))], place => Range(TrainingBounds, place));
    }

    private static double Quality(EvaluationAnswers answers, double truth, double answer) =>
        answers.IsClassification ? truth == answer ? 1 : 0 : Math.Abs(answer - truth);

    /// <summary>The last bound that a number reaches.</summary>
    private static int Place(int[] bounds, int number) => Array.FindLastIndex(bounds, bound => bound <= number);

    private static string Range(int[] bounds, int place) =>
        place == bounds.Length - 1 ? $"{bounds[place]}+" : $"{bounds[place]}-{bounds[place + 1] - 1}";

    private IReadOnlyList<BreakdownGroup> Measure(Func<CrystalFacts, IEnumerable<int>> kinds, Func<int, string> name)
    {
        var training = answers.Training.SelectMany(kinds).CountBy(kind => kind).ToDictionary();
        return
        [
            .. answers.Crystals.SelectMany((facts, row) => kinds(facts).Select(kind => (Kind: kind, Row: row)))
                .GroupBy(pair => pair.Kind, pair => pair.Row)
                .OrderBy(group => group.Key)
                .Select(group => Group(name(group.Key), [.. group], answers.Training.Count > 0 ? training.GetValueOrDefault(group.Key) : null)),
        ];
    }

    private BreakdownGroup Group(string name, int[] rows, int? training)
    {
        double sum = rows.Sum(row => _quality[row]);
        return new BreakdownGroup(
            name,
            rows.Length,
            training,
            sum / rows.Length,
            answers.IsClassification
                ? WilsonInterval.Of((int)sum, rows.Length)
                : Bootstrap.Interval(rows.Length, sample => sample.Average(place => _quality[rows[place]]), seed: 0),
            rows.Average(row => _baseline[row]));
    }
}
