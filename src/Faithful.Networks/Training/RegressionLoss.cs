namespace Faithful.Networks.Training;

/// <summary>What a regression minimises, as a function of the error in units of the target's mean absolute deviation.</summary>
public enum RegressionLoss
{
    /// <summary>The absolute error.</summary>
    L1,

    /// <summary>Half the squared error below 1, the absolute error less a half above (Huber 1964, DOI 10.1214/aoms/1177703732).</summary>
    Huber,
}
