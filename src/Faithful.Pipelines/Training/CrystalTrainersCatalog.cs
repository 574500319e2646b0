using Faithful.Models;
using Microsoft.ML;

namespace Faithful.Pipelines;

/// <summary>Adds the trainers on crystals to ML.NET's catalogs.</summary>
public static class CrystalTrainersCatalog
{
    /// <summary>Trains gradient-boosted trees that tell classes apart.</summary>
    /// <param name="catalog">The trainers of a context.</param>
    /// <param name="trees">The options of the trees; null for the preset <c>best</c> of the task.</param>
    /// <param name="options">The columns and the task; null for the defaults.</param>
    /// <returns>The estimator.</returns>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public static CrystalTreesEstimator CrystalTrees(
        this MulticlassClassificationCatalog.MulticlassClassificationTrainers catalog, CrystalTreesOptions? trees = null, CrystalTrainingOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        return new CrystalTreesEstimator(TaskKind.Classification, trees, options);
    }

    /// <summary>Trains gradient-boosted trees that estimate a number.</summary>
    /// <param name="catalog">The trainers of a context.</param>
    /// <param name="trees">The options of the trees; null for the preset <c>best</c> of the task.</param>
    /// <param name="options">The columns and the task; null for the defaults.</param>
    /// <returns>The estimator.</returns>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public static CrystalTreesEstimator CrystalTrees(
        this RegressionCatalog.RegressionTrainers catalog, CrystalTreesOptions? trees = null, CrystalTrainingOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        return new CrystalTreesEstimator(TaskKind.Regression, trees, options);
    }

    /// <summary>Trains a network that tells classes apart.</summary>
    /// <param name="catalog">The trainers of a context.</param>
    /// <param name="network">Which network, and how it is trained; null for the CGNN of the preset <c>best</c>.</param>
    /// <param name="options">The columns and the task; null for the defaults.</param>
    /// <returns>The estimator.</returns>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public static CrystalNetworkEstimator CrystalNetwork(
        this MulticlassClassificationCatalog.MulticlassClassificationTrainers catalog, CrystalNetworkOptions? network = null, CrystalTrainingOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        return new CrystalNetworkEstimator(TaskKind.Classification, network, options);
    }

    /// <summary>Trains a network that estimates a number.</summary>
    /// <param name="catalog">The trainers of a context.</param>
    /// <param name="network">Which network, and how it is trained; null for the CGNN of the preset <c>best</c>.</param>
    /// <param name="options">The columns and the task; null for the defaults.</param>
    /// <returns>The estimator.</returns>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public static CrystalNetworkEstimator CrystalNetwork(
        this RegressionCatalog.RegressionTrainers catalog, CrystalNetworkOptions? network = null, CrystalTrainingOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        return new CrystalNetworkEstimator(TaskKind.Regression, network, options);
    }
}
