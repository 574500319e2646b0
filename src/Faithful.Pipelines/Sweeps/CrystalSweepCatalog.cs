using Microsoft.ML;
using Microsoft.ML.AutoML;

namespace Faithful.Pipelines;

/// <summary>Adds sweeps over the models of the project to AutoML.</summary>
public static class CrystalSweepCatalog
{
    /// <summary>Searches the best options of models for a task.</summary>
    /// <param name="catalog">AutoML.</param>
    /// <param name="data">The crystals, in two parts.</param>
    /// <param name="options">Which models, how long, and where the results are kept.</param>
    /// <param name="cancellation">Ends the sweep; what runs is left to be gone on with.</param>
    /// <returns>What was found.</returns>
    /// <exception cref="ArgumentException">An option is out of range or does not fit the task.</exception>
    /// <exception cref="Networks.Training.RunFolderException">
    /// The folder holds a sweep already, none to go on with, or another one; or no trial was complete in the end.
    /// </exception>
    /// <exception cref="OperationCanceledException">The sweep was ended before any trial was complete.</exception>
    public static CrystalSweepResult SweepCrystals(
        this AutoCatalog catalog, ISweepData data, CrystalSweepOptions options, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(options);
        CheckFolder(options);
        return new CrystalSweep(catalog, data, options).Run(cancellation);
    }

    /// <summary>Searches the best options of models for the labels of data.</summary>
    /// <param name="catalog">AutoML.</param>
    /// <param name="trainData">The data to learn from: a text column of structures, and labels (a key for a classification, Single for a regression).</param>
    /// <param name="options">Which models, how long, and where the results are kept.</param>
    /// <param name="columns">The columns and the task; null for the defaults.</param>
    /// <param name="validationData">The data that trials are compared on, with the same classes; null to take a share of the others.</param>
    /// <param name="cancellation">Ends the sweep; what runs is left to be gone on with.</param>
    /// <returns>What was found; the options of its model are those that the trainers of the same model take.</returns>
    /// <exception cref="ArgumentException">An option is out of range or does not fit the task, or a column is missing or of another type.</exception>
    /// <exception cref="Datasets.LabelException">There are too few labels, too few classes, or other classes in the second data.</exception>
    /// <exception cref="Networks.Training.RunFolderException">
    /// The folder holds a sweep already, none to go on with, or another one; or no trial was complete in the end.
    /// </exception>
    /// <exception cref="OperationCanceledException">The sweep was ended before any trial was complete.</exception>
    public static CrystalSweepResult SweepCrystals(
        this AutoCatalog catalog,
        IDataView trainData,
        CrystalSweepOptions options,
        CrystalTrainingOptions? columns = null,
        IDataView? validationData = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(trainData);
        CheckFolder(options);
        columns ??= new CrystalTrainingOptions();
        RowOptions.Check(columns.Validate(), nameof(columns));
        using var data = new ViewSweepData(trainData, validationData, columns, options);
        return SweepCrystals(catalog, data, options, cancellation);
    }

    /// <summary>Checks options and folder, before hours of work and not after.</summary>
    /// <param name="options">The options.</param>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    /// <exception cref="Networks.Training.RunFolderException">The folder holds a sweep already, or none to go on with.</exception>
    public static void CheckFolder(CrystalSweepOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        RowOptions.Check(options.Validate(), nameof(options));
        SweepFolder.Check(options.Folder, options.Resume);
    }
}
