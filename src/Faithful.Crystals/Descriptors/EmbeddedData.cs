namespace Faithful.Crystals.Descriptors;

/// <summary>The files of Descriptors/Data, which are part of the assembly.</summary>
internal static class EmbeddedData
{
    /// <summary>Opens a file.</summary>
    /// <param name="name">For example <c>elements.csv</c>.</param>
    /// <returns>Its text.</returns>
    public static TextReader Open(string name)
    {
        var stream = typeof(EmbeddedData).Assembly.GetManifestResourceStream($"{typeof(EmbeddedData).Namespace}.Data.{name}");
        return new StreamReader(stream ?? throw new InvalidOperationException($"The assembly lacks the file {name}."));
    }
}
