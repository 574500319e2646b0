using System.Collections.Immutable;
using Faithful.Crystals;
using Faithful.Models;
using Faithful.Models.Ensembles;

namespace Faithful.Serving;

/// <summary>
/// Predicts properties of crystals with one exported model, or with several that answer as one. Everything but <see cref="Dispose"/>
/// may be called from several threads at once.
/// </summary>
public sealed class CrystalPredictor : IDisposable
{
    /// <summary>The number of crystals that <see cref="PredictStream"/> holds in memory at once.</summary>
    public const int StreamWindow = 256;

    private readonly ImmutableArray<ServedModel> _models;
    private readonly EnsembleAnswers? _ensemble;

    private CrystalPredictor(string folder, ImmutableArray<ServedModel> models, EnsembleCard? ensemble, bool appliesCalibration)
    {
        Folder = folder;
        _models = models;
        Ensemble = ensemble;
        Cards = [.. models.Select(model => model.Card)];
        _ensemble = ensemble is null ? null : new EnsembleAnswers(ensemble, Cards, appliesCalibration);
    }

    /// <summary>Gets the folder, as it was given.</summary>
    public string Folder { get; }

    /// <summary>Gets the ensemble; null for a single model.</summary>
    public EnsembleCard? Ensemble { get; }

    /// <summary>Gets the card of the model, or those of the members of an ensemble.</summary>
    public ImmutableArray<ModelCard> Cards { get; }

    /// <summary>Gets the card of a single model.</summary>
    /// <exception cref="InvalidOperationException">This is an ensemble, which has a card for each member.</exception>
    public ModelCard Card => Ensemble is null
        ? Cards[0]
        : throw new InvalidOperationException($"{Folder} is an ensemble: it has {nameof(Cards)}, one a member.");

    /// <summary>Gets the task, with the classes in the order of the probabilities.</summary>
    public ModelTask Task => Ensemble?.Task ?? Cards[0].Task;

    /// <summary>Gets the name of the model, <c>ensemble</c> for several.</summary>
    public string Model => Ensemble is null ? Cards[0].Model : EnsembleCard.ModelName;

    /// <summary>Gets where the models compute: <c>cpu</c> or <c>cuda</c>.</summary>
    public string Device => _models[0].Device;

    /// <summary>Gets why the processor stands in for a CUDA device that was wanted or seen; null when nothing fell back.</summary>
    public string? DeviceNote => _models.Select(model => model.DeviceNote).FirstOrDefault(note => note is not null);

    /// <summary>Opens the folder of a model or of an ensemble, and checks that its files agree.</summary>
    /// <param name="folder">A folder that holds <c>card.json</c> and <c>model.onnx</c>, or <c>ensemble.json</c>.</param>
    /// <param name="options">How to serve; null for the defaults.</param>
    /// <returns>The predictor; dispose it.</returns>
    /// <exception cref="ArgumentException">The options are not valid.</exception>
    /// <exception cref="ModelFolderException">The folder is not that of a model or of an ensemble, or files were altered.</exception>
    /// <exception cref="Faithful.Crystals.Symmetry.MissingNativeLibraryException">ONNX Runtime is not installed.</exception>
    public static CrystalPredictor Open(string folder, ServingOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        options ??= new ServingOptions();
        if (options.Validate() is [string fault, ..])
        {
            throw new ArgumentException(fault, nameof(options));
        }

        if (!EnsembleCard.IsIn(folder))
        {
            return new CrystalPredictor(folder, [ServedModel.Open(folder, ModelCard.Read(folder), options)], null, options.AppliesCalibration);
        }

        (EnsembleCard ensemble, IReadOnlyList<(string Folder, ModelCard Card)> members) = EnsembleFolder.Read(folder);
        List<ServedModel> models = [];
        try
        {
            foreach ((string memberFolder, ModelCard card) in members)
            {
                models.Add(ServedModel.Open(memberFolder, card, options));
            }

            return new CrystalPredictor(folder, [.. models], ensemble, options.AppliesCalibration);
        }
        catch
        {
            models.ForEach(model => model.Dispose());
            throw;
        }
    }

