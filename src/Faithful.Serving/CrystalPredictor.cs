using System.Collections.Immutable;
using Faithful.Crystals;
using Faithful.Models;
using Faithful.Models.Ensembles;

namespace Faithful.Serving;

/// <summary>
/// Predicts properties of crystals with one exported model, or with several that answer as one. Everything but <see cref="Dispose"/>
/// may be called from several threads at once. Predictors that were opened together share the models that more than one of them asks.
/// </summary>
public sealed class CrystalPredictor : IDisposable
{
    /// <summary>The number of crystals that <see cref="PredictStream"/> holds in memory at once.</summary>
    public const int StreamWindow = 256;

    private readonly EnsembleAnswers? _ensemble;
    private int _isDisposed;

    /// <summary>Initialises a predictor, which from now on is one of the users of its models.</summary>
    /// <param name="folder">The folder, as it was given.</param>
    /// <param name="models">The model, or the members of the ensemble in their order.</param>
    /// <param name="ensemble">The ensemble; null for a single model.</param>
    /// <param name="appliesCalibration">Whether calibrations that the ensemble holds are applied.</param>
    internal CrystalPredictor(string folder, ImmutableArray<ServedModel> models, EnsembleCard? ensemble, bool appliesCalibration)
    {
        Folder = folder;
        Models = models;
        Ensemble = ensemble;
        Cards = [.. models.Select(model => model.Card)];
        _ensemble = ensemble is null ? null : new EnsembleAnswers(ensemble, Cards, appliesCalibration);
        foreach (ServedModel model in models)
        {
            model.AddUser();
        }
    }

    /// <summary>Gets the folder, as it was given.</summary>
    public string Folder { get; }

    /// <summary>Gets the ensemble; null for a single model.</summary>
    public EnsembleCard? Ensemble { get; }

    /// <summary>Gets the model, or the members of an ensemble in their order. Disposing of the predictor may close them.</summary>
    public ImmutableArray<ServedModel> Models { get; }

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
    public string Device => Models[0].Device;

    /// <summary>Gets why the processor stands in for a CUDA device that was wanted or seen; null when nothing fell back.</summary>
    public string? DeviceNote => Models.Select(model => model.DeviceNote).FirstOrDefault(note => note is not null);

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
        return OpenAll([folder], options)[0];
    }

    /// <summary>
    /// Opens folders of models and ensembles together. A model that occurs more than once, by itself or as a member, is opened once, and computes
    /// crystals once for all predictors that get the same <see cref="PredictionInputs"/>.
    /// </summary>
    /// <param name="folders">The folders.</param>
    /// <param name="options">How to serve; null for the defaults.</param>
    /// <param name="refuse">Takes what is wrong with a folder that cannot be opened, which then has no predictor; null to throw it.</param>
    /// <returns>The predictors in the order of the folders; dispose each. What they share is closed with the last that uses it.</returns>
    /// <exception cref="ArgumentException">The options are not valid.</exception>
    /// <exception cref="ModelFolderException">A folder is not that of a model or of an ensemble, or files were altered.</exception>
    /// <exception cref="Faithful.Crystals.Symmetry.MissingNativeLibraryException">ONNX Runtime is not installed.</exception>
    public static IReadOnlyList<CrystalPredictor> OpenAll(
        IEnumerable<string> folders, ServingOptions? options = null, Action<ModelFolderException>? refuse = null)
    {
        ArgumentNullException.ThrowIfNull(folders);
        options ??= new ServingOptions();
        return options.Validate() is [string fault, ..]
            ? throw new ArgumentException(fault, nameof(options))
            : new PredictorOpening(options).Open([.. folders], refuse);
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
        ObjectDisposedException.ThrowIf(_isDisposed != 0, this);
        IReadOnlyList<Prediction>[] answers = [.. Models.Select(model => inputs.Predictions(model, cancellation))];
        return _ensemble is null
            ? answers[0]
            : [.. Enumerable.Range(0, inputs.Count).Select(index => _ensemble.Join([.. answers.Select(ofModel => ofModel[index])]))];
    }

    /// <summary>Makes the prediction of this predictor of those of its models, for callers that ask the models themselves.</summary>
    /// <param name="predictions">The prediction of each of <see cref="Models"/> for one crystal.</param>
    /// <returns>That of the single model, or the joined one.</returns>
    /// <exception cref="ArgumentException">There are more or fewer predictions than models.</exception>
    public Prediction Join(IReadOnlyList<Prediction> predictions)
    {
        ArgumentNullException.ThrowIfNull(predictions);
        return predictions.Count != Models.Length
            ? throw new ArgumentException($"Expected a prediction for each of {Models.Length} models, found {predictions.Count}.", nameof(predictions))
            : _ensemble is null ? predictions[0] : _ensemble.Join(predictions);
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
        if (Interlocked.Exchange(ref _isDisposed, 1) == 0)
        {
            foreach (ServedModel model in Models)
            {
                model.RemoveUser();
            }
        }
    }

    private IReadOnlyList<Prediction> PredictWindow((string Id, Crystal Crystal)[] window, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        return Predict(new PredictionInputs(window, cancellation), cancellation);
    }

    private ServedModel Single()
    {
        ObjectDisposedException.ThrowIf(_isDisposed != 0, this);
        return Ensemble is null
            ? Models[0]
            : throw new InvalidOperationException($"{Folder} is an ensemble: crystals must be given as {nameof(PredictionInputs)}.");
    }
}
