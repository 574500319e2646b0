using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Faithful.Models;

namespace Faithful.Networks.Training;

/// <summary>
/// The folder of one training run: <c>options.json</c>, <c>metrics.jsonl</c> (a line an epoch) and the same as a table in
/// <c>metrics.csv</c>, <c>checkpoint.safetensors</c> (the last epoch, with the optimizer's state) and <c>best.safetensors</c>
/// (the best epoch by the validation part), and, when the training is over, <c>calibration.json</c>. Every file is replaced as a whole.
/// </summary>
public sealed class RunFolder
{
    private string? _digest;

    private RunFolder(string path)
    {
        FolderPath = path;
    }

    /// <summary>Gets the folder.</summary>
    public string FolderPath { get; }

    private string OptionsPath => Path.Combine(FolderPath, "options.json");

    private string MetricsPath => Path.Combine(FolderPath, "metrics.jsonl");

    private string TablePath => Path.Combine(FolderPath, "metrics.csv");

    private string CheckpointPath => Path.Combine(FolderPath, "checkpoint.safetensors");


    private string BestPath => Path.Combine(FolderPath, "best.safetensors");

    /// <summary>Makes the folder of a new run.</summary>
    /// <param name="path">The folder; it must not hold a run yet.</param>
    /// <param name="description">What the run trains.</param>
    /// <returns>The folder.</returns>
    /// <exception cref="RunFolderException">The folder holds a run already: nothing is overwritten.</exception>
    public static RunFolder Create(string path, RunDescription description)
    {
        RequireNone(path);
        var folder = new RunFolder(path);
        AtomicFile.WriteText(folder.OptionsPath, JsonSerializer.Serialize(description, RunJson.Indented) + "\n");
        return folder;
    }

    /// <summary>Says whether a folder holds a run.</summary>
    /// <param name="path">The folder, which need not exist.</param>
    /// <returns>True when a run was begun there.</returns>
    public static bool Exists(string path) => File.Exists(new RunFolder(path).OptionsPath);

    /// <summary>Checks that a new run may be made in a folder.</summary>
    /// <param name="path">The folder, which need not exist.</param>
    /// <exception cref="RunFolderException">The folder holds a run already.</exception>
    public static void RequireNone(string path)
    {
        if (Exists(path))
        {
            throw new RunFolderException(path, "a folder without a run (or --resume to go on with it)", "a run");
        }
    }

    /// <summary>Opens the folder of a run.</summary>
    /// <param name="path">The folder.</param>
    /// <returns>The folder.</returns>
    /// <exception cref="RunFolderException">The folder holds no run.</exception>
    public static RunFolder Open(string path)
    {
        var folder = new RunFolder(path);
        return File.Exists(folder.OptionsPath)
            ? folder
            : throw new RunFolderException(path, "a run folder with options.json", Directory.Exists(path) ? "none" : "no such folder");
    }

    /// <summary>Reads what the run trains.</summary>
    /// <returns>The description.</returns>
    /// <exception cref="RunFolderException"><c>options.json</c> is not a run description.</exception>
    public RunDescription ReadDescription()
    {
        try
        {
            return JsonSerializer.Deserialize<RunDescription>(File.ReadAllText(OptionsPath), RunJson.OneLine)
                ?? throw new RunFolderException(OptionsPath, "a run description", "null");
        }
        catch (JsonException error)
        {
            throw new RunFolderException(OptionsPath, "a run description in JSON", error.Message);
        }
    }

    /// <summary>Checks that a run to go on with is the run asked for.</summary>
    /// <param name="wanted">What the command asks for.</param>
    /// <exception cref="RunFolderException">The run is of another model, data set or options.</exception>
    public void CheckSame(RunDescription wanted)
    {
        string found = JsonSerializer.Serialize(ReadDescription(), RunJson.Indented);
        string expected = JsonSerializer.Serialize(wanted, RunJson.Indented);
        if (found != expected)
        {
            string[] foundLines = found.Split('\n'), expectedLines = expected.Split('\n');
            int line = Enumerable.Range(0, Math.Min(foundLines.Length, expectedLines.Length))
                .FirstOrDefault(i => foundLines[i] != expectedLines[i]);
            throw new RunFolderException(
                $"{OptionsPath}({line + 1})", expectedLines[line].Trim(' ', ','), foundLines[line].Trim(' ', ',') + ": the run was made otherwise");
        }
    }

    /// <summary>Reads the measurements so far.</summary>
    /// <returns>One entry an epoch.</returns>
    /// <exception cref="RunFolderException">A line is not a measurement.</exception>
    public IReadOnlyList<EpochMeasurement> ReadMeasurements()
    {
        if (!File.Exists(MetricsPath))
        {
            return [];
        }

        List<EpochMeasurement> measurements = [];
        foreach (string line in File.ReadLines(MetricsPath))
        {
            try
            {
                measurements.Add(JsonSerializer.Deserialize<EpochMeasurement>(line, RunJson.OneLine)!);
            }
            catch (JsonException error)
            {
                throw new RunFolderException($"{MetricsPath}({measurements.Count + 1})", "a measurement in JSON", error.Message);
            }
        }

        return measurements;
    }

    /// <summary>Reads the measurements that belong to a checkpoint.</summary>
    /// <param name="epochs">The epochs that it has behind it. A line more is of an epoch whose checkpoint was never written.</param>
    /// <returns>One entry an epoch.</returns>
    /// <exception cref="RunFolderException">A line is not a measurement, or there are too few.</exception>
    public IReadOnlyList<EpochMeasurement> ReadMeasurements(int epochs)
    {
        IReadOnlyList<EpochMeasurement> measurements = ReadMeasurements();
        return measurements.Count >= epochs
            ? [.. measurements.Take(epochs)]
            : throw new RunFolderException(MetricsPath, $"the {epochs} epochs of the checkpoint", $"{measurements.Count}");
    }

