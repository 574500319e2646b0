namespace Faithful.Serving;

/// <summary>What the graph of a model gave for one batch, as it came out.</summary>
public sealed class ModelOutput
{
    /// <summary>Gets the number of crystals of the batch.</summary>
    public required int Crystals { get; init; }

    /// <summary>Gets the logits, shape (crystals, classes), row-major; empty for a regression.</summary>
    public required float[] Logits { get; init; }

    /// <summary>Gets the probabilities, shape (crystals, classes), row-major; empty for a regression.</summary>
    public required float[] Probabilities { get; init; }

    /// <summary>Gets the values in the task's unit, shape (crystals); empty for a classification.</summary>
    public required float[] Values { get; init; }
}
