using System.Text.Json;
using System.Text.RegularExpressions;
using Faithful.Cli.Filtration;
using Faithful.Testing;

namespace Faithful.Cli.Tests;

/// <summary>Filtration of a catalogue: what is found, and that the work goes on where it was cut off.</summary>
public sealed class FilterTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly string _data;

    public FilterTests()
    {
        // A class that the structure decides.
        _data = _folder["data.jsonl"];
        File.WriteAllLines(_data, File.ReadLines(Path.Combine(TestData.RepositoryRoot, "datasets", "sample", "sample.jsonl")).Take(240).Select(line =>
        {
            int atoms = JsonDocument.Parse(line).RootElement.GetProperty("species").GetArrayLength();
            return Regex.Replace(line, "\"labels\":\\{", $"\"labels\":{{\"size\":\"{(atoms <= 2 ? "small" : atoms <= 4 ? "middle" : "large")}\",");
        }));
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_wrong_label_is_the_first_to_be_doubted_and_a_perfect_predictor_lists_nothing()
    {
        var random = new Random(1);
        int[] truth = [.. Enumerable.Range(0, 300).Select(_ => random.Next(3))];
        ModelAnswers[] perfect = [new("a", [.. truth.Select(label => Sure(label, 0.9))]), new("b", [.. truth.Select((label, row) => row == 7 ? null : Sure(label, 0.8))])];
        Assert.DoesNotContain(SuspectEntry.Rank(truth, perfect), entry => entry.IsMissedByAll);

        int[] labels = [.. truth];
        (int Row, int Class)[] planted = [.. PlantedLabels.Draw(truth, 3, 20, 5)];
        foreach ((int row, int wrong) in planted)
        {
            Assert.NotEqual(truth[row], wrong);
            labels[row] = wrong;
        }

        HashSet<int> rows = [.. planted.Select(pair => pair.Row)];
        Assert.Equal(20, rows.Count);
        IReadOnlyList<SuspectEntry> ranking = SuspectEntry.Rank(labels, perfect);
        Assert.Equal(rows.Order(), ranking.Take(20).Select(entry => entry.Row).Order());
        Assert.Equal(rows.Order(), ranking.Where(entry => entry.IsMissedByAll).Select(entry => entry.Row).Order());
        RecallPoint missed = RecallPoint.OfMissed(ranking, rows);
        Assert.Equal((20, 20, 1.0, 1.0, 0.0), (missed.Length, missed.Found, missed.Recall, missed.PrecisionAtLeast, missed.FalsePositivesAtMost));
        Assert.InRange(missed.Interval.Low, 0.8, 0.9);
    }

    [Fact]
    public void The_recall_rises_with_the_length_of_the_list_to_all_and_a_guess_finds_in_proportion()
    {
        var random = new Random(2);
        int[] labels = [.. Enumerable.Range(0, 4000).Select(_ => random.Next(2))];
        ModelAnswers[] guess = [new("a", [.. labels.Select(_ => Sure(random.Next(2), random.NextDouble() / 2 + 0.5))])];
        HashSet<int> planted = [.. PlantedLabels.Draw(labels, 2, 400, 1).Select(pair => pair.Row)];
        IReadOnlyList<RecallPoint> curve = RecallPoint.Curve(SuspectEntry.Rank(labels, guess), planted);
        Assert.All(curve.Zip(curve.Skip(1)), pair => Assert.True(pair.First.Found <= pair.Second.Found && pair.First.Length < pair.Second.Length));
        Assert.All(curve, point => Assert.True(point.Interval.Low <= point.Recall && point.Recall <= point.Interval.High));
        Assert.Equal((4000, 1.0, 1.0), (curve[^1].Length, curve[^1].Recall, curve[^1].FalsePositivesAtMost));
        Assert.InRange(curve.Single(point => point.Length == 2000).Recall, 0.4, 0.6);
    }

    [Fact]
    public void Labels_are_planted_in_proportion_to_the_other_classes()
    {
        int[] labels = [.. Enumerable.Range(0, 10_000).Select(row => row < 7000 ? 0 : row < 9500 ? 1 : 2)];
        (int Row, int Class)[] planted = [.. PlantedLabels.Draw(labels, 3, 5000, 3)];
        Assert.Equal(planted, PlantedLabels.Draw(labels, 3, 5000, 3));
        double ofZero = planted.Count(pair => labels[pair.Row] == 0), toOne = planted.Count(pair => labels[pair.Row] == 0 && pair.Class == 1);
        Assert.Equal(2500.0 / 3000, toOne / ofZero, 0.03);
    }

    [Fact]
    public void What_was_cut_off_goes_on_and_gives_the_same_list()
    {
        string[] folds = ["--folds", "2", "--planted", "6"];
        ProgramRun whole = Filter("whole", [.. folds, "--json", "--report", _folder["report.html"]]);
        Assert.Equal((0, ""), (whole.ExitCode, string.Concat(whole.Faults)));
        Assert.Equal(6, File.ReadLines(_folder["whole/planted.csv"]).Count() - 1);
        Assert.Equal(4, Directory.GetDirectories(_folder["whole/runs"]).Length);
        JsonElement last = whole.Json.GetProperty("recall").EnumerateArray().Last();
        Assert.Equal((240, 6), (last.GetProperty("length").GetInt32(), last.GetProperty("found").GetInt32()));
        string[] planted = [.. File.ReadLines(_folder["whole/planted.csv"]).Skip(1).Select(line => line.Split(',')[0])];
        string[] listed = [.. File.ReadLines(_folder["whole/list.csv"]).Skip(1).Select(line => line.Split(',')[2])];
        Assert.Equal(whole.Json.GetProperty("listed").GetInt32(), listed.Length);
        Assert.Empty(planted.Intersect(listed));
        Assert.Contains("Planted wrong labels", File.ReadAllText(_folder["report.html"]), StringComparison.Ordinal);

        // Here the runs are made in another call, one of them is gone, and another was cut off before its first epoch had ended.
        Assert.Equal(0, Filter("cut", [.. folds, "--only", "train"]).ExitCode);
        Assert.False(Directory.Exists(_folder["cut/models"]));
        Directory.Delete(_folder["cut/runs/nnn-fold-2"], recursive: true);
        foreach (string file in Directory.GetFiles(_folder["cut/runs/cgnn-fold-1"]).Where(file => Path.GetFileName(file) != "options.json"))
        {
            File.Delete(file);
        }

        Assert.Contains("--only train", Assert.Single(Filter("cut", [.. folds, "--only", "list"]).Faults), StringComparison.Ordinal);
        ProgramRun again = Filter("cut", folds);
        Assert.Equal(2, again.ErrorLines.Count(line => line.Contains("taken from", StringComparison.Ordinal)));
        Assert.Equal(File.ReadAllText(_folder["whole/list.csv"]), File.ReadAllText(_folder["cut/list.csv"]));

        // Networks, folds and labels of another plan do not mix.
        Assert.Equal(2, Filter("cut", "--folds", "3", "--planted", "6").ExitCode);
        Assert.Equal(2, Filter("cut", "--folds", "2", "--planted", "5").ExitCode);
        ProgramRun otherwise = ProgramRun.Of([.. Arguments("cut"), .. folds, "--epochs", "2"]);
        Assert.Contains("options.json", Assert.Single(otherwise.Faults), StringComparison.Ordinal);
    }

    [Fact]
    public void Without_folds_every_network_learns_all_crystals_until_it_knows_them()
    {
        ProgramRun run = ProgramRun.Of([.. Arguments("run"), "--models", "nnn", "--accuracy", "0.9", "--set", "nnn:width=64", "--batch-size", "32", "--json"]);
        Assert.Equal((0, ""), (run.ExitCode, string.Concat(run.Faults)));
        JsonElement model = run.Json.GetProperty("models")[0];
        Assert.InRange(model.GetProperty("accuracy").GetDouble(), 0.9, 1);
        Assert.InRange(model.GetProperty("runs")[0].GetProperty("epochs").GetInt32(), 1, 199);
        Assert.InRange(run.Json.GetProperty("listed").GetInt32(), 0, 24);
        Assert.Contains("Nothing was held back", File.ReadAllText(_folder["run/models/nnn-whole/README.md"]), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--models: expected some of", "--models", "nnn,nnn")]
    [InlineData("before the colon, found 'cann'", "--models", "nnn", "--set", "cann:width=8")]
    [InlineData("there is no option 'widh'", "--models", "nnn", "--set", "nnn:widh=8")]
    [InlineData("--planted: expected at most half of the 240 crystals", "--planted", "121")]
    [InlineData("expected a classification", "--task", "number", "--labels", "numbers.csv")]
    public void What_makes_no_sense_is_said_in_one_line(string expected, params string[] options)
    {
        _folder.Write("numbers.csv", "id,number\n" + string.Concat(File.ReadLines(_data).Select((line, row) =>
            $"{JsonDocument.Parse(line).RootElement.GetProperty("id").GetString()},{row}.5\n")));
        ProgramRun run = ProgramRun.Of([.. Arguments("run", options.Contains("--task") ? "number" : "size"), .. options.Select(option => option == "numbers.csv" ? _folder[option] : option).Where(option => option is not ("--task" or "number"))]);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains(expected, Assert.Single(run.Faults), StringComparison.Ordinal);
    }

    private static double[] Sure(int label, double probability)
    {
        double[] probabilities = [.. Enumerable.Repeat((1 - probability) / 2, 3)];
        probabilities[label] = probability;
        return probabilities;
    }

    private ProgramRun Filter(string folder, params string[] more) => ProgramRun.Of(
    [
        .. Arguments(folder), "--models", "nnn,cgnn", "--epochs", "2", "--batch-size", "64", "--set", "width=16", "--set", "dropout=0", .. more,
    ]);

    private string[] Arguments(string folder, string task = "size") => ["filter", "--task", task, "--data", _data, "--out", _folder[folder], "--device", "cpu"];
}
