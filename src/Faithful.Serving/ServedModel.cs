using Faithful.Models;

namespace Faithful.Serving;

/// <summary>
/// One opened model. Several predictors may ask it: its own, and those of ensembles that it is a member of. Thread-safe. It lives as long as
/// one of the predictors.
/// </summary>
public sealed class ServedModel
{
    private readonly ModelSession _session;
    private readonly ServingOptions _options;
    private readonly PredictionBuilder _builder;
    private int _users;

    private ServedModel(string folder, ModelCard card, ModelSession session, ServingOptions options)
    {
        (Folder, Card, _session, _options) = (folder, card, session, options);
        _builder = new PredictionBuilder(card, options.AppliesCalibration ? card.Calibration : null);
    }

    /// <summary>Gets the model folder, as it was given.</summary>
    public string Folder { get; }

    /// <summary>Gets the card.</summary>
    public ModelCard Card { get; }

    /// <summary>Gets where the model computes: <c>cpu</c> or <c>cuda</c>.</summary>
    public string Device => _session.Device;

    /// <summary>Gets why the processor stands in for a CUDA device that was wanted or seen; null when nothing fell back.</summary>
    public string? DeviceNote => _session.DeviceNote;

    /// <summary>Opens a model folder and checks that its files agree.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="card">Its card.</param>
    /// <param name="options">Valid options.</param>
    /// <returns>The model.</returns>
    /// <exception cref="ModelFolderException">The files were altered.</exception>
    internal static ServedModel Open(string folder, ModelCard card, ServingOptions options)
    {
        ModelContract.CheckFallback(folder, card);
        return new ServedModel(folder, card, ModelSession.Open(folder, card, options), options);
    }

    /// <summary>Computes the raw outputs of one batch.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <returns>The outputs of the graph.</returns>
    internal ModelOutput Run(CrystalBatch batch, CancellationToken cancellation) => _session.Run(batch, cancellation);

    /// <summary>Predicts prepared crystals.</summary>
    /// <param name="inputs">The crystals, prepared as the card says.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <returns>One prediction a crystal, in the same order, with the calibration of the card.</returns>
    /// <exception cref="ModelFolderException">The graph of the model fails.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    /// <exception cref="ObjectDisposedException">All predictors that ask this model were disposed.</exception>
    public IReadOnlyList<Prediction> Predict(IReadOnlyList<PredictionInput> inputs, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        ObjectDisposedException.ThrowIf(Volatile.Read(ref _users) <= 0, this);
        cancellation.ThrowIfCancellationRequested();
        PreparedCrystal[] prepared = [.. inputs.Select(input => input.Crystal)];
        var predictions = new Prediction[inputs.Count];
        BatchPlan.ForEach(prepared, _options, Device, Compute, cancellation);
        for (int i = 0; i < inputs.Count; i++)
        {
            if (prepared[i].FallbackReason is string reason)
            {
                predictions[i] = _builder.Fallback(inputs[i], reason);
            }
        }

        return predictions;

        void Compute(IReadOnlyList<int> positions)
        {
            ModelOutput output = _session.Run(BatchPlan.Pack(prepared, positions), cancellation);
            for (int row = 0; row < positions.Count; row++)
            {
                predictions[positions[row]] = _builder.FromOutput(inputs[positions[row]], output, row);
            }
        }
    }

    /// <summary>Counts a predictor that asks this model.</summary>
    internal void AddUser() => Interlocked.Increment(ref _users);

    /// <summary>Takes a predictor off the count; the last one closes the session.</summary>
    internal void RemoveUser()
    {
        if (Interlocked.Decrement(ref _users) <= 0)
        {
            _session.Dispose();
        }
    }
}
