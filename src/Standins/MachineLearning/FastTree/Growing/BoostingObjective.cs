namespace Microsoft.ML.Trainers.FastTree.Growing;

/// <summary>What an ensemble is to minimise.</summary>
internal abstract class BoostingObjective
{
    /// <summary>Gets a value indicating whether leaves take Newton's step, gradient over curvature, instead of the mean gradient.</summary>
    public abstract bool HasCurvature { get; }

    /// <summary>Computes the negative gradient and, where there is one, the curvature at the scores of some rows.</summary>
    public abstract void Gradients(ReadOnlySpan<double> scores, int firstRow, Span<double> gradients, Span<double> curvatures);
}
