namespace Faithful.Networks.Training;

/// <summary>
/// The state of a run after an epoch: enough to go on as if it had never stopped. Shuffles and dropped numbers follow from the
/// seed and the epoch, so there is no other random state.
/// </summary>
/// <param name="Epoch">The epoch that has ended, from 1.</param>
/// <param name="Steps">The optimizer steps made.</param>
/// <param name="Parameters">The flat parameter values.</param>
/// <param name="FirstMoment">The optimizer's running mean of the gradient.</param>
/// <param name="SecondMoment">The optimizer's running mean of the squared gradient.</param>
public sealed record Checkpoint(int Epoch, long Steps, float[] Parameters, float[] FirstMoment, float[] SecondMoment)
{
    /// <summary>Gets the averaged weights; null for a run without.</summary>
    public float[]? Average { get; init; }

    /// <summary>Gets how often parts of batches were halved to fit the device's memory.</summary>
    public int Halvings { get; init; }
}
