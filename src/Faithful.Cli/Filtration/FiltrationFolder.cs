using System.Text.Json;
using Faithful.Cli.Output;
using Faithful.Models;
using Faithful.Networks.Training;

namespace Faithful.Cli.Filtration;

/// <summary>
/// The folder of a filtration: <c>plan.json</c>, <c>folds</c> with a split file each, <c>planted.csv</c>, <c>runs</c>, <c>models</c>,
/// <c>predictions</c>, and the list. What is finished there is taken, whichever machine it was made on.
/// </summary>
/// <param name="path">The folder, which need not exist.</param>
internal sealed class FiltrationFolder(string path)
{
    /// <summary>Gets the folder.</summary>
    public string FolderPath { get; } = path;

    /// <summary>Gets the file of planted labels.</summary>
    public string PlantedPath => Path.Combine(FolderPath, "planted.csv");

    /// <summary>Gets the list as a table.</summary>
    public string ListCsvPath => Path.Combine(FolderPath, "list.csv");

    /// <summary>Gets the list with all that is known of its entries.</summary>
    public string ListJsonPath => Path.Combine(FolderPath, "list.json");

    private string PlanPath => Path.Combine(FolderPath, "plan.json");

    /// <summary>Gets the split file of a fold.</summary>
    /// <param name="part">The part, for example <c>fold-1</c>.</param>
    /// <returns>The file.</returns>
    public string FoldPath(string part) => Path.Combine(FolderPath, "folds", $"{part}.json");

    /// <summary>Gets the run folder of a network.</summary>
    /// <param name="model">The network's name.</param>
    /// <param name="part">The part that is held back from it, or <c>whole</c>.</param>
    /// <returns>The folder.</returns>
    public string RunPath(string model, string part) => Path.Combine(FolderPath, "runs", $"{model}-{part}");

    /// <summary>Gets the folder of an exported network.</summary>
    /// <param name="model">The network's name.</param>
    /// <param name="part">The part that is held back from it, or <c>whole</c>.</param>
    /// <returns>The folder.</returns>
    public string ModelPath(string model, string part) => Path.Combine(FolderPath, "models", $"{model}-{part}");

    /// <summary>Gets the file of the predictions of a network for the part that is held back from it, or for all crystals.</summary>
    /// <param name="model">The network's name.</param>
    /// <param name="part">The part.</param>
    /// <param name="sha256">The SHA-256 of the network's file: predictions of another state of it are never taken for its own.</param>
    /// <returns>The file.</returns>
    public string PredictionPath(string model, string part, string sha256) =>
        Path.Combine(FolderPath, "predictions", $"{model}-{part}-{sha256[..8]}.csv");

    /// <summary>Writes the plan of a new filtration, or checks that the one in the folder is the same.</summary>
    /// <param name="plan">What the command asks for.</param>
    /// <exception cref="UsageException">The folder has another plan.</exception>
    /// <exception cref="RunFolderException">The plan in the folder cannot be read.</exception>
    public void Begin(FiltrationPlan plan)
    {
        string wanted = JsonSerializer.Serialize(plan, RunJson.Indented);
        if (!File.Exists(PlanPath))
        {
            AtomicFile.WriteText(PlanPath, wanted + "\n");
            return;
        }

        string[] found = JsonSerializer.Serialize(Read(), RunJson.Indented).Split('\n'), expected = wanted.Split('\n');
        int line = Enumerable.Range(0, Math.Min(found.Length, expected.Length)).FirstOrDefault(i => found[i] != expected[i], -1);
        if (line >= 0)
        {
            throw new UsageException(
                $"{FolderPath} holds a filtration with {found[line].Trim(' ', ',')}: expected {expected[line].Trim(' ', ',')}, or another folder as --out");
        }
    }

    private FiltrationPlan Read()
    {
        try
        {
            return JsonSerializer.Deserialize<FiltrationPlan>(File.ReadAllText(PlanPath), RunJson.OneLine)
                ?? throw new RunFolderException(PlanPath, "the plan of a filtration", "null");
        }
        catch (JsonException error)
        {
            throw new RunFolderException(PlanPath, "the plan of a filtration in JSON", error.Message);
        }
    }
}
