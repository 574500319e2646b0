namespace Faithful.Pipelines;

/// <summary>Which trials of a sweep are ended before they are trained to their end.</summary>
public enum EarlyStopping
{
    /// <summary>
    /// Those whose best value so far is worse than the median of the best values that trials of the same model had reached at the
    /// same stage: the median rule of Golovin et al. (KDD 2017, DOI 10.1145/3097983.3098043), with best values in place of averages.
    /// Not before a fifth of the epochs, nor before four trials were trained to their end.
    /// </summary>
    Median,

    /// <summary>
    /// Those that are not among the better half of the trials of the same model, after an eighth, a quarter and a half of the
    /// epochs, three others or more having got so far (asynchronous successive halving: Li et al., MLSys 2020, arXiv:1810.05934).
    /// </summary>
    Halving,

    /// <summary>None.</summary>
    None,
}
