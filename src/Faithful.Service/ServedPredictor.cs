using Faithful.Models;
using Faithful.Serving;

namespace Faithful.Service;

/// <summary>A predictor by the name that requests have for it.</summary>
/// <param name="name">The name: that of its folder.</param>
/// <param name="predictor">The predictor.</param>
internal sealed class ServedPredictor(string name, CrystalPredictor predictor)
{
    /// <summary>Gets the name.</summary>
    public string Name { get; } = name;

    /// <summary>Gets what the predictor answers.</summary>
    public ModelTask Task => predictor.Task;

    /// <summary>Gets the kind of model, for example <c>cgnn</c>, or <c>ensemble</c>.</summary>
    public string Model => predictor.Model;

    /// <summary>Gets where it computes.</summary>
    public string Device => predictor.Device;

    /// <summary>Gets the models that answer; several predictors may have the same one.</summary>
    public IReadOnlyList<ServedModel> Models => predictor.Models;

    /// <summary>Gets whether it is several models that answer as one.</summary>
    public bool IsEnsemble => predictor.Ensemble is not null;

    /// <summary>Gets its card, or the description of the ensemble, as JSON text.</summary>
    public string CardJson => predictor.Ensemble?.ToJson() ?? predictor.Card.ToJson();

    /// <summary>Makes one prediction of those of its models.</summary>
    /// <param name="predictions">The prediction of each model for one crystal.</param>
    /// <returns>The prediction.</returns>
    public Prediction Join(IReadOnlyList<Prediction> predictions) => predictor.Join(predictions);
}
