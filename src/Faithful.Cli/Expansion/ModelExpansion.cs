using Faithful.Serving;

namespace Faithful.Cli.Expansion;

/// <summary>One model on a set of crystals under expansion. Crystals that it cannot take are counted and left out.</summary>
internal sealed class ModelExpansion
{
    private readonly CrystalPredictor _predictor;

    /// <summary>Begins without a crystal.</summary>
    /// <param name="predictor">The model or the ensemble.</param>
    /// <param name="limit">The class of the atomic limit.</param>
    /// <param name="factors">The factors, ascending from 1.</param>
    public ModelExpansion(CrystalPredictor predictor, int limit, IReadOnlyList<double> factors)
    {
        (_predictor, Limit) = (predictor, limit);
        int classes = predictor.Task.Classes.Count;
        (All, Predicted, Labelled) = (new ExpansionGroup(factors, classes, limit), new ExpansionGroup(factors, classes, limit), new ExpansionGroup(factors, classes, limit));
    }

    /// <summary>Gets the name of the model's folder.</summary>
    public string Name => Path.GetFileName(Path.TrimEndingDirectorySeparator(_predictor.Folder));

    /// <summary>Gets the folder, as it was given.</summary>
    public string Folder => _predictor.Folder;

    /// <summary>Gets the name of the model, <c>ensemble</c> for several.</summary>
    public string Model => _predictor.Model;

    /// <summary>Gets the name of the task.</summary>
    public string Task => _predictor.Task.Name;

    /// <summary>Gets the classes.</summary>
    public IReadOnlyList<string> Classes => _predictor.Task.Classes;

    /// <summary>Gets the class of the atomic limit.</summary>
    public int Limit { get; }

    /// <summary>Gets the number of crystals that the model cannot take.</summary>
    public int Fallbacks { get; private set; }

    /// <summary>Gets all crystals.</summary>
    public ExpansionGroup All { get; }

    /// <summary>Gets the crystals that the model finds topological as they are.</summary>
    public ExpansionGroup Predicted { get; }

    /// <summary>Gets the crystals that have a label other than the class of the atomic limit.</summary>
    public ExpansionGroup Labelled { get; }

    /// <summary>Adds a crystal.</summary>
    /// <param name="answers">The class at each factor; null where the model cannot take the crystal.</param>
    /// <param name="label">Its label; null where it has none.</param>
    public void Add(IReadOnlyList<int>? answers, int? label)
    {
        if (answers is null)
        {
            Fallbacks++;
            return;
        }

        All.Add(answers);
        if (answers[0] != Limit)
        {
            Predicted.Add(answers);
        }

        if (label is int known && known != Limit)
        {
            Labelled.Add(answers);
        }
    }
}
