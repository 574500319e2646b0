using System.CommandLine;
using Faithful.Cli.Output;
using Faithful.Models;
using Faithful.Models.Ensembles;
using Faithful.Serving;

namespace Faithful.Cli.Input;

/// <summary>Which models a command works with: those named on the command line, or all that lie under <c>onnx</c>.</summary>
internal static class ModelSelection
{
    /// <summary>The name of the option for model folders.</summary>
    public const string ModelName = "--model";

    /// <summary>The name of the option for the task.</summary>
    public const string TaskName = "--task";

    /// <summary>Makes the option for model folders.</summary>
    /// <returns>The option.</returns>
    public static Option<string[]> ModelOption() => new(ModelName)
    {
        Description = "Folder of a model or of an ensemble, or the name of one under onnx/; may be repeated [default: all under onnx/]",
        HelpName = "dir",
        DefaultValueFactory = _ => [],
    };

    /// <summary>Makes the option for the task.</summary>
    /// <returns>The option.</returns>
    public static Option<string?> TaskOption() => new(TaskName)
    {
        Description = "Use only models for this task, such as tqc or point-group",
        HelpName = "task",
    };

    /// <summary>Opens the models that the command line asks for.</summary>
    /// <param name="context">The command line; notes about devices go to its log.</param>
    /// <param name="input">Counts a model under <c>onnx</c> that cannot be opened, which does not end the command.</param>
    /// <param name="appliesCalibration">Whether the calibrations of cards are applied.</param>
    /// <param name="intraOpThreads">The threads that compute one operation; 0 for one a core.</param>
    /// <returns>At least one predictor; dispose them.</returns>
    public static IReadOnlyList<CrystalPredictor> Open(CommandContext context, CrystalInput? input, bool appliesCalibration = true, int intraOpThreads = 0)
    {
        string[] named = context.Arguments.GetValue<string[]>(ModelName) ?? [];
        string? task = context.Arguments.GetValue<string?>(TaskName);
        var options = new ServingOptions { Device = Device(context), AppliesCalibration = appliesCalibration, IntraOpThreads = intraOpThreads };
        // Of a model under onnx/ that cannot be opened the user is told, and the others do the work.
        Action<ModelFolderException>? refuse = named.Length == 0 && input is not null ? error => input.RejectModel(error.Message) : null;
        List<string> folders = [], otherTasks = [];
        foreach (string folder in named.Length > 0 ? named.Select(Resolve) : PretrainedModels.Find(RepositoryRoot.Find()))
        {
            try
            {
                if (task is not null && PretrainedModels.TaskOf(folder).Name is string other && other != task)
                {
                    otherTasks.Add(other);
                    continue;
                }

                folders.Add(folder);
            }
            catch (ModelFolderException error) when (refuse is not null)
            {
                refuse(error);
            }
        }

        IReadOnlyList<CrystalPredictor> predictors = CrystalPredictor.OpenAll(folders, options, refuse);
        if (predictors.Count == 0)
        {
            throw NoModel(task, otherTasks, isNamed: named.Length > 0);
        }

        foreach (string note in predictors.Select(predictor => predictor.DeviceNote).OfType<string>().Distinct())
        {
            context.Log(note);
        }

        return predictors;
    }

    /// <summary>Finds a model folder: a folder as it stands, the folder of a <c>model.onnx</c> or <c>ensemble.json</c>, or the name of a folder under <c>onnx</c>.</summary>
    /// <param name="name">What the command line says.</param>
    /// <returns>The folder, whether it exists or not.</returns>
    public static string Resolve(string name)
    {
        if (Path.GetFileName(name) is ModelCard.ModelFileName or EnsembleCard.FileName && File.Exists(name))
        {
            return Path.GetDirectoryName(Path.GetFullPath(name))!;
        }

        string pretrained = Path.Combine(RepositoryRoot.Models(), name);
        return !Directory.Exists(name) && !Path.IsPathRooted(name) && Directory.Exists(pretrained) ? pretrained : name;
    }

    /// <summary>Gets the device that the command line asks for.</summary>
    /// <param name="context">The command, which has the option.</param>
    /// <returns>The device.</returns>
    public static ServingDevice Device(CommandContext context) => context.Arguments.GetValue<string>(CommonOptions.DeviceName) switch
    {
        "cpu" => ServingDevice.Cpu,
        "cuda" => ServingDevice.Cuda,
        _ => ServingDevice.Auto,
    };

    private static Exception NoModel(string? task, List<string> otherTasks, bool isNamed)
    {
        if (task is not null && otherTasks.Count > 0)
        {
            string others = string.Join(", ", otherTasks.Distinct().Order(StringComparer.Ordinal));
            string message = $"no model for the task '{task}'; the models {(isNamed ? "named" : "under onnx/")} are for: {others}";
            return isNamed ? new UsageException(message) : new NoModelException(message);
        }

        return new NoModelException(
            $"no model in {RepositoryRoot.Display(RepositoryRoot.Models())}: make one with 'faithful quickstart', or with 'faithful train' and 'faithful export'");
    }
}
