namespace Microsoft.ML.Data;

/// <summary>Model parameters whose score is calibrated.</summary>
internal interface IProbabilityModel : IScalarModel
{
    /// <summary>The probability, 0 to 1, that this score stands for.</summary>
    float ProbabilityOf(float score);
}
