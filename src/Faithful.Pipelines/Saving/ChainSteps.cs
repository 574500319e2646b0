using Microsoft.ML;
using Microsoft.ML.Data;

namespace Faithful.Pipelines;

/// <summary>The transformers of a chain with their scopes, which a chain does not tell but filters by.</summary>
internal static class ChainSteps
{
    private static readonly TransformerScope[] Flags = [TransformerScope.Training, TransformerScope.Testing, TransformerScope.Scoring];

    /// <summary>Takes a chain apart.</summary>
    /// <param name="transformer">A transformer.</param>
    /// <returns>Its steps; null for one that is no chain.</returns>
    public static IReadOnlyList<(ITransformer Transformer, TransformerScope Scope)>? Of(ITransformer transformer)
    {
        Type type = transformer.GetType();
        if (!type.IsGenericType || type.GetGenericTypeDefinition() != typeof(TransformerChain<>))
        {
            return null;
        }

        // The type of the last transformer is not known here, and chains of different ones have no common type with this method.
        var filter = (Func<TransformerScope, TransformerChain<ITransformer>>)Delegate.CreateDelegate(
            typeof(Func<TransformerScope, TransformerChain<ITransformer>>),
            transformer,
            type.GetMethod(nameof(TransformerChain<>.GetModelFor), [typeof(TransformerScope)])!);
        Queue<ITransformer>[] filtered = [.. Flags.Select(flag => new Queue<ITransformer>(filter(flag)))];
        return [.. ((IEnumerable<ITransformer>)transformer).Select(step => (step, ScopeOf(step, filtered)))];
    }

    private static TransformerScope ScopeOf(ITransformer step, Queue<ITransformer>[] filtered)
    {
        TransformerScope scope = TransformerScope.None;
        for (int flag = 0; flag < Flags.Length; flag++)
        {
            if (filtered[flag].TryPeek(out ITransformer? next) && ReferenceEquals(next, step))
            {
                filtered[flag].Dequeue();
                scope |= Flags[flag];
            }
        }

        return scope;
    }
}
