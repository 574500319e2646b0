using System.Text.Json;
using Faithful.Cli.Tables;
using Faithful.Crystals.Symmetry;
using Faithful.Datasets;

namespace Faithful.Cli.Tests.Tables;

/// <summary>What the numbers of the tables mean.</summary>
public sealed class TablesTests(TablesData data) : IClassFixture<TablesData>
{
    [SkippableFact]
    public void The_command_ends_well_and_has_the_papers_numbers_beside_ours()
    {
        RequireSymmetry();
        Assert.Equal((0, ""), (data.Run.ExitCode, string.Concat(data.Run.Faults)));
        foreach (PaperTable table in PaperTable.All)
        {
            Assert.Contains(table.Heading, data.Run.Output, StringComparison.Ordinal);
        }

        Assert.Equal(0.80, TablesData.Cell(data.Document, "tqc", "cgnn", "best").GetProperty("paper").GetDouble());
        Assert.Equal(0.26, TablesData.Cell(data.Document, "formation-energy", "nnn", "paper").GetProperty("paper").GetDouble());
        Assert.Contains("the paper", File.ReadAllText(data["whole/tables.html"]), StringComparison.Ordinal);
        string markdown = File.ReadAllText(data["whole/tables.md"]);
        Assert.Contains("| baseline (majority, median) |", markdown, StringComparison.Ordinal);
        Assert.Contains("| 0.15 |", markdown, StringComparison.Ordinal);
    }

    [SkippableFact]
    public void A_perfect_predictor_scores_one()
    {
        RequireSymmetry();
        Assert.Equal(1, TablesData.Number(TablesData.Cell(data.Document, "point-group", "symmetry"), "accuracy"));
        Assert.Equal(0, TablesData.Cell(data.Document, "point-group", "symmetry").GetProperty("result").GetProperty("fallback").GetInt32());

        // The other labels follow from the space group.
        Assert.Equal(1, TablesData.Number(TablesData.Cell(data.Document, "tqc", "lookup"), "accuracy"));
        Assert.Equal(0, TablesData.Number(TablesData.Cell(data.Document, "formation-energy", "lookup"), "mae"));
    }

    [SkippableFact]
    public void The_baseline_is_the_majority_class_or_the_median_of_the_training_part()
    {
        RequireSymmetry();
        SplitFile split = SplitFile.Read(data["whole/group.split.json"]);
        Dictionary<string, JsonElement> labels = File.ReadLines(data.Source).Select(line => JsonDocument.Parse(line).RootElement)
            .ToDictionary(crystal => crystal.GetProperty("id").GetString()!, crystal => crystal.GetProperty("labels"));
        string majority = split.Training.Select(id => labels[id].GetProperty("tqc").GetString()!).CountBy(name => name).MaxBy(pair => pair.Value).Key;
        double share = split.Test.Average(id => labels[id].GetProperty("tqc").GetString() == majority ? 1.0 : 0);
        JsonElement baseline = TablesData.Cell(data.Document, "tqc", "baseline");
        Assert.Equal(share, TablesData.Number(baseline, "accuracy"), 1e-6);
        Assert.Equal(split.Test.Length, baseline.GetProperty("result").GetProperty("n").GetInt32());

        double[] energies = [.. split.Training.Select(id => labels[id].GetProperty("formation_energy_per_atom").GetDouble()).Order()];
        double median = (energies[(energies.Length - 1) / 2] + energies[energies.Length / 2]) / 2;
        Assert.Equal(
            split.Test.Average(id => Math.Abs(labels[id].GetProperty("formation_energy_per_atom").GetDouble() - median)),
            TablesData.Number(TablesData.Cell(data.Document, "formation-energy", "baseline"), "mae"),
            1e-6);
    }

