namespace Microsoft.ML.Data;

/// <summary>Names that columns have where none is given.</summary>
internal static class ScoreNames
{
    public const string Features = "Features";
    public const string Label = "Label";
    public const string Score = "Score";
    public const string Probability = "Probability";
    public const string PredictedLabel = "PredictedLabel";
}
