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
    public ModelTask Task => predictor.Card.Task;

    /// <summary>Gets the kind of model, for example <c>cgnn</c>.</summary>
    public string Model => predictor.Card.Model;

    /// <summary>Gets where it computes.</summary>
    public string Device => predictor.Device;

    /// <summary>Gets the preparations that its crystals need.</summary>
    public IReadOnlyList<PreparationOptions> Preparations { get; } = [predictor.Card.Preparation];

    /// <summary>Gets its card as JSON text.</summary>
    public string CardJson => predictor.Card.ToJson();

    /// <summary>Predicts crystals that were prepared for it.</summary>
    /// <param name="crystals">The crystals.</param>
    /// <returns>One prediction a crystal, in the same order.</returns>
    /// <exception cref="ModelFolderException">The graph of the model fails.</exception>
    public IReadOnlyList<Prediction> Predict(IReadOnlyList<ServedCrystal> crystals) =>
        [.. predictor.PredictPrepared(crystals.Select(crystal => crystal.Input(predictor.Card.Preparation)))];
}
