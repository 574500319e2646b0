namespace Microsoft.ML.Data;

/// <summary>A catalog of extension methods, which ask it for the context.</summary>
internal interface IInternalCatalog
{
    LocalEnvironment Environment { get; }
}
