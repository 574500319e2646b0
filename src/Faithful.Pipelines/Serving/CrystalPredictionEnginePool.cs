using System.Collections.Concurrent;
using Microsoft.ML;

namespace Faithful.Pipelines;

/// <summary>
/// Predicts single crystals for many threads at once, as services do: ML.NET's own prediction engine is for one thread at a time, so
/// this keeps some of them. Register it as a singleton.
/// </summary>
public sealed class CrystalPredictionEnginePool : IDisposable
{
    private readonly MLContext _context;
    private readonly ITransformer _transformer;
    private readonly bool _ownsTransformer;
    private readonly ConcurrentBag<PredictionEngine<CrystalInput, CrystalPrediction>> _engines = [];
    private volatile bool _isDisposed;

    /// <summary>Makes a pool.</summary>
    /// <param name="context">The context.</param>
    /// <param name="transformer">A transformer that makes the columns of <see cref="CrystalPrediction"/> of those of <see cref="CrystalInput"/>.</param>
    /// <param name="ownsTransformer">Whether disposing of the pool disposes of the transformer.</param>
    /// <exception cref="ArgumentException">The transformer does not map single rows, or needs other columns.</exception>
    public CrystalPredictionEnginePool(MLContext context, ITransformer transformer, bool ownsTransformer = false)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(transformer);
        _context = context;
        _transformer = transformer;
        _ownsTransformer = ownsTransformer;
        _engines.Add(Create()); // a transformer that does not fit is found here and not in the first request
    }

    /// <summary>Loads a pipeline that <see cref="CrystalSavingCatalog.SaveCrystals"/> saved.</summary>
    /// <param name="context">The context.</param>
    /// <param name="path">The file.</param>
    /// <returns>The pool, which owns the transformer; dispose it.</returns>
    /// <exception cref="IOException">The file does not exist or cannot be read.</exception>
    /// <exception cref="Faithful.Models.ModelFolderException">The file is no such pipeline, was made by a newer version, or is damaged.</exception>
    /// <exception cref="ArgumentException">The pipeline does not map single rows, or needs other columns.</exception>
    public static CrystalPredictionEnginePool Load(MLContext context, string path)
    {
        ArgumentNullException.ThrowIfNull(context);
        ITransformer transformer = context.Model.LoadCrystals(path, out _);
        try
        {
            return new CrystalPredictionEnginePool(context, transformer, ownsTransformer: true);
        }
        catch
        {
            (transformer as IDisposable)?.Dispose();
            throw;
        }
    }

    /// <summary>Predicts one crystal. Any number of threads may do so at once.</summary>
    /// <param name="crystal">The crystal.</param>
    /// <returns>The prediction.</returns>
    /// <exception cref="ObjectDisposedException">The pool was disposed of.</exception>
    /// <exception cref="Faithful.Crystals.Formats.CrystalFormatException">The structure cannot be read, and the transformer's options ask for an error.</exception>
    public CrystalPrediction Predict(CrystalInput crystal)
    {
        ArgumentNullException.ThrowIfNull(crystal);
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        if (!_engines.TryTake(out PredictionEngine<CrystalInput, CrystalPrediction>? engine))
        {
            engine = Create();
        }

        try
        {
            return engine.Predict(crystal);
        }
        finally
        {
            // As many stay as were ever busy at once.
            _engines.Add(engine);
            if (_isDisposed)
            {
                DisposeEngines();
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _isDisposed = true;
        DisposeEngines();
        if (_ownsTransformer)
        {
            (_transformer as IDisposable)?.Dispose();
        }
    }

    private PredictionEngine<CrystalInput, CrystalPrediction> Create() =>
        _context.Model.CreatePredictionEngine<CrystalInput, CrystalPrediction>(_transformer, new PredictionEngineOptions { OwnsTransformer = false });

    private void DisposeEngines()
    {
        while (_engines.TryTake(out PredictionEngine<CrystalInput, CrystalPrediction>? engine))
        {
            engine.Dispose();
        }
    }
}
