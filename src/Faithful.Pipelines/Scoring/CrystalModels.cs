using System.Collections.Immutable;
using Faithful.Crystals;
using Faithful.Crystals.Formats;
using Faithful.Models;
using Faithful.Serving;

namespace Faithful.Pipelines;

/// <summary>Opened models of one task that answer together. Everything but <see cref="Dispose"/> may be called from several threads at once.</summary>
internal sealed class CrystalModels : ICrystalMapping<CrystalScore>, IDisposable
{
    private static readonly CrystalScore Kept = new();

    private readonly ModelSet _models;
    private readonly ImmutableArray<CrystalPredictor> _predictors;
    private readonly StructureReading _reading;
    private volatile bool _isDisposed;

    /// <summary>Opens models.</summary>
    /// <param name="models">The models.</param>
    /// <param name="options">How to score.</param>
    /// <exception cref="ModelFolderException">A folder is not that of a model, or its files were altered.</exception>
    public CrystalModels(ModelSet models, CrystalScoringOptions options)
    {
        _models = models;
        Inputs = new CrystalInputColumns(options.StructureColumnName, options.IdColumnName);
        Columns = CrystalScoreColumns.Of(models.Task);
        ReadAhead = options.ReadAhead;
        _reading = new StructureReading(options.OnBadStructure);
        _predictors = [.. CrystalPredictor.OpenAll(models.Folders, options.Serving)];
    }

    /// <inheritdoc/>
    public CrystalInputColumns Inputs { get; }

    /// <inheritdoc/>
    public ImmutableArray<OutputColumn<CrystalScore>> Columns { get; }

    /// <inheritdoc/>
    public int ReadAhead { get; }

    /// <inheritdoc/>
    public bool DropsRows => _reading.DropsRows;

    /// <summary>Gets how many structures could not be read so far.</summary>
    public long BadStructures => _reading.Bad;

    /// <inheritdoc/>
    public IReadOnlyList<CrystalScore?> Map(IReadOnlyList<CrystalRow> rows, bool wantsResults)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, typeof(CrystalScoringTransformer));
        CrystalReadResult[] read = _reading.Read(rows);
        if (!wantsResults)
        {
            return [.. read.Select(result => result.IsSuccess || !DropsRows ? Kept : null)];
        }

        int[] good = [.. Enumerable.Range(0, read.Length).Where(index => read[index].IsSuccess)];
        CrystalScore[] scores = Score([.. good.Select(index => (rows[index].Id, read[index].Record!.Crystal))]);
        var results = new CrystalScore?[rows.Count];
        for (int index = 0, next = 0; index < results.Length; index++)
        {
            results[index] = read[index].Error is not CrystalFormatException error ? scores[next++]
                : DropsRows ? null
                : CrystalScore.Missing(_models.Task, error.Message);
        }

        return results;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _isDisposed = true;
        foreach (CrystalPredictor predictor in _predictors)
        {
            predictor.Dispose();
        }
    }

    private CrystalScore[] Score(IReadOnlyList<(string Id, Crystal Crystal)> crystals)
    {
        // Models of one task often want the same preparation, which costs more than a small network itself, and ensembles the same members.
        var inputs = new PredictionInputs(crystals);
        IReadOnlyList<Prediction>[] predictions = [.. _predictors.Select(predictor => predictor.Predict(inputs))];
        return
        [
            .. Enumerable.Range(0, crystals.Count).Select(index => CrystalScore.Of(
                _models.Task, _predictors.Length == 1 ? predictions[0][index] : _models.Mean!.Join([.. predictions.Select(ofModel => ofModel[index])]))),
        ];
    }
}
