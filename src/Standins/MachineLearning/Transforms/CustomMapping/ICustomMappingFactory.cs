namespace Microsoft.ML.Transforms;

/// <summary>A factory of whatever types.</summary>
internal interface ICustomMappingFactory
{
    ITransformer CreateTransformer(string contractName);
}
