namespace Faithful.Models;

/// <summary>How the answers of a model are set right.</summary>
public enum CalibrationMethod
{
    /// <summary>
    /// One number T for all classes: probabilities ∝ p^(1/T). Guo et al., "On Calibration of Modern Neural Networks" (2017),
    /// arXiv:1706.04599, section 4.2.
    /// </summary>
    Temperature,

    /// <summary>
    /// A half-width: the true value lies within that distance of the model's in a stated share of cases. Split conformal
    /// prediction; Lei et al., J. Am. Stat. Assoc. 113, 1094 (2018), doi:10.1080/01621459.2017.1307116.
    /// </summary>
    Conformal,
}
