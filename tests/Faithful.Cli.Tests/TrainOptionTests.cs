using System.Text.Json;
using Faithful.Testing;

namespace Faithful.Cli.Tests;

/// <summary>How the options of a run are put together, and what is refused before anything is written.</summary>
public sealed class TrainOptionTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly string _data;

    public TrainOptionTests()
    {
        _data = _folder["data.jsonl"];
        File.WriteAllLines(_data, File.ReadLines(Path.Combine(TestData.RepositoryRoot, "datasets", "sample", "sample.jsonl")).Take(60));
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void An_option_of_its_own_wins_over_a_setting_a_setting_over_the_file_and_the_file_over_the_preset()
    {
        string file = _folder.Write("some.json", """
            {"network":{"width":8,"blocks":1},"training":{"epochs":5,"batch_size":16,"patience":4,"weight_average":0.5}}
            """);
        ProgramRun run = Train("--options", file, "--set", "batch_size=24", "--set", "epochs=3", "--set", "training.weight_decay=0", "--epochs", "1", "--precision", "tf32");
        Assert.Equal((0, ""), (run.ExitCode, string.Concat(run.Faults)));
        JsonElement options = JsonDocument.Parse(File.ReadAllText(_folder["run/options.json"])).RootElement;
        JsonElement network = options.GetProperty("network"), training = options.GetProperty("training");
        Assert.Equal((8, 1), (network.GetProperty("width").GetInt32(), network.GetProperty("blocks").GetInt32()));
        Assert.Equal((1, 24, 4), (training.GetProperty("epochs").GetInt32(), training.GetProperty("batch_size").GetInt32(), training.GetProperty("patience").GetInt32()));
        Assert.Equal((0, 0.5), (training.GetProperty("weight_decay").GetDouble(), training.GetProperty("weight_average").GetDouble()));
        Assert.Equal("tf32", training.GetProperty("precision").GetString());
    }

    [Theory]
    [InlineData("there is no option 'widh', did you mean 'width'?", "--set", "widh=8")]
    [InlineData("Width must lie in 4..1024, found 1.", "--set", "width=1")]
    [InlineData("LabelSmoothing must lie in 0..0.9, found 1.", "--set", "label_smoothing=1")]
    [InlineData("within the budget of a batch, 1 atoms and any number of edges; found", "--set", "atom_budget=1")]
    [InlineData("within the budget of a batch, any number of atoms and 10 edges; found", "--set", "edge_budget=10")]
    public void Options_that_cannot_be_are_wrong_usage_and_nothing_is_written(string expected, params string[] options)
    {
        ProgramRun run = Train(options);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains(expected, Assert.Single(run.Faults), StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder["run"]));
    }

    [Fact]
    public void Macro_F1_chooses_no_epoch_of_a_regression()
    {
        ProgramRun run = Train("--task", "number_of_sites", "--labels", Numbers(), "--set", "metric_for_best=macro-f1");
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("MetricForBest", Assert.Single(run.Faults), StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder["run"]));
    }

    [Fact]
    public void A_run_goes_on_only_on_the_data_that_it_began_with()
    {
        Assert.Equal(0, Train("--epochs", "1", "--set", "width=8").ExitCode);
        byte[] before = File.ReadAllBytes(_folder["run/checkpoint.safetensors"]);
        File.AppendAllLines(_data, File.ReadLines(Path.Combine(TestData.RepositoryRoot, "datasets", "sample", "sample.jsonl")).Skip(60).Take(3));
        ProgramRun other = Train("--epochs", "1", "--set", "width=8", "--resume");
        Assert.Equal(1, other.ExitCode);
        Assert.Contains("options.json", Assert.Single(other.Faults), StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllBytes(_folder["run/checkpoint.safetensors"]));
    }

    [Fact]
    public void Crystals_too_large_for_the_network_count_in_the_validation_metric()
    {
        // Every fourth crystal becomes a cell of 8 x 8 x 8: more atoms than the network takes.
        string large = _folder["large.jsonl"];
        File.WriteAllLines(large, File.ReadLines(_data).Select((line, row) => row % 4 == 0 ? Expanded(line, 8) : line).ToArray());
        ProgramRun run = ProgramRun.Of("train", "--task", "point-group", "--data", large, "--out", _folder["run"], "--device", "cpu", "--epochs", "1", "--set", "width=8", "--json");
        Assert.Equal((0, ""), (run.ExitCode, string.Concat(run.Faults)));
        string line = Assert.Single(run.ErrorLines, line => line.Contains("the network cannot take", StringComparison.Ordinal));
        Assert.Matches(@"cannot take \d+ crystals: \d+ are left out of training, [1-9]\d* count in the validation metric", line);

        // Accuracy counts in crystals of the whole part.
        int validated = int.Parse(run.ErrorLines.First(line => line.Contains("to choose the epoch", StringComparison.Ordinal)).Split(", ")[^2].Split(' ')[0], System.Globalization.CultureInfo.InvariantCulture);
        double accuracy = run.Json.GetProperty("metrics").GetProperty("validation_accuracy").GetDouble();
        Assert.Equal(Math.Round(accuracy * validated), accuracy * validated, 1e-9);
    }

    /// <summary>The same crystal with a cell of n × n × n of its cells.</summary>
    private static string Expanded(string line, int n)
    {
        var crystal = System.Text.Json.Nodes.JsonNode.Parse(line)!.AsObject();
        double[][] positions = JsonSerializer.Deserialize<double[][]>(crystal["frac"]!.ToJsonString())!;
        string[] species = JsonSerializer.Deserialize<string[]>(crystal["species"]!.ToJsonString())!;
        int[][] cells = [.. from x in Enumerable.Range(0, n) from y in Enumerable.Range(0, n) from z in Enumerable.Range(0, n) select new[] { x, y, z }];
        double[] cell = JsonSerializer.Deserialize<double[]>(crystal["cell"]!.ToJsonString())!;
        crystal["cell"] = JsonSerializer.SerializeToNode(cell.Select((value, i) => i < 3 ? n * value : value));
        crystal["species"] = JsonSerializer.SerializeToNode(cells.SelectMany(_ => species));
        crystal["frac"] = JsonSerializer.SerializeToNode(cells.SelectMany(shift => positions.Select(position => position.Select((x, i) => (x + shift[i]) / n))));
        return crystal.ToJsonString();
    }

    private string Numbers() => _folder.Write("numbers.csv", "id,number_of_sites\n" + string.Concat(File.ReadLines(_data).Select((line, row) =>
        $"{JsonDocument.Parse(line).RootElement.GetProperty("id").GetString()},{row}.5\n")));

    private ProgramRun Train(params string[] options) => ProgramRun.Of(
    [
        "train", .. options.Contains("--task") ? (string[])[] : ["--task", "point-group"], "--data", _data, "--out", _folder["run"], "--device", "cpu", .. options,
    ]);
}
