namespace Faithful.Networks.Training;

/// <summary>How much a crystal counts in the training loss of a classification, by its class. The mean over all crystals is always 1.</summary>
public enum ClassWeighting
{
    /// <summary>Every crystal counts the same.</summary>
    None,

    /// <summary>Every class counts the same: a crystal counts as the inverse of its class's frequency.</summary>
    Balanced,

    /// <summary>Between the two: a crystal counts as the inverse square root of its class's frequency.</summary>
    SquareRoot,
}
