using Faithful.Datasets;
using Faithful.Models;

namespace Faithful.Cli.Composition;

/// <summary>Turns the tasks of the data-set project into the tasks of models.</summary>
internal static class LearningTaskModels
{
    /// <summary>Gets what models need to know of a task.</summary>
    /// <param name="task">The task.</param>
    /// <returns>The model's view of it.</returns>
    public static ModelTask ToModelTask(this LearningTask task) => new()
    {
        Name = task.Name,
        Kind = task.Kind == TargetKind.Classification ? TaskKind.Classification : TaskKind.Regression,
        Classes = task.Classes,
        Unit = task.Unit,
        UsesSymmetry = task.UsesSymmetry,
    };

    /// <summary>Gets a target as a number: the class index, or the value.</summary>
    /// <param name="task">The task.</param>
    /// <param name="target">The target.</param>
    /// <returns>The number.</returns>
    public static double Number(this LearningTask task, Target target) =>
        task.Kind == TargetKind.Classification ? target.ClassIndex : target.Value;
}
