using System.Text.Json;
using Faithful.Crystals.Formats;
using Faithful.Crystals.Formats.MaterialsJson;
using Faithful.Datasets;
using Faithful.Testing;

namespace Faithful.Cli.Tests;

public sealed class DatasetSplitTests : IDisposable
{
    private const int Count = 120;

    private readonly TemporaryFolder _folder = new();
    private readonly string _sample;

    public DatasetSplitTests()
    {
        _sample = _folder["sample.jsonl"];
        Assert.Equal(0, ProgramRun.Of("dataset", "sample", "--out", _sample, "--count", $"{Count}").ExitCode);
    }

    public static TheoryData<string> Kinds => [.. SplitKinds.Names];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_split_of_every_kind_is_kept_and_no_group_crosses(string kind)
    {
        ProgramRun run = Split("--kind", kind, "--out", _folder["split.json"], "--task", "point-group", "--json");
        Assert.Equal(0, run.ExitCode);
        Assert.Equal(kind, run.Json.GetProperty("kind").GetString());
        Assert.Equal((Count, 0, 0), (Number(run.Json, "crystals"), Number(run.Json, "errors"), Number(run.Json, "crossing_groups")));
        JsonElement split = Assert.Single(run.Json.GetProperty("splits").EnumerateArray());
        JsonElement[] parts = [.. new[] { "training", "validation", "test" }.Select(part => split.GetProperty("parts").GetProperty(part))];
        Assert.Equal(Count, parts.Sum(part => Number(part, "crystals")));
        Assert.Equal(Number(run.Json, "groups"), parts.Sum(part => Number(part, "groups")));
        Assert.All(parts, part => Assert.Equal(Number(part, "labelled"), part.GetProperty("classes").EnumerateObject().Sum(label => label.Value.GetInt32())));

        // Checked once more, from the file and the crystals alone.
        SplitFile file = SplitFile.Read(_folder["split.json"]);
        Assert.Equal(split.GetProperty("parts_sha256").GetString(), file.Digest);
        Assert.Equal(ContentDigest.OfPath(_sample), file.SourceSha256);
        CrystalRecord[] records = [.. CrystalSource.Read(_sample).Select(result => result.GetRecordOrThrow())];
        file.Apply([.. records.Select(record => record.Id)]).Verify([.. SplitKeys.Of(file.Options!.Kind, records).Keys]);
    }

    [Fact]
    public void The_default_split_is_the_one_that_training_makes()
    {
        Split("--seed", "3", "--out", _folder["split.json"]);
        CrystalRecord[] records = [.. CrystalSource.Read(_sample).Select(result => result.GetRecordOrThrow())];
        DataSplit expected = DataSplit.Create(records, new SplitOptions { Seed = 3 });
        Assert.Equal(expected.Test.Select(row => records[row].Id).Order(StringComparer.Ordinal), SplitFile.Read(_folder["split.json"]).Test);
    }

    [Fact]
    public void The_order_of_the_crystals_does_not_matter()
    {
        CrystalRecord[] records = [.. CrystalSource.Read(_sample).Select(result => result.GetRecordOrThrow())];
        MaterialsJsonWriter.Write(_folder["reversed.jsonl"], records.Reverse());
        string Digest(string source) => ProgramRun.Of("dataset", "split", source, "--kind", "formula", "--json").Json
            .GetProperty("splits")[0].GetProperty("parts_sha256").GetString()!;
        Assert.Equal(Digest(_sample), Digest(_folder["reversed.jsonl"]));
    }

    [Fact]
    public void Folds_are_files_of_their_own_and_hold_every_crystal_back_once()
    {
        ProgramRun run = Split("--kind", "chemical-system", "--folds", "4", "--validation", "0.2", "--out", _folder["folds.split.json"], "--json");
        Assert.Equal([1, 2, 3, 4], run.Json.GetProperty("splits").EnumerateArray().Select(split => Number(split, "fold")));
        SplitFile[] files = [.. Enumerable.Range(1, 4).Select(fold => SplitFile.Read(_folder[$"folds.split.fold-{fold}-of-4.json"]))];
        Assert.Equal(Count, files.SelectMany(file => file.Test).Distinct().Count());
        Assert.Equal(Count, files.Sum(file => file.Test.Length));
        Assert.All(files, file => Assert.Equal((4, SplitKind.ChemicalSystem), (file.Options!.Folds, file.Options.Kind)));
    }

