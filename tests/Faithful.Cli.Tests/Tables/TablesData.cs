using System.Text.Json;
using System.Text.Json.Nodes;
using Faithful.Testing;

namespace Faithful.Cli.Tests.Tables;

/// <summary>Crystals of the sample with labels for every task of the paper, all but the number of atoms functions of the space group.</summary>
public sealed class TablesData : IDisposable
{
    private static readonly string[] Topology = ["LCEBR", "NLC", "SEBR", "ES", "ESFD"];
    private static readonly string[] Magnetism = ["NM", "FM", "FiM", "AFM"];

    private readonly TemporaryFolder _folder = new();

    public TablesData()
    {
        File.WriteAllLines(Source, File.ReadLines(Path.Combine(TestData.RepositoryRoot, "datasets", "sample", "sample.jsonl"))
            .Where((_, row) => row % 10 == 0).Select(Labelled));
        Run = Tables("whole", "--models", "baseline,lookup,symmetry,gbt,nnn,ensemble", "--task", "point-group,formation-energy,tqc", "--presets", "paper,claussen");
        Document = Read("whole");
    }

    /// <summary>Gets the source.</summary>
    public string Source => _folder["crystals.jsonl"];

    /// <summary>Gets the first command, which trained and measured three tasks into the folder <c>whole</c>.</summary>
    internal ProgramRun Run { get; }

    /// <summary>Gets the tables that it wrote.</summary>
    public JsonElement Document { get; }

    public string this[string name] => _folder[name];

    public void Dispose() => _folder.Dispose();

    /// <summary>Runs the command into a folder; networks are trained for two epochs on the processor.</summary>
    internal ProgramRun Tables(string folder, params string[] options) => Tables(folder, default, options);

    internal ProgramRun Tables(string folder, CancellationToken cancellation, params string[] options) => ProgramRun.Of(
        cancellation, ["tables", "--data", Source, "--out", _folder[folder], "--device", "cpu", .. options.Contains("--epochs") ? [] : (string[])["--epochs", "2"], .. options]);

    public JsonElement Read(string folder) => JsonDocument.Parse(File.ReadAllText(_folder[$"{folder}/tables.json"])).RootElement;

    /// <summary>Gets the files that hold numbers, by their names below a folder.</summary>
    public Dictionary<string, string> Results(string folder) => Directory.EnumerateFiles(_folder[folder], "result.json", SearchOption.AllDirectories)
        .ToDictionary(file => Path.GetRelativePath(_folder[folder], file), File.ReadAllText);

    public static JsonElement Cell(JsonElement document, string task, string model, string? preset = null) => document.GetProperty("cells").EnumerateArray().Single(
        cell => cell.GetProperty("task").GetString() == task && cell.GetProperty("model").GetString() == model && cell.GetProperty("preset").GetString() == preset
            && cell.GetProperty("split").GetString() == document.GetProperty("splits")[0].GetString());

    public static double Number(JsonElement cell, string metric) => cell.GetProperty("result").GetProperty("metrics").GetProperty(metric).GetDouble();

    private static string Labelled(string line)
    {
        JsonObject crystal = JsonNode.Parse(line)!.AsObject();
        JsonObject labels = crystal["labels"]!.AsObject();
        int group = labels["space_group"]!.GetValue<int>();
        labels["tqc"] = Topology[group % 5];
        labels["magnetic_ordering"] = Magnetism[group / 3 % 4];
        labels["formation_energy_per_atom"] = -group / 100.0;
        return crystal.ToJsonString();
    }
}
