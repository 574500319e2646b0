using Faithful.Crystals.Descriptors;
using Faithful.Models;
using Microsoft.ML;

namespace Faithful.Pipelines;

/// <summary>Adds the embedding of crystals to ML.NET's catalogs.</summary>
public static class CrystalEmbeddingCatalog
{
    /// <summary>Describes crystals by numbers: the column <c>Descriptors</c>.</summary>
    /// <param name="catalog">The transforms of a context.</param>
    /// <param name="descriptors">The name of a <see cref="DescriptorSet"/>: <c>best</c>, <c>best-bands</c>, <c>best-no-symmetry</c> or <c>claussen</c>.</param>
    /// <param name="options">How rows are read; null for the defaults.</param>
    /// <returns>The estimator.</returns>
    /// <exception cref="ArgumentException">There is no such set, or an option is out of range.</exception>
    public static EmbedCrystalsEstimator EmbedCrystals(
        this TransformsCatalog catalog, string descriptors = "best", CrystalEmbeddingOptions? options = null) =>
        catalog.EmbedCrystals(PreparationOptions.OfDescriptors(DescriptorSet.Find(descriptors)), null, options);

    /// <summary>Packs crystals into the arrays of the ONNX contract, one column an input.</summary>
    /// <param name="catalog">The transforms of a context.</param>
    /// <param name="preparation">How crystals are prepared, for example the card's <see cref="ModelCard.Preparation"/>.</param>
    /// <param name="inputs">The inputs, for example the card's <see cref="ModelCard.Inputs"/>; null for all.</param>
    /// <param name="options">How rows are read; null for the defaults.</param>
    /// <returns>The estimator.</returns>
    /// <exception cref="ArgumentException">An option is out of range, or an input is unknown.</exception>
    public static EmbedCrystalsEstimator EmbedCrystals(
        this TransformsCatalog catalog, PreparationOptions preparation, IEnumerable<string>? inputs = null, CrystalEmbeddingOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        return new EmbedCrystalsEstimator(preparation, inputs, options);
    }
}
