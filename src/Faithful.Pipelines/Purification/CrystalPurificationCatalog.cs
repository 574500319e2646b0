using Faithful.Datasets.Purification;
using Microsoft.ML;

namespace Faithful.Pipelines;

/// <summary>Adds the purification of data sets to ML.NET's catalogs.</summary>
public static class CrystalPurificationCatalog
{
    /// <summary>Purifies a data set by the default rules.</summary>
    /// <param name="catalog">The transforms of a context.</param>
    /// <param name="label">The column by which duplicates are compared; null when labels are not to be compared.</param>
    /// <returns>The estimator.</returns>
    /// <exception cref="ArgumentException">The name is blank.</exception>
    public static PurifyCrystalsEstimator PurifyCrystals(this TransformsCatalog catalog, string? label = null) =>
        catalog.PurifyCrystals(new CrystalPurificationOptions { Rules = new PurificationOptions { Label = label } });

    /// <summary>Purifies a data set.</summary>
    /// <param name="catalog">The transforms of a context.</param>
    /// <param name="options">The rules and columns.</param>
    /// <returns>The estimator.</returns>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public static PurifyCrystalsEstimator PurifyCrystals(this TransformsCatalog catalog, CrystalPurificationOptions options)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(options);
        return new PurifyCrystalsEstimator(options);
    }
}
