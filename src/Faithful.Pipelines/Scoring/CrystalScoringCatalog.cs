using Microsoft.ML;

namespace Faithful.Pipelines;

/// <summary>Adds the scoring of crystals to ML.NET's catalogs.</summary>
public static class CrystalScoringCatalog
{
    /// <summary>Scores crystals by a model or an ensemble.</summary>
    /// <param name="catalog">The transforms of a context.</param>
    /// <param name="modelFolder">The folder of a model or of an ensemble, for example one under <c>onnx</c>.</param>
    /// <param name="options">How to score; null for the defaults.</param>
    /// <returns>The estimator.</returns>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    /// <exception cref="Faithful.Models.ModelFolderException">The folder is not that of a model.</exception>
    public static CrystalScoringEstimator ScoreCrystals(
        this TransformsCatalog catalog, string modelFolder, CrystalScoringOptions? options = null) =>
        catalog.ScoreCrystals([modelFolder], options);

    /// <summary>Scores crystals by several models of one task: by the plain mean of their probabilities or values.</summary>
    /// <param name="catalog">The transforms of a context.</param>
    /// <param name="modelFolders">The model folders.</param>
    /// <param name="options">How to score; null for the defaults.</param>
    /// <returns>The estimator.</returns>
    /// <exception cref="ArgumentException">The models are not of one task, or an option is out of range.</exception>
    /// <exception cref="Faithful.Models.ModelFolderException">A folder is not that of a model.</exception>
    public static CrystalScoringEstimator ScoreCrystals(
        this TransformsCatalog catalog, IEnumerable<string> modelFolders, CrystalScoringOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        return new CrystalScoringEstimator(modelFolders, options);
    }
}
