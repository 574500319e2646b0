using Faithful.Models;

namespace Faithful.Cli.Expansion;

/// <summary>One model on one crystal under expansion.</summary>
/// <param name="Name">The name of the model's folder.</param>
/// <param name="Model">The name of the model, <c>ensemble</c> for several.</param>
/// <param name="Task">The task.</param>
/// <param name="AtomicLimit">The class of crystals whose atoms are far apart; null where the task has none.</param>
/// <param name="Predictions">What the model says at each factor.</param>
internal sealed record CrystalExpansion(string Name, string Model, ModelTask Task, string? AtomicLimit, IReadOnlyList<Prediction> Predictions)
{
    /// <summary>Gets the place of the first factor from which on the answer is the class of the atomic limit; null where it is not at the last.</summary>
    public int? Turns
    {
        get
        {
            int trivial = Predictions.Reverse().TakeWhile(prediction => AtomicLimit is not null && prediction.Class == AtomicLimit).Count();
            return trivial == 0 || Predictions[0].IsFallback ? null : Predictions.Count - trivial;
        }
    }
}
