using System.Text.Json;
using Faithful.Models;

namespace Faithful.Networks.Training;

/// <summary>How far the model of a run can be trusted, by its validation part: <c>calibration.json</c> of the run's folder.</summary>
/// <param name="Epoch">The epoch that it holds for, from 1; of trees, how many of them.</param>
/// <param name="Calibration">The calibration.</param>
public sealed record RunCalibration(int Epoch, ModelCalibration Calibration)
{
    /// <summary>The name of the file within the folder of a run.</summary>
    public const string FileName = "calibration.json";

    /// <summary>Reads the calibration of an epoch.</summary>
    /// <param name="folder">The folder of the run.</param>
    /// <param name="epoch">The epoch, from 1; of trees, how many of them.</param>
    /// <returns>The calibration; null when the training did not end, or another epoch was the best when it did.</returns>
    /// <exception cref="RunFolderException">The file is damaged.</exception>
    public static ModelCalibration? Read(string folder, int epoch)
    {
        string path = Path.Combine(folder, FileName);
        if (!File.Exists(path))
        {
            return null;
        }

        try
        {
            RunCalibration? calibration = JsonSerializer.Deserialize<RunCalibration>(File.ReadAllText(path), RunJson.OneLine);
            return calibration?.Epoch == epoch ? calibration.Calibration : null;
        }
        catch (JsonException error)
        {
            throw new RunFolderException(path, "a calibration in JSON", error.Message);
        }
    }

    /// <summary>Replaces the calibration of a run.</summary>
    /// <param name="folder">The folder of the run.</param>
    /// <exception cref="IOException">The folder cannot be written.</exception>
    public void Write(string folder) => AtomicFile.WriteText(Path.Combine(folder, FileName), JsonSerializer.Serialize(this, RunJson.Indented) + "\n");
}
