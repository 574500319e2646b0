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

    /// <summary>Gets the preparations that its crystals need.</summary>
    public IReadOnlyList<PreparationOptions> Preparations { get; } = [.. predictor.Cards.Select(card => card.Preparation).Distinct()];

    /// <summary>Gets its card, or the description of the ensemble, as JSON text.</summary>
    public string CardJson => predictor.Ensemble?.ToJson() ?? predictor.Card.ToJson();

    /// <summary>Predicts crystals that were prepared for it.</summary>
    /// <param name="crystals">The crystals.</param>
    /// <returns>One prediction a crystal, in the same order.</returns>
    /// <exception cref="ModelFolderException">The graph of the model fails.</exception>
    public IReadOnlyList<Prediction> Predict(IReadOnlyList<ServedCrystal> crystals) =>
        predictor.Predict(new PredictionInputs(crystals.Count, preparation => [.. crystals.Select(crystal => crystal.Input(preparation))]));
}
