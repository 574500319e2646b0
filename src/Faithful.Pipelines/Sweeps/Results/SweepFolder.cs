using System.Globalization;
using System.Text.Json;
using Faithful.Models;
using Faithful.Networks.Training;

namespace Faithful.Pipelines;

/// <summary>
/// The folder of one sweep: <c>sweep.json</c> (what is searched), <c>trials.jsonl</c> (a line a trial) and the same as a table in
/// <c>trials.csv</c>, <c>best.json</c> (the best options, as <c>train --options</c> takes them), <c>trials.svg</c> (a plot), and
/// <c>trials/</c> with the run folders of the best trial and of running ones. Every file is replaced as a whole.
/// </summary>
internal sealed class SweepFolder
{
    private const string DescriptionName = "sweep.json";
    private const string TrialsName = "trials.jsonl";
    private const string BestName = "best.json";

    private SweepFolder(string path) => FolderPath = path;

    /// <summary>Gets the folder.</summary>
    public string FolderPath { get; }

    /// <summary>Gets the file of the best options.</summary>
    public string BestPath => Path.Combine(FolderPath, BestName);

    /// <summary>Gets the table.</summary>
    public string TablePath => Path.Combine(FolderPath, "trials.csv");

    /// <summary>Gets the plot.</summary>
    public string PlotPath => Path.Combine(FolderPath, "trials.svg");

    private string DescriptionPath => Path.Combine(FolderPath, DescriptionName);

    private string TrialsPath => Path.Combine(FolderPath, TrialsName);

    /// <summary>Checks that a sweep may be made, or gone on with, in a folder: said before hours of work, not after.</summary>
    /// <param name="path">The folder, which need not exist for a new sweep.</param>
    /// <param name="resume">Whether the sweep in it is gone on with.</param>
    /// <exception cref="RunFolderException">There is a sweep already, or none to go on with.</exception>
    public static void Check(string path, bool resume)
    {
        bool exists = File.Exists(new SweepFolder(path).DescriptionPath);
        if (exists != resume)
        {
            throw exists
                ? new RunFolderException(path, "a folder without a sweep (or --resume to go on with it)", "a sweep")
                : new RunFolderException(path, $"the folder of a sweep with {DescriptionName}", Directory.Exists(path) ? "none" : "no such folder");
        }
    }

    /// <summary>Opens the folder of a sweep, or makes it.</summary>
    /// <param name="path">The folder.</param>
    /// <param name="description">What is searched.</param>
    /// <param name="resume">Whether the sweep in the folder is gone on with.</param>
    /// <returns>The folder.</returns>
    /// <exception cref="RunFolderException">There is a sweep already, none to go on with, or one of other models, options or data.</exception>
    public static SweepFolder Open(string path, SweepDescription description, bool resume)
    {
        Check(path, resume);
        var folder = new SweepFolder(path);
        string wanted = JsonSerializer.Serialize(description, RunJson.Indented) + "\n";
        if (!resume)
        {
            AtomicFile.WriteText(folder.DescriptionPath, wanted);
            return folder;
        }

        string[] expected = wanted.Split('\n'), found = File.ReadAllText(folder.DescriptionPath).Split('\n');
        int line = Enumerable.Range(0, Math.Min(found.Length, expected.Length)).FirstOrDefault(i => found[i] != expected[i], -1);
        line = line < 0 && found.Length != expected.Length ? Math.Min(found.Length, expected.Length) - 1 : line;
        return line < 0
            ? folder
            : throw new RunFolderException(
                $"{folder.DescriptionPath}({line + 1})", expected[line].Trim(' ', ','), found[line].Trim(' ', ',') + ": the sweep was made otherwise");
    }

    /// <summary>Gets the run folder of a trial.</summary>
    /// <param name="trial">Its number.</param>
    /// <returns>The path.</returns>
    public string Run(int trial) => Path.Combine(FolderPath, "trials", trial.ToString("0000", CultureInfo.InvariantCulture));

    /// <summary>Deletes the run folder of a trial, if there is one.</summary>
    /// <param name="trial">Its number.</param>
    public void DeleteRun(int trial)
    {
        if (Directory.Exists(Run(trial)))
        {
            Directory.Delete(Run(trial), recursive: true);
        }
    }

    /// <summary>Reads the trials so far.</summary>
    /// <returns>The trials by number.</returns>
    /// <exception cref="RunFolderException">A line is not a trial.</exception>
    public IReadOnlyList<SweepTrial> ReadTrials()
    {
        List<SweepTrial> trials = [];
        foreach (string line in File.Exists(TrialsPath) ? File.ReadLines(TrialsPath) : [])
        {
            try
            {
                SweepTrial trial = JsonSerializer.Deserialize<SweepTrial>(line, RunJson.OneLine) ?? throw new JsonException("null");
                trials.Add(trial.Trial == trials.Count + 1 ? trial : throw new JsonException($"trial {trial.Trial}"));
            }
            catch (JsonException error)
            {
                throw new RunFolderException($"{TrialsPath}({trials.Count + 1})", $"trial {trials.Count + 1} of a sweep in JSON", error.Message);
            }
        }

        return trials;
    }

    /// <summary>Replaces table and plot.</summary>
    /// <param name="trials">The trials.</param>
    /// <param name="metric">What their values are.</param>
    public void Write(IReadOnlyList<SweepTrial> trials, SweepMetric metric)
    {
        AtomicFile.WriteText(TablePath, TrialCsv.Write(trials, metric));
        AtomicFile.WriteText(PlotPath, SweepPlot.Draw(trials, metric));

        // Last of all: a sweep that is cut off here writes the others again.
        AtomicFile.WriteText(TrialsPath, string.Concat(trials.Select(trial => JsonSerializer.Serialize(trial, RunJson.OneLine) + "\n")));
    }

    /// <summary>Replaces the best options.</summary>
    /// <param name="model">The model.</param>
    public void WriteBest(SweptModel model) => AtomicFile.WriteText(BestPath, model.ToJson().ToJsonString(RunJson.Indented) + "\n");
}
