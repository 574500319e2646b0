namespace Faithful.Networks.Training;

/// <summary>The loss of an epoch was not a finite number; the last checkpoint is untouched.</summary>
public sealed class NonFiniteLossException : Exception
{
    /// <summary>Initialises the exception.</summary>
    /// <param name="epoch">The epoch, from 1.</param>
    /// <param name="loss">The loss.</param>
    public NonFiniteLossException(int epoch, double loss)
        : base($"epoch {epoch}: expected a finite training loss, found {loss}; a lower --learning-rate may help")
    {
        Epoch = epoch;
        Loss = loss;
    }

    /// <summary>Gets the epoch, from 1.</summary>
    public int Epoch { get; }

    /// <summary>Gets the loss.</summary>
    public double Loss { get; }
}
