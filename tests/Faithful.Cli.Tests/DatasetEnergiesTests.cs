using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Faithful.Datasets;
using Faithful.Testing;

namespace Faithful.Cli.Tests;

/// <summary>Formation energies from total energies on two scales, over crystals of the sample.</summary>
public sealed class DatasetEnergiesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly string _data;
    private readonly string _split;

    public DatasetEnergiesTests()
    {
        _data = _folder["data.jsonl"];
        _split = _folder["split.json"];
        File.WriteAllLines(_data, File.ReadLines(Path.Combine(TestData.RepositoryRoot, "datasets", "sample", "sample.jsonl")).Select(WithEnergies));
        Assert.Equal(0, ProgramRun.Of("dataset", "split", _data, "--validation", "0.2", "--test", "0.2", "--out", _split).ExitCode);
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Energies_are_told_for_the_unlabelled_crystals_of_the_training_part_alone()
    {
        ProgramRun run = Tell("told.csv", "--json");
        Assert.Equal((0, ""), (run.ExitCode, string.Concat(run.Faults)));
        LabelTable told = LabelTable.Read(_folder["told.csv"]);
        Assert.Equal("formation_energy_per_atom", Assert.Single(told.Columns));
        Dictionary<string, JsonNode> labels = File.ReadLines(_data).Select(line => JsonNode.Parse(line)!).ToDictionary(node => (string)node["id"]!, node => node["labels"]!);
        HashSet<string> training = [.. SplitFile.Read(_split).Training];
        Assert.All(told.Rows, row => Assert.True(training.Contains(row.Id) && labels[row.Id]["formation_energy_per_atom"] is null));
        Assert.Equal(told.Rows.Length, run.Json.GetProperty("told").GetInt32());
        Assert.InRange(told.Rows.Length, 0.8 * run.Json.GetProperty("unlabelled").GetInt32(), run.Json.GetProperty("unlabelled").GetInt32());

        // What was planted is known: most energies are told to a hundredth of an electronvolt.
        int right = told.Rows.Count(row => Math.Abs(
            double.Parse(row.Labels["formation_energy_per_atom"], CultureInfo.InvariantCulture) - (double)labels[row.Id]["planted"]!) < 0.05);
        Assert.InRange(right, 0.9 * told.Rows.Length, told.Rows.Length);
        JsonElement[] scales = [.. run.Json.GetProperty("scales").EnumerateArray()];
        Assert.Equal(2, scales.Length);
        Assert.All(scales, scale => Assert.InRange(scale.GetProperty("median_error").GetDouble(), 0, 0.05));
    }

    /// <summary>The second file holds of the first the crystals of one element, and nothing else.</summary>
    [Fact]
    public void Energies_of_elements_are_written_apart()
    {
        ProgramRun run = Tell("told.csv", "--elements", _folder["elements.csv"], "--json");
        Assert.Equal((0, ""), (run.ExitCode, string.Concat(run.Faults)));
        HashSet<string> ofOneElement =
        [
            .. File.ReadLines(_data).Select(line => JsonNode.Parse(line)!)
                .Where(node => node["species"]!.AsArray().Select(symbol => (string)symbol!).Distinct().Count() == 1)
                .Select(node => (string)node["id"]!),
        ];
        string[] lines = File.ReadAllLines(_folder["told.csv"]);
        string[] elements = [lines[0], .. lines.Skip(1).Where(line => ofOneElement.Contains(line.Split(',')[0]))];
        Assert.NotEqual(1, elements.Length);
        Assert.Equal(elements, File.ReadAllLines(_folder["elements.csv"]));
        Assert.Equal(elements.Length - 1, run.Json.GetProperty("told_of_elements").GetInt32());
    }

    [Fact]
    public void What_is_held_back_does_not_matter()
    {
        Assert.Equal(0, Tell("told.csv").ExitCode);
        HashSet<string> test = [.. SplitFile.Read(_split).Test];
        string[] changed = [.. File.ReadLines(_data).Select(line =>
        {
            JsonNode node = JsonNode.Parse(line)!;
            if (test.Contains((string)node["id"]!))
            {
                node["labels"]!["energy_per_atom"] = -1000;
                node["labels"]!["formation_energy_per_atom"] = 1000;
            }

            return node.ToJsonString();
        })];
        File.WriteAllLines(_data, changed);
        Assert.Equal(0, Tell("again.csv").ExitCode);
        Assert.Equal(File.ReadAllText(_folder["told.csv"]), File.ReadAllText(_folder["again.csv"]));
    }

    /// <summary>Where a model expects what was planted all energies are told; one that it does not expect is not believed.</summary>
    [Fact]
    public void What_a_model_expects_tells_the_scale()
    {
        JsonNode[] crystals = [.. File.ReadLines(_data).Select(line => JsonNode.Parse(line)!)];
        HashSet<string> training = [.. SplitFile.Read(_split).Training];
        string[] unlabelled = [.. crystals.Where(node => node["labels"]!["formation_energy_per_atom"] is null).Select(node => (string)node["id"]!).Where(training.Contains)];
        string doubted = unlabelled[0];
        File.WriteAllLines(
            _folder["expected.csv"],
            [
                "id,formula,model.value,model.fallback",
                .. crystals.Select(node => string.Create(
                    CultureInfo.InvariantCulture, $"{node["id"]},X,{(double)node["labels"]!["planted"]! + ((string)node["id"]! == doubted ? 5 : 0.02):R},false")),
            ]);
        ProgramRun run = Tell("told.csv", "--expected", _folder["expected.csv"], "--tolerance", "0.2", "--json");
        Assert.Equal((0, ""), (run.ExitCode, string.Concat(run.Faults)));
        Dictionary<string, double> planted = crystals.ToDictionary(node => (string)node["id"]!, node => (double)node["labels"]!["planted"]!);
        LabelTable told = LabelTable.Read(_folder["told.csv"]);
        Assert.DoesNotContain(told.Rows, row => row.Id == doubted);
        int right = told.Rows.Count(row => Math.Abs(double.Parse(row.Labels["formation_energy_per_atom"], CultureInfo.InvariantCulture) - planted[row.Id]) < 0.05);
        Assert.Equal(told.Rows.Length, right);

        // The others have an element that no labelled crystal of their scale has.
        Assert.InRange(right, 0.9 * unlabelled.Length, unlabelled.Length - 1);
    }

    [Theory]
    [InlineData("id,other\nmp-1,0\n", "\"….value\"")]
    [InlineData("id,a.value,b.value\nmp-1,0,0\n", "a.value, b.value")]
    [InlineData("id,a.value\n{0},much\n", "\"much\"")]
    public void A_file_without_expected_energies_is_refused(string text, string expected)
    {
        string id = (string)JsonNode.Parse(File.ReadLines(_data).First())!["id"]!;
        File.WriteAllText(_folder["expected.csv"], text.Replace("{0}", id, StringComparison.Ordinal));
        ProgramRun run = Tell("told.csv", "--expected", _folder["expected.csv"]);
        Assert.Equal(1, run.ExitCode);
        Assert.Contains(expected, run.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(_folder["told.csv"]));
    }

    [Fact]
    public void A_network_learns_from_them_as_from_labels()
    {
        Assert.Equal(0, Tell("told.csv").ExitCode);
        int told = LabelTable.Read(_folder["told.csv"]).Rows.Length;
        int labelled = Crystals("plain");
        Assert.Equal(labelled + told, Crystals("more", "--labels", _folder["told.csv"]));

        int Crystals(string name, params string[] more)
        {
            ProgramRun run = ProgramRun.Of(
                ["train", "--task", "formation-energy", "--model", "nnn", "--data", _data, "--split", _split, "--out", _folder[name], "--epochs", "1", "--device", "cpu", "--json", .. more]);
            Assert.Equal((0, ""), (run.ExitCode, string.Concat(run.Faults)));
            return run.Json.GetProperty("crystals").GetInt32();
        }
    }

    [Theory]
    [InlineData("--energy", "none", 1, "none")]
    [InlineData("--task", "point-group", 2, "energies")]
    [InlineData("--scales", "9", 2, "1..4")]
    [InlineData("--tolerance", "0", 2, "above 0")]
    public void Wrong_requests_say_what_was_expected(string option, string value, int exitCode, string expected)
    {
        ProgramRun run = Tell("told.csv", option, value);
        Assert.Equal(exitCode, run.ExitCode);
        Assert.Contains(expected, run.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(_folder["told.csv"]));
    }

    private ProgramRun Tell(string name, params string[] more) => ProgramRun.Of(["dataset", "energies", _data, "--split", _split, "--out", _folder[name], .. more]);

    /// <summary>A formation energy that follows from the composition, for three of four; total energies on one of two scales.</summary>
    private static string WithEnergies(string line, int row)
    {
        JsonNode node = JsonNode.Parse(line)!;
        string[] species = [.. node["species"]!.AsArray().Select(symbol => (string)symbol!)];
        var shares = species.GroupBy(symbol => symbol).Select(group => (Crystals.Element.FromSymbol(group.Key).AtomicNumber, Share: (double)group.Count() / species.Length)).ToArray();
        double formation = -shares.Sum(first => shares.Sum(second => first.Share * second.Share * Math.Abs(first.AtomicNumber - second.AtomicNumber) / 40));
        double references = shares.Sum(part => part.Share * (row % 3 == 0 ? 10 + part.AtomicNumber : 2 + Math.Sin(part.AtomicNumber)));
        JsonObject labels = node["labels"]!.AsObject();
        labels.Remove("formation_energy_per_atom");
        labels["planted"] = formation;
        labels["energy_per_atom"] = formation - references;
        if (row % 4 != 3)
        {
            labels["formation_energy_per_atom"] = formation;
        }

        return node.ToJsonString();
    }
}