    [SkippableFact]
    public void Every_number_has_its_count_its_interval_and_commands_that_run_elsewhere()
    {
        RequireSymmetry();
        JsonElement[] measured = [.. data.Document.GetProperty("cells").EnumerateArray().Where(cell => cell.GetProperty("measured").GetBoolean())];
        Assert.Equal(3 + 4 + 4, measured.Length); // of one model there is no ensemble
        Assert.All(measured, cell =>
        {
            JsonElement result = cell.GetProperty("result");
            string metric = result.TryGetProperty("unit", out _) ? "mae" : "accuracy";
            double value = result.GetProperty("metrics").GetProperty(metric).GetDouble();
            JsonElement interval = result.GetProperty("interval").GetProperty(metric);
            Assert.InRange(value, interval[0].GetDouble(), interval[1].GetDouble());
            Assert.InRange(result.GetProperty("fallback").GetInt32(), 0, result.GetProperty("n").GetInt32());
            Assert.All(result.GetProperty("commands").EnumerateArray(), command => Assert.StartsWith("faithful ", command.GetString(), StringComparison.Ordinal));
        });
        Assert.DoesNotContain(Path.GetDirectoryName(data.Source)!, File.ReadAllText(data["whole/tables.md"]), StringComparison.Ordinal);
        Assert.DoesNotContain(Path.GetDirectoryName(data.Source)!, File.ReadAllText(data["whole/tables.json"]), StringComparison.Ordinal);
    }

    [SkippableFact]
    public void What_nobody_measured_has_no_number_and_what_cannot_be_has_no_cell()
    {
        RequireSymmetry();
        JsonElement cell = TablesData.Cell(data.Document, "tqc", "ccnn", "best");
        Assert.False(cell.GetProperty("measured").GetBoolean());
        Assert.False(cell.TryGetProperty("result", out _));
        Assert.Contains(TablesReport.NotMeasured, data.Run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(data.Document.GetProperty("cells").EnumerateArray(), other =>
            other.GetProperty("task").GetString() == "space-group" && (other.GetProperty("model").GetString() == "lookup" || other.GetProperty("preset").GetString() == "claussen"));
    }

    [SkippableFact]
    public void The_measurement_of_a_cell_is_that_of_evaluate()
    {
        RequireSymmetry();
        foreach ((string task, string model, string preset, string metric) in new[]
        {
            ("tqc", "nnn", "paper", "accuracy"), ("tqc", "gbt", "claussen", "macro_f1"), ("formation-energy", "nnn", "paper", "mae"),
        })
        {
            ProgramRun evaluate = ProgramRun.Of(
                "evaluate", "--model", data[$"whole/group/{task}/{model}-{preset}/model"], "--data", data.Source, "--split", data["whole/group.split.json"],
                "--part", "test", "--device", "cpu", "--json");
            Assert.Equal(0, evaluate.ExitCode);
            JsonElement result = TablesData.Cell(data.Document, task, model, preset).GetProperty("result");
            Assert.Equal(evaluate.Json.GetProperty("metrics").GetProperty(metric).GetDouble(), result.GetProperty("metrics").GetProperty(metric).GetDouble(), 1e-6);
            Assert.Equal(evaluate.Json.GetProperty("n").GetInt32(), result.GetProperty("n").GetInt32());
        }
    }

    [SkippableFact]
    public void The_text_of_a_table_says_value_interval_and_fallbacks()
    {
        RequireSymmetry();
        CellResult result = CellResult.TryRead(data["whole/group/tqc/baseline"])!;
        CellResult some = result with
        {
            Fallbacks = 3,
            Metrics = new Dictionary<string, double> { ["accuracy"] = 0.8526 },
            Intervals = new Dictionary<string, double[]> { ["accuracy"] = [0.8401, 0.8655] },
        };
        Assert.Equal("0.853 (0.840–0.866), 3 fallback", TablesReport.Text(some));
        Assert.Equal("0.853 (0.840–0.866)", TablesReport.Text(some with { Fallbacks = 0 }));
    }

    private static void RequireSymmetry() =>
        Skip.IfNot(SymmetryFinder.TryGetVersion(out _, out string? problem), problem);
}
