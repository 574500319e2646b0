using System.Reflection;

namespace Faithful.Cli.Reports;

/// <summary>What every report holds: its style, the script that draws, and the library, which set-up takes from npm where there is npm.</summary>
internal static class ReportFiles
{
    private static readonly Assembly Assembly = typeof(ReportFiles).Assembly;
    private static readonly string[] Library = ["vega.js", "vega-lite.js", "vega-embed.js"]; // each needs those before it

    /// <summary>Gets whether the library that draws charts is part of the program.</summary>
    public static bool HasCharts { get; } = Library.All(name => Assembly.GetManifestResourceInfo($"report/{name}") is not null);

    /// <summary>Gets the style.</summary>
    public static string Style => Read("report.css");

    /// <summary>Gets the scripts of a page with charts, in order.</summary>
    public static IEnumerable<string> Scripts => Library.Append("report.js").Select(Read);

    /// <summary>Gets the licences of all that is in the library.</summary>
    public static string Licences => Read("LICENSES.txt");

    private static string Read(string name)
    {
        using Stream stream = Assembly.GetManifestResourceStream($"report/{name}")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