    /// <summary>Predicts crystals.</summary>
    /// <param name="crystals">The crystals with the identifiers that their predictions carry.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <returns>One prediction a crystal, in the same order.</returns>
    /// <exception cref="ModelFolderException">The graph of the model fails.</exception>
    /// <exception cref="Faithful.Crystals.Symmetry.MissingNativeLibraryException">The model uses symmetry and spglib is not installed.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public IReadOnlyList<Prediction> Predict(
        IReadOnlyList<(string Id, Crystal Crystal)> crystals, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(crystals);
        var predictions = new List<Prediction>(crystals.Count);
        for (int start = 0; start < crystals.Count; start += StreamWindow)
        {
            int count = Math.Min(StreamWindow, crystals.Count - start);
            predictions.AddRange(PredictWindow([.. Enumerable.Range(start, count).Select(index => crystals[index])], cancellation));
        }

        return predictions;
    }

    /// <summary>Predicts crystals as they come, with bounded memory.</summary>
    /// <param name="crystals">The crystals with the identifiers that their predictions carry.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <returns>One prediction a crystal, in the same order; computed while it is enumerated.</returns>
    /// <exception cref="ModelFolderException">The graph of the model fails.</exception>
    /// <exception cref="Faithful.Crystals.Symmetry.MissingNativeLibraryException">The model uses symmetry and spglib is not installed.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public IEnumerable<Prediction> PredictStream(
        IEnumerable<(string Id, Crystal Crystal)> crystals, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(crystals);
        return crystals.Chunk(StreamWindow).SelectMany(window => PredictWindow(window, cancellation));
    }

    /// <summary>Predicts crystals that other models may share the preparation of; all are in memory at once.</summary>
    /// <param name="inputs">The crystals.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <returns>One prediction a crystal, in the same order.</returns>
    /// <exception cref="ModelFolderException">The graph of a model fails.</exception>
    /// <exception cref="Faithful.Crystals.Symmetry.MissingNativeLibraryException">A model uses symmetry and spglib is not installed.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public IReadOnlyList<Prediction> Predict(PredictionInputs inputs, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        Prediction[][] answers = [.. _models.Select(model => model.Predict(inputs.Of(model.Card.Preparation), cancellation))];
        return _ensemble is null
            ? answers[0]
            : [.. Enumerable.Range(0, inputs.Count).Select(index => _ensemble.Join([.. answers.Select(ofModel => ofModel[index])]))];
    }

    /// <summary>Predicts crystals that were prepared before with a single model, as they come, with bounded memory.</summary>
    /// <param name="crystals">The prepared crystals.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <returns>One prediction a crystal, in the same order; computed while it is enumerated.</returns>
    /// <exception cref="InvalidOperationException">This is an ensemble, whose members may want other preparations.</exception>
    /// <exception cref="ModelFolderException">The graph of the model fails.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public IEnumerable<Prediction> PredictPrepared(IEnumerable<PredictionInput> crystals, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(crystals);
        ServedModel model = Single();
        return crystals.Chunk(StreamWindow).SelectMany(window => model.Predict(window, cancellation));
    }

    /// <summary>Computes the raw outputs of one batch with a single model, for comparisons with other runtimes.</summary>
    /// <param name="batch">The batch, prepared with the card's <see cref="ModelCard.Preparation"/>.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <returns>The outputs of the graph, without the calibration of the card.</returns>
    /// <exception cref="InvalidOperationException">This is an ensemble.</exception>
    /// <exception cref="ModelFolderException">The graph of the model fails.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public ModelOutput Run(CrystalBatch batch, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(batch);
        return Single().Run(batch, cancellation);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (ServedModel model in _models)
        {
            model.Dispose();
        }
    }

    private IReadOnlyList<Prediction> PredictWindow((string Id, Crystal Crystal)[] window, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        return Predict(new PredictionInputs(window, cancellation), cancellation);
    }

    private ServedModel Single() => Ensemble is null
        ? _models[0]
        : throw new InvalidOperationException($"{Folder} is an ensemble: crystals must be given as {nameof(PredictionInputs)}.");
}
