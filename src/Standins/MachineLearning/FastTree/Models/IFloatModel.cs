namespace Microsoft.ML.Data;

/// <summary>A model that gives a row of features one score.</summary>
internal interface IFloatModel
{
    int FeatureCount { get; }

    /// <summary>Scores a row; behind its features stands a 0, which lets trees walk without a branch.</summary>
    float Score(ReadOnlySpan<float> paddedFeatures);
}
