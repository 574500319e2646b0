namespace Microsoft.ML.Runtime;

/// <summary>What components share: the context itself.</summary>
public interface IHostEnvironment
{
    ComponentCatalog ComponentCatalog { get; }
}
