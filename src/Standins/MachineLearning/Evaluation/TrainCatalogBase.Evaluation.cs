using Microsoft.ML.Data;

namespace Microsoft.ML;

public abstract partial class TrainCatalogBase
{
    private protected IReadOnlyList<CrossValidationResult<TMetrics>> CrossValidateTrain<TMetrics>(
        IDataView data,
        IEstimator<ITransformer> estimator,
        int numberOfFolds,
        string samplingKeyColumnName,
        int? seed,
        Func<IDataView, TMetrics> evaluate)
        where TMetrics : class
    {
        Contracts.CheckValue(data, nameof(data));
        Contracts.CheckValue(estimator, nameof(estimator));
        Contracts.CheckParam(numberOfFolds > 1, "numFolds", $"Must be more than 1, not {numberOfFolds}.");
        var results = new CrossValidationResult<TMetrics>[numberOfFolds];
        var fold = 0;
        foreach (var (train, test) in RowFractions.Of(data, samplingKeyColumnName, seed, Environment).Folds(numberOfFolds))
        {
            var model = estimator.Fit(train);
            // Steps that only serve training are applied to the held-out rows too.
            var scores = model is TransformerChain<ITransformer> chain ? chain.Transform(test, TransformerScope.Everything) : model.Transform(test);
            results[fold] = new CrossValidationResult<TMetrics>(model, evaluate(scores), scores, fold);
            fold++;
        }

        return results;
    }

    /// <summary>A model that was fitted without one part of the data, and how it does on that part.</summary>
    public sealed class CrossValidationResult<T>
        where T : class
    {
        public readonly T Metrics;

        public readonly ITransformer Model;

        public readonly IDataView ScoredHoldOutSet;

        public readonly int Fold;

        internal CrossValidationResult(ITransformer model, T metrics, IDataView scores, int fold)
        {
            Model = model;
            Metrics = metrics;
            ScoredHoldOutSet = scores;
            Fold = fold;
        }
    }
}
