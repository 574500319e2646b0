namespace Microsoft.ML.Transforms;

/// <summary>Collects the values of a column.</summary>
internal abstract class KeyLearner
{
    public abstract bool IsFull { get; }

    /// <summary>Takes the values of the row at which the cursor stands.</summary>
    public abstract void Learn();

    public abstract KeyMap Finish(ValueToKeyMappingEstimator.KeyOrdinality order);
}
