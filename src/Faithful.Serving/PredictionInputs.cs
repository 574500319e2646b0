using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;
using Faithful.Crystals;
using Faithful.Models;

namespace Faithful.Serving;

/// <summary>
/// Crystals to predict, prepared once for each preparation that a model asks for: several models, or members of an ensemble, that want the
/// same one share it. A model that several predictors ask computes them once. Thread-safe.
/// </summary>
public sealed class PredictionInputs
{
    private readonly Func<PreparationOptions, PredictionInput[]> _prepare;
    private readonly ConcurrentDictionary<PreparationOptions, Lazy<PredictionInput[]>> _prepared = new();
    private readonly ConcurrentDictionary<ServedModel, Answers> _answers = new();

    /// <summary>Initialises inputs that are prepared elsewhere.</summary>
    /// <param name="count">The number of crystals.</param>
    /// <param name="prepare">Gives the crystals as a preparation has them, always in the same order.</param>
    public PredictionInputs(int count, Func<PreparationOptions, PredictionInput[]> prepare)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentNullException.ThrowIfNull(prepare);
        (Count, _prepare) = (count, prepare);
    }

    /// <summary>Initialises inputs from crystals; nothing is prepared yet.</summary>
    /// <param name="crystals">The crystals with the identifiers that their predictions carry.</param>
    /// <param name="cancellation">Stops the work.</param>
    public PredictionInputs(IReadOnlyList<(string Id, Crystal Crystal)> crystals, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(crystals);
        PreparationSource[] sources = [.. crystals.Select(crystal => new PreparationSource(crystal.Crystal))];
        (Count, _prepare) = (crystals.Count, preparation => Prepare(crystals, sources, preparation, cancellation));
    }

    /// <summary>Gets the number of crystals.</summary>
    public int Count { get; }

    /// <summary>Gets the crystals as a preparation has them.</summary>
    /// <param name="preparation">The preparation.</param>
    /// <returns>As many inputs as crystals, in their order.</returns>
    /// <exception cref="Faithful.Crystals.Symmetry.MissingNativeLibraryException">The preparation asks for symmetry and spglib is not installed.</exception>
    /// <exception cref="OperationCanceledException">The work was stopped.</exception>
    public IReadOnlyList<PredictionInput> Of(PreparationOptions preparation) =>
        _prepared.GetOrAdd(preparation, key => new Lazy<PredictionInput[]>(() => _prepare(key))).Value;

    /// <summary>Gets what a model predicts for the crystals; it computes them at the first call that is not cancelled.</summary>
    /// <param name="model">The model.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <returns>One prediction a crystal, in the same order.</returns>
    internal IReadOnlyList<Prediction> Predictions(ServedModel model, CancellationToken cancellation)
    {
        Answers answers = _answers.GetOrAdd(model, _ => new Answers());
        lock (answers)
        {
            return answers.Predictions ??= model.Predict(Of(model.Card.Preparation), cancellation);
        }
    }

    private static PredictionInput[] Prepare(
        IReadOnlyList<(string Id, Crystal Crystal)> crystals, PreparationSource[] sources, PreparationOptions preparation, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var inputs = new PredictionInput[crystals.Count];
        try
        {
            Parallel.For(0, inputs.Length, new ParallelOptions { CancellationToken = cancellation }, index =>
            {
                (string id, Crystal crystal) = crystals[index];
                inputs[index] = new PredictionInput(id, sources[index].Prepare(preparation), crystal.Species, crystal.VolumePerAtom);
            });
        }
        catch (AggregateException error)
        {
            // The first fault as it was thrown: that the work ran in parallel is no concern of the caller.
            ExceptionDispatchInfo.Throw(error.InnerExceptions[0]);
        }

        return inputs;
    }

    /// <summary>What one model predicts; null before it has.</summary>
    private sealed class Answers
    {
        public IReadOnlyList<Prediction>? Predictions { get; set; }
    }
}
