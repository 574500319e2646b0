namespace Microsoft.ML.Data;

/// <summary>Model parameters that give a score for each class. Usable by several threads at once.</summary>
internal interface IVectorModel
{
    int ClassCount { get; }

    void Score(ReadOnlySpan<float> features, Span<float> scores);
}
