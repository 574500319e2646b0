namespace Faithful.Networks.Training;

/// <summary>What decides which epoch's weights are kept.</summary>
public enum SelectionMetric
{
    /// <summary>The accuracy of a classification, the mean absolute error of a regression.</summary>
    Accuracy,

    /// <summary>The macro-averaged F1 of a classification.</summary>
    MacroF1,

    /// <summary>The loss.</summary>
    Loss,
}
