namespace Microsoft.ML.Trainers.FastTree.Growing;

/// <summary>
/// The logistic loss, its scores in units of 1/<paramref name="sigmoid"/> (C. Burges, From RankNet to LambdaRank to
/// LambdaMART, MSR-TR-2010-82, section 6).
/// </summary>
/// <param name="labels">Whether each row is of the class.</param>
/// <param name="sigmoid">The steepness of the sigmoid; FastTree takes twice the learning rate.</param>
/// <param name="balanced">Whether each class counts as much as the other, however many rows it has.</param>
internal sealed class LogisticLoss(bool[] labels, double sigmoid, bool balanced) : BoostingObjective
{
    private readonly double positive = balanced ? 1.0 / labels.Count(label => label) : 1;
    private readonly double negative = balanced ? 1.0 / labels.Count(label => !label) : 1;

    /// <inheritdoc/>
    public override bool HasCurvature => true;

    /// <inheritdoc/>
    public override void Gradients(ReadOnlySpan<double> scores, int firstRow, Span<double> gradients, Span<double> curvatures)
    {
        for (int i = 0; i < scores.Length; i++)
        {
            bool label = labels[firstRow + i];
            double signed = label ? sigmoid : -sigmoid;
            double share = label ? positive : negative;
            double response = signed / (1 + Math.Exp(signed * scores[i]));
            double size = Math.Abs(response);
            gradients[i] = response * share;
            curvatures[i] = size * (sigmoid - size) * share;
        }
    }
}
