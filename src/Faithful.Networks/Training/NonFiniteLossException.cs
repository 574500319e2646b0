namespace Faithful.Networks.Training;

/// <summary>The loss or the gradient of a batch was infinite or NaN; the last checkpoint is untouched.</summary>
public sealed class NonFiniteLossException : Exception
{
    private const int IdsInMessage = 16;

    /// <summary>Initialises the exception.</summary>
    /// <param name="epoch">The epoch, from 1.</param>
    /// <param name="batch">The first such batch of the epoch, from 1; 0 for the validation part.</param>
    /// <param name="loss">Its loss.</param>
    /// <param name="gradientNorm">The norm of its gradient; NaN for the validation part.</param>
    /// <param name="ids">The ids of its crystals.</param>
    public NonFiniteLossException(int epoch, int batch, double loss, double gradientNorm, IReadOnlyList<string> ids)
        : base(Describe(epoch, batch, loss, gradientNorm, ids))
    {
        Epoch = epoch;
        Batch = batch;
        Loss = loss;
        GradientNorm = gradientNorm;
        Ids = ids;
    }

    /// <summary>Gets the epoch, from 1.</summary>
    public int Epoch { get; }

    /// <summary>Gets the batch of the epoch, from 1; 0 for the validation part.</summary>
    public int Batch { get; }

    /// <summary>Gets the loss.</summary>
    public double Loss { get; }

    /// <summary>Gets the norm of the gradient; NaN for the validation part.</summary>
    public double GradientNorm { get; }

    /// <summary>Gets the ids of the batch's crystals.</summary>
    public IReadOnlyList<string> Ids { get; }

    private static string Describe(int epoch, int batch, double loss, double gradientNorm, IReadOnlyList<string> ids)
    {
        ArgumentNullException.ThrowIfNull(ids);
        string where = batch == 0 ? "validation" : $"batch {batch}";
        string what = double.IsFinite(loss)
            ? FormattableString.Invariant($"gradient, found the loss {loss:G6} with a gradient of norm {gradientNorm}")
            : FormattableString.Invariant($"loss, found {loss}");
        string crystals = string.Join(", ", ids.Take(IdsInMessage));
        string more = ids.Count > IdsInMessage ? $" and {ids.Count - IdsInMessage} more" : "";
        return $"epoch {epoch}, {where}: expected a finite {what}; crystals {crystals}{more}; a lower --learning-rate may help";
    }
}
