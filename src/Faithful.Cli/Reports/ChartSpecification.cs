using System.Text.Json.Nodes;

namespace Faithful.Cli.Reports;

/// <summary>Makes Vega-Lite specifications out of their text and their data.</summary>
internal static class ChartSpecification
{
    /// <summary>Makes a specification.</summary>
    /// <param name="text">The specification as JSON, without data.</param>
    /// <param name="values">The rows of the data.</param>
    /// <returns>The specification.</returns>
    public static JsonObject Create(string text, IEnumerable<JsonObject> values)
    {
        JsonObject specification = JsonNode.Parse(text)!.AsObject();
        specification["data"] = new JsonObject { ["values"] = new JsonArray([.. values]) };
        return specification;
    }

    /// <summary>Shortens a number that is drawn, so that the file stays small.</summary>
    /// <param name="value">A finite number.</param>
    /// <returns>The number with 5 significant digits.</returns>
    public static double Short(double value)
    {
        if (value == 0)
        {
            return 0;
        }

        int digits = 4 - (int)Math.Floor(Math.Log10(Math.Abs(value)));
        return digits is >= 0 and <= 15 ? Math.Round(value, digits) : value;
    }
}