    [Fact]
    public void The_table_shows_parts_classes_and_the_check()
    {
        ProgramRun run = Split("--kind", "prototype", "--task", "point-group");
        Assert.Contains("of 32 classes", run.Output, StringComparison.Ordinal);
        Assert.Contains("no group crosses", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("wrote", run.Output, StringComparison.Ordinal);
        Assert.Contains("a random split keeps no groups together", Split("--kind", "random").Output, StringComparison.Ordinal);
        Assert.Contains("of every fold", Split("--folds", "2").Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Prototypes_without_a_label_are_found_by_spglib_and_that_is_said()
    {
        CrystalRecord[] records = [.. CrystalSource.Read(_sample).Take(40).Select(result => result.GetRecordOrThrow())];
        MaterialsJsonWriter.Write(_folder["bare.jsonl"], records.Select((record, row) => row < 30 ? record with { Labels = new Dictionary<string, string>() } : record));
        ProgramRun run = ProgramRun.Of("dataset", "split", _folder["bare.jsonl"], "--kind", "prototype", "--json");
        Assert.Equal((30, 0), (Number(run.Json, "space_groups_found"), Number(run.Json, "without_space_group")));
        Assert.Contains("30 of 40 crystals have no label space_group", run.Error, StringComparison.Ordinal);
        Assert.Equal(records.Select(record => $"{record.Crystal.AnonymousFormula}|{record.Labels["space_group"]}").Distinct().Count(), Number(run.Json, "groups"));
    }

    [Fact]
    public void Labels_and_tasks_of_files_are_taken_and_a_regression_is_described()
    {
        string labels = _folder.Write("hardness.csv", "id,H\n" + string.Concat(CrystalSource.Read(_sample).Take(100).Select((result, row) => $"{result.Record!.Id},{row}\n")));
        string tasks = _folder.Write("tasks.json", """{"tasks":[{"name":"hardness","column":"H","kind":"regression","unit":"GPa"}]}""");
        ProgramRun run = Split("--labels", labels, "--tasks", tasks, "--task", "hardness", "--json");
        Assert.Equal(0, run.ExitCode);
        JsonElement parts = run.Json.GetProperty("splits")[0].GetProperty("parts");
        Assert.Equal(100, parts.EnumerateObject().Sum(part => Number(part.Value, "labelled")));
        Assert.InRange(parts.GetProperty("training").GetProperty("mean").GetDouble(), 30, 70);
        Assert.Contains("mean (GPa)", Split("--labels", labels, "--tasks", tasks, "--task", "hardness").Output, StringComparison.Ordinal);
        Assert.NotEqual(ContentDigest.OfPath(_sample), run.Json.GetProperty("sha256").GetString());
    }

    [Theory]
    [InlineData("hardness", "point_group, prototype, space_group")]
    [InlineData("tqc", "none in 120 crystals")]
    public void A_task_without_labels_ends_the_command_and_names_the_columns(string task, string message)
    {
        ProgramRun run = Split("--task", task, "--out", _folder["split.json"]);
        Assert.Equal(1, run.ExitCode);
        Assert.Contains(message, Assert.Single(run.Faults), StringComparison.Ordinal);
        Assert.False(File.Exists(_folder["split.json"]));
    }

    [Fact]
    public void More_folds_than_groups_and_repeated_ids_are_said()
    {
        string line = File.ReadLines(_sample).First();
        string source = _folder.Write("twice.jsonl", $"{line}\n{line}\n");
        ProgramRun run = ProgramRun.Of("dataset", "split", source, "--folds", "2");
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("again", run.Faults[0], StringComparison.Ordinal);
        Assert.Contains("as many groups as folds (2), found 1", run.Faults[1], StringComparison.Ordinal);
        Assert.Equal(1, Assert.Single(ProgramRun.Of("dataset", "split", source, "--strict").Faults.Select(_ => 1)));
    }

    private static int Number(JsonElement json, string name) => json.GetProperty(name).GetInt32();

    private ProgramRun Split(params string[] more) => ProgramRun.Of(["dataset", "split", _sample, .. more]);
}
