namespace Microsoft.ML.Data;

/// <summary>A model whose scores have probabilities.</summary>
internal interface ICalibratedModel : IFloatModel
{
    float Probability(float score);
}
