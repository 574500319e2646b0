namespace Faithful.Crystals.Bands;

/// <summary>Which parts of a product are known to be zero, or are not asked for.</summary>
[Flags]
internal enum MatrixTriangles
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>The left factor is lower triangular.</summary>
    LeftLower = 1,

    /// <summary>The right factor, as it is stored, is lower triangular.</summary>
    RightLower = 2,

    /// <summary>Of the result only the lower triangle is asked for.</summary>
    ResultLower = 4,
}
