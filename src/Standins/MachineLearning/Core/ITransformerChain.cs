namespace Microsoft.ML.Data;

/// <summary>The steps of a chain, whatever its last type.</summary>
internal interface ITransformerChain
{
    IReadOnlyList<ITransformer> Transformers { get; }

    IReadOnlyList<TransformerScope> Scopes { get; }
}
