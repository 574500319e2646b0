using System.Runtime.ExceptionServices;
using Faithful.Crystals;
using Faithful.Models;

namespace Faithful.Serving;

/// <summary>
/// Predicts properties of crystals with one exported model. Everything but <see cref="Dispose"/> may be called from several
/// threads at once.
/// </summary>
public sealed class CrystalPredictor : IDisposable
{
    /// <summary>The number of crystals that <see cref="PredictStream"/> holds in memory at once.</summary>
    public const int StreamWindow = 256;

    private readonly ModelSession _session;
    private readonly ServingOptions _options;
    private readonly PredictionBuilder _builder;

    private CrystalPredictor(string folder, ModelCard card, ModelSession session, ServingOptions options)
    {
        Folder = folder;
        Card = card;
        _session = session;
        _options = options;
        _builder = new PredictionBuilder(card);
    }

    /// <summary>Gets the model folder, as it was given.</summary>
    public string Folder { get; }

    /// <summary>Gets the card of the model.</summary>
    public ModelCard Card { get; }

    /// <summary>Gets where the model computes: <c>cpu</c> or <c>cuda</c>.</summary>
    public string Device => _session.Device;

    /// <summary>Gets why the processor stands in for a CUDA device that was wanted or seen; null when nothing fell back.</summary>
    public string? DeviceNote => _session.DeviceNote;

    /// <summary>Opens a model folder and checks that its files agree.</summary>
    /// <param name="folder">A folder that holds <c>card.json</c> and <c>model.onnx</c>.</param>
    /// <param name="options">How to serve; null for the defaults.</param>
    /// <returns>The predictor; dispose it.</returns>
    /// <exception cref="ArgumentException">The options are not valid.</exception>
    /// <exception cref="ModelFolderException">The folder is not that of a model, or its files were altered.</exception>
    /// <exception cref="Faithful.Crystals.Symmetry.MissingNativeLibraryException">ONNX Runtime is not installed.</exception>
    public static CrystalPredictor Open(string folder, ServingOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        options ??= new ServingOptions();
        if (options.Validate() is [string fault, ..])
        {
            throw new ArgumentException(fault, nameof(options));
        }

        ModelCard card = ModelCard.Read(folder);
        ModelContract.CheckFallback(folder, card);
        return new CrystalPredictor(folder, card, ModelSession.Open(folder, card, options), options);
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

    /// <summary>Predicts crystals that were prepared before, as they come, with bounded memory.</summary>
    /// <param name="crystals">The prepared crystals.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <returns>One prediction a crystal, in the same order; computed while it is enumerated.</returns>
    /// <exception cref="ModelFolderException">The graph of the model fails.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public IEnumerable<Prediction> PredictPrepared(IEnumerable<PredictionInput> crystals, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(crystals);
        return crystals.Chunk(StreamWindow).SelectMany(window => PredictWindow(window, cancellation));
    }

    /// <summary>Computes the raw outputs of one batch, for comparisons with other runtimes.</summary>
    /// <param name="batch">The batch, prepared with the card's <see cref="ModelCard.Preparation"/>.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <returns>The outputs of the graph.</returns>
    /// <exception cref="ModelFolderException">The graph of the model fails.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public ModelOutput Run(CrystalBatch batch, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(batch);
        return _session.Run(batch, cancellation);
    }

    /// <inheritdoc/>
    public void Dispose() => _session.Dispose();

    private Prediction[] PredictWindow((string Id, Crystal Crystal)[] crystals, CancellationToken cancellation)
    {
        PreparedCrystal[] prepared = Prepare(crystals, cancellation);
        return PredictWindow(
            [.. crystals.Zip(prepared, (given, crystal) => new PredictionInput(given.Id, crystal, given.Crystal.Species, given.Crystal.VolumePerAtom))],
            cancellation);
    }

    private Prediction[] PredictWindow(PredictionInput[] inputs, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        PreparedCrystal[] prepared = [.. inputs.Select(input => input.Crystal)];
        var predictions = new Prediction[inputs.Length];
        foreach (IReadOnlyList<int> positions in BatchPlan.Cut(prepared, _options))
        {
            ModelOutput output = _session.Run(CrystalBatch.Pack([.. positions.Select(position => prepared[position])]), cancellation);
            for (int row = 0; row < positions.Count; row++)
            {
                predictions[positions[row]] = _builder.FromOutput(inputs[positions[row]], output, row);
            }
        }

        for (int i = 0; i < inputs.Length; i++)
        {
            if (prepared[i].FallbackReason is string reason)
            {
                predictions[i] = _builder.Fallback(inputs[i], reason);
            }
        }

        return predictions;
    }

    private PreparedCrystal[] Prepare((string Id, Crystal Crystal)[] crystals, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var prepared = new PreparedCrystal[crystals.Length];
        try
        {
            Parallel.For(
                0,
                crystals.Length,
                new ParallelOptions { CancellationToken = cancellation },
                index => prepared[index] = CrystalPreparation.Prepare(crystals[index].Crystal, Card.Preparation));
        }
        catch (AggregateException error)
        {
            // The first fault as it was thrown: that the work ran in parallel is no concern of the caller.
            ExceptionDispatchInfo.Throw(error.InnerExceptions[0]);
        }

        return prepared;
    }
}
