namespace Faithful.Pipelines;

/// <summary>What every model says of a crystal, whether it classifies or estimates a number: one row type for all of them.</summary>
public sealed class CrystalPrediction
{
    /// <summary>Gets or sets the identifier of the crystal.</summary>
    public string Id { get; set; } = "";

    /// <summary>Gets or sets the most probable class; empty for a regression and for a crystal that could not be read.</summary>
    public string Class { get; set; } = "";

    /// <summary>Gets or sets the value in the task's unit; NaN for a classification and for a crystal that could not be read.</summary>
    public float Value { get; set; } = float.NaN;

    /// <summary>
    /// Gets or sets the probability of each class in the model's order of classes, shape (classes); empty for a regression, NaN for a
    /// crystal that could not be read.
    /// </summary>
    public float[] Probabilities { get; set; } = [];

    /// <summary>Gets or sets the probability of <see cref="Class"/>; NaN for a regression and for a crystal that could not be read.</summary>
    public float Confidence { get; set; } = float.NaN;

    /// <summary>
    /// Gets or sets the half-width of the interval around <see cref="Value"/> that holds the true value in the share of cases that the model's card
    /// says; NaN without a calibration and for a classification.
    /// </summary>
    public float HalfWidth { get; set; } = float.NaN;

    /// <summary>
    /// Gets or sets how much models that answer together disagree; NaN for one model. Of a classification the share, 0..1, of the largest
    /// Jensen–Shannon divergence, of a regression the standard deviation in the task's unit.
    /// </summary>
    public float Disagreement { get; set; } = float.NaN;

    /// <summary>
    /// Gets or sets a value indicating whether no model could take the crystal, and the majority or the median of its training
    /// data stands for its answer.
    /// </summary>
    public bool IsFallback { get; set; }

    /// <summary>Gets or sets what the user should know: why there is no answer or only a fallback, and warnings; else empty.</summary>
    public string Note { get; set; } = "";
}
