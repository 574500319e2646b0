using System.Text.Json;
using Faithful.Models.Relations;

namespace Faithful.Cli.Correlations;

/// <summary>Relations of labels as JSON.</summary>
internal static class CorrelationJson
{
    /// <summary>Writes relations.</summary>
    /// <param name="json">The document.</param>
    /// <param name="crystals">The number of crystals that were read.</param>
    /// <param name="relations">The relations.</param>
    public static void Write(Utf8JsonWriter json, int crystals, IReadOnlyList<ColumnRelation> relations)
    {
        json.WriteStartObject();
        json.WriteNumber("crystals", crystals);
        json.WriteStartArray("relations");
        foreach (ColumnRelation relation in relations)
        {
            json.WriteStartObject();
            json.WriteString("first", relation.First.Name);
            json.WriteString("second", relation.Second.Name);
            json.WriteNumber("n", relation.Crystals);
            Number(json, "mutual_information", relation.MutualInformation);
            if (relation.Table is ContingencyTable table)
            {
                Write(json, relation, table);
            }
            else if (relation.Values is GroupedValues values)
            {
                Write(json, relation, values);
            }
            else
            {
                Number(json, "pearson", relation.Numbers!.Pearson);
                Number(json, "spearman", relation.Numbers.Spearman);
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, ColumnRelation relation, ContingencyTable table)
    {
        Number(json, "cramers_v", table.CramersV);
        Number(json, "chi_squared", table.ChiSquared);
        json.WriteNumber("degrees_of_freedom", table.DegreesOfFreedom);
        json.WriteNumber("p", table.PValue);
        json.WriteStartObject("counts");
        for (int row = 0; row < table.Rows; row++)
        {
            json.WriteStartObject(relation.First.Classes[row]);
            for (int column = 0; column < table.Columns; column++)
            {
                json.WriteNumber(relation.Second.Classes[column], table[row, column]);
            }

            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, ColumnRelation relation, GroupedValues values)
    {
        Number(json, "eta_squared", values.CorrelationRatioSquared);
        json.WriteNumber("p", values.PValue);
        json.WriteStartObject("means");
        foreach ((int index, (int count, double mean, double low, double high)) in values.Classes.Index().Where(pair => pair.Item.Count > 0))
        {
            json.WriteStartObject(relation.First.Classes[index]);
            json.WriteNumber("n", count);
            Number(json, "mean", mean);
            json.WriteStartArray("interval");
            json.WriteNumberValue(Math.Round(low, 6));
            json.WriteNumberValue(Math.Round(high, 6));
            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private static void Number(Utf8JsonWriter json, string name, double value)
    {
        if (double.IsFinite(value))
        {
            json.WriteNumber(name, Math.Round(value, 6));
        }
        else
        {
            json.WriteNull(name);
        }
    }
}
