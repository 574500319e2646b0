namespace Microsoft.ML.Data;

internal static class InternalCatalogExtensions
{
    public static LocalEnvironment GetEnvironment(this IInternalCatalog catalog)
    {
        Contracts.CheckValue(catalog, nameof(catalog));
        return catalog.Environment;
    }
}
