namespace Microsoft.ML.Trainers.FastTree.Growing;

/// <summary>Half the squared difference of score and label.</summary>
internal sealed class SquaredLoss(float[] labels) : BoostingObjective
{
    /// <inheritdoc/>
    public override bool HasCurvature => false;

    /// <inheritdoc/>
    public override void Gradients(ReadOnlySpan<double> scores, int firstRow, Span<double> gradients, Span<double> curvatures)
    {
        for (int i = 0; i < scores.Length; i++)
        {
            gradients[i] = labels[firstRow + i] - scores[i];
        }
    }
}
