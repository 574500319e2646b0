using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>Estimators one after another: each is fitted on what those before it make of the data.</summary>
public sealed class EstimatorChain<TLastTransformer> : IEstimator<TransformerChain<TLastTransformer>>
    where TLastTransformer : class, ITransformer
{
    public readonly IEstimator<TLastTransformer> LastEstimator;

    private readonly EstimatorStep[] steps;

    public EstimatorChain()
        : this([])
    {
    }

    internal EstimatorChain(EstimatorStep[] steps)
    {
        this.steps = steps;
        LastEstimator = steps.Length == 0 ? null : steps[^1].Estimator as IEstimator<TLastTransformer>;
    }

    public TransformerChain<TLastTransformer> Fit(IDataView input)
    {
        Contracts.CheckValue(input, nameof(input));
        GetOutputSchema(SchemaShape.Create(input.Schema)); // a step that does not fit is found before any training
        var transformers = new ITransformer[steps.Length];
        var data = input;
        for (var i = 0; i < steps.Length; i++)
        {
            transformers[i] = steps[i].Estimator.Fit(data);
            data = transformers[i].Transform(data);
            if (steps[i].IsCachedAfter && i < steps.Length - 1)
            {
                data = new CachedDataView(data, []);
            }
        }

        return new TransformerChain<TLastTransformer>(transformers, steps.Select(step => step.Scope));
    }

    public SchemaShape GetOutputSchema(SchemaShape inputSchema) =>
        steps.Aggregate(inputSchema, (shape, step) => step.Estimator.GetOutputSchema(shape));

    public EstimatorChain<TNewTrans> Append<TNewTrans>(IEstimator<TNewTrans> estimator, TransformerScope scope = TransformerScope.Everything)
        where TNewTrans : class, ITransformer
    {
        Contracts.CheckValue(estimator, nameof(estimator));
        return new EstimatorChain<TNewTrans>([.. steps, new EstimatorStep(estimator, scope)]);
    }

    /// <summary>While the chain is fitted, the steps after this one read the data from memory.</summary>
    public EstimatorChain<TLastTransformer> AppendCacheCheckpoint(IHostEnvironment env)
    {
        Contracts.CheckValue(env, nameof(env));
        Contracts.Check(steps.Length > 0, "A checkpoint stands behind an estimator, but the chain has none.");
        return new EstimatorChain<TLastTransformer>([.. steps[..^1], steps[^1] with { IsCachedAfter = true }]);
    }
}
