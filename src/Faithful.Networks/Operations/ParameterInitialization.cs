namespace Faithful.Networks.Operations;

/// <summary>How a parameter starts.</summary>
public enum ParameterInitialization
{
    /// <summary>All zeros: biases, shifts, and the last layer of a residual branch.</summary>
    Zeros,

    /// <summary>All ones: scales of normalisations.</summary>
    Ones,

    /// <summary>
    /// Uniform in ±√(3 / fan-in), so that a linear layer keeps the variance (LeCun et al. 1998,
    /// DOI 10.1007/3-540-49430-8_2).
    /// </summary>
    UniformFanIn,

    /// <summary>Normal with deviation 1: look-up tables of embeddings.</summary>
    Normal,
}
