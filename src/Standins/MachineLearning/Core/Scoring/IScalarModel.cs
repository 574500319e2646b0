namespace Microsoft.ML.Data;

/// <summary>Model parameters that give one score for dense features. Usable by several threads at once.</summary>
internal interface IScalarModel
{
    float Score(ReadOnlySpan<float> features);
}