    /// <summary>Replaces the measurements.</summary>
    /// <param name="measurements">One entry an epoch.</param>
    public void WriteMeasurements(IReadOnlyCollection<EpochMeasurement> measurements)
    {
        AtomicFile.WriteText(TablePath, MetricsTable.Write(measurements));
        AtomicFile.WriteText(
            MetricsPath, string.Concat(measurements.Select(measurement => JsonSerializer.Serialize(measurement, RunJson.OneLine) + "\n")));
    }

    /// <summary>Replaces the checkpoint of the last epoch.</summary>
    /// <param name="checkpoint">The state after it.</param>
    public void WriteCheckpoint(Checkpoint checkpoint)
    {
        ArgumentNullException.ThrowIfNull(checkpoint);
        var file = new SafeTensors();
        file.Metadata["epoch"] = checkpoint.Epoch.ToString(CultureInfo.InvariantCulture);
        file.Metadata["steps"] = checkpoint.Steps.ToString(CultureInfo.InvariantCulture);
        file.Metadata["halvings"] = checkpoint.Halvings.ToString(CultureInfo.InvariantCulture);
        file.Metadata["run"] = Digest();
        file.Add("parameters", [checkpoint.Parameters.Length], checkpoint.Parameters);
        file.Add("first_moment", [checkpoint.FirstMoment.Length], checkpoint.FirstMoment);
        file.Add("second_moment", [checkpoint.SecondMoment.Length], checkpoint.SecondMoment);
        if (checkpoint.Average is float[] average)
        {
            file.Add("average", [average.Length], average);
        }

        AtomicFile.Write(CheckpointPath, file.Write);
    }

    /// <summary>Reads the checkpoint of the last epoch.</summary>
    /// <param name="parameters">The number of parameters expected.</param>
    /// <returns>The state, or null when no epoch has ended yet.</returns>
    /// <exception cref="RunFolderException">The file is cut short or belongs to another run.</exception>
    public Checkpoint? ReadCheckpoint(long parameters)
    {
        if (!File.Exists(CheckpointPath))
        {
            return null;
        }

        SafeTensors file = SafeTensors.Read(CheckpointPath);
        if (file.Metadata.GetValueOrDefault("run") != Digest())
        {
            throw new RunFolderException(CheckpointPath, "a checkpoint of the run that options.json describes", "one of another run");
        }

        return new Checkpoint((int)Number("epoch"), Number("steps"), Values("parameters"), Values("first_moment"), Values("second_moment"))
        {
            Average = file.Find("average") is null ? null : Values("average"),
            Halvings = (int)Number("halvings"),
        };

        long Number(string name) => long.TryParse(file.Metadata.GetValueOrDefault(name), CultureInfo.InvariantCulture, out long number)
            ? number
            : throw new RunFolderException(CheckpointPath, $"the number of {name} in the header", "none");

        float[] Values(string name) => file.Find(name) is { } values && values.Length == parameters
            ? values
            : throw new RunFolderException(CheckpointPath, $"{parameters} values of {name}", $"{file.Find(name)?.Length ?? 0}");
    }

    /// <summary>Replaces the weights of the best epoch, one array a parameter.</summary>
    /// <param name="network">The network.</param>
    /// <param name="parameters">The flat parameter values.</param>
    public void WriteBest(Network network, float[] parameters)
    {
        ArgumentNullException.ThrowIfNull(network);
        var file = new SafeTensors();
        int offset = 0;
        foreach (Operations.ParameterReference parameter in network.Layout.Parameters)
        {
            int count = checked((int)parameter.Count);
            file.Add(parameter.Name, [.. parameter.Shape], parameters[offset..(offset + count)]);
            offset += count;
        }

        AtomicFile.Write(BestPath, file.Write);
    }

    /// <summary>Reads the weights of the best epoch.</summary>
    /// <param name="network">The network.</param>
    /// <returns>The flat parameter values.</returns>
    /// <exception cref="RunFolderException">No epoch has ended yet, or the file belongs to another network.</exception>
    public float[] ReadBest(Network network)
    {
        ArgumentNullException.ThrowIfNull(network);
        (SafeTensors file, _) = ReadBestFile();
        var flat = new float[network.Layout.Count];
        int offset = 0;
        foreach (Operations.ParameterReference parameter in network.Layout.Parameters)
        {
            if (file.Find(parameter.Name) is not { } values || values.Length != parameter.Count)
            {
                throw new RunFolderException(
                    BestPath, $"{parameter.Count} values of {parameter.Name}", $"{file.Find(parameter.Name)?.Length ?? 0}");
            }

            values.CopyTo(flat, offset);
            offset += values.Length;
        }

        return flat;
    }

    /// <summary>Reads the weights of the best epoch as they lie in the file.</summary>
    /// <returns>The arrays by name, and the SHA-256 of the file in lower-case hexadecimal.</returns>
    /// <exception cref="RunFolderException">No epoch has ended yet, or the file is damaged.</exception>
    internal (SafeTensors Weights, string Sha256) ReadBestFile()
    {
        if (!File.Exists(BestPath))
        {
            throw new RunFolderException(FolderPath, "a run with at least one finished epoch", "no best.safetensors");
        }

        return (SafeTensors.Read(BestPath), Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(BestPath))));
    }

    /// <summary>What a checkpoint is marked with, so that it is not taken for that of another run.</summary>
    private string Digest() => _digest ??= Convert.ToHexStringLower(
        SHA256.HashData(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(ReadDescription(), RunJson.OneLine))));
}
