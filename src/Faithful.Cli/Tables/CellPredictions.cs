using System.Security.Cryptography;
using System.Text;
using Faithful.Cli.Evaluation;
using Faithful.Models;
using Faithful.Networks.Training;

namespace Faithful.Cli.Tables;

/// <summary>What the model of a cell answers for each held-back crystal, kept so that means of several models cost nothing.</summary>
internal static class CellPredictions
{
    private const string FileName = "predictions.safetensors";
    private const string Answers = "answers"; // (crystals, classes), or (crystals, 1) in the task's unit
    private const string Fallbacks = "fallback"; // (crystals): 1 where the model could not take the crystal
    private const string Ids = "ids_sha256";
    private const string Classes = "classes";

    /// <summary>Writes the answers of a model.</summary>
    /// <param name="folder">The folder of the cell.</param>
    /// <param name="model">The measured model.</param>
    public static void Write(string folder, EvaluatedModel model)
    {
        var file = new SafeTensors();
        file.Metadata[Ids] = Digest(model.Rows);
        file.Metadata[Classes] = string.Join('\n', model.Task.Classes);
        file.Add(
            Answers,
            [model.Predictions.Count, model.Task.OutputWidth],
            [.. model.Predictions.SelectMany(prediction => prediction.Value is double value ? [value] : prediction.Probabilities).Select(number => (float)number)]);
        file.Add(Fallbacks, [model.Predictions.Count], [.. model.Predictions.Select(prediction => prediction.IsFallback ? 1f : 0f)]);
        AtomicFile.Write(Path.Combine(folder, FileName), file.Write);
    }

    /// <summary>Reads the answers of a model.</summary>
    /// <param name="folder">The folder of the cell.</param>
    /// <param name="task">The task.</param>
    /// <param name="rows">The crystals.</param>
    /// <returns>The task with the classes in the order of the answers, and an answer a crystal.</returns>
    /// <exception cref="RunFolderException">The file is missing or damaged, or of other crystals.</exception>
    public static (ModelTask Task, IReadOnlyList<Prediction> Predictions) Read(string folder, ModelTask task, EvaluationRows rows)
    {
        string path = Path.Combine(folder, FileName);
        SafeTensors file = SafeTensors.Read(path);
        if (file.Metadata.GetValueOrDefault(Ids) != Digest(rows))
        {
            throw new RunFolderException(path, "answers for the held-back crystals of this data", "those for others; take the folder of the cell away");
        }

        if (task.Kind == TaskKind.Classification)
        {
            task = task with { Classes = file.Metadata.GetValueOrDefault(Classes, "").Split('\n') };
        }

        int width = task.OutputWidth;
        if (file.Find(Answers) is not float[] answers || file.Find(Fallbacks) is not float[] fallbacks
            || answers.Length != width * rows.Rows.Length || fallbacks.Length != rows.Rows.Length)
        {
            throw new RunFolderException(path, $"{rows.Rows.Length} answers of {width} numbers", "others");
        }

        return (task, [.. rows.Rows.Select((row, index) => Answer(row.Labels.Id, task, answers.AsSpan(index * width, width), fallbacks[index] > 0))]);
    }

    private static Prediction Answer(string id, ModelTask task, ReadOnlySpan<float> answer, bool isFallback)
    {
        double[] numbers = new double[answer.Length];
        for (int i = 0; i < numbers.Length; i++)
        {
            numbers[i] = answer[i];
        }

        bool isClassification = task.Kind == TaskKind.Classification;
        return new Prediction
        {
            Id = id,
            Task = task.Name,
            Model = "",
            Class = isClassification ? task.Classes[Array.IndexOf(numbers, numbers.Max())] : null,
            Probabilities = isClassification ? numbers : [],
            Value = isClassification ? null : numbers[0],
            IsFallback = isFallback,
        };
    }

    private static string Digest(EvaluationRows rows) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', rows.Rows.Select(row => row.Labels.Id)))));
}
