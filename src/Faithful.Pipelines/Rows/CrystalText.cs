using System.Text;
using Faithful.Crystals;
using Faithful.Crystals.Formats;
using Faithful.Crystals.Formats.MaterialsJson;

namespace Faithful.Pipelines;

/// <summary>
/// Reads the text of one crystal: a line of materials JSON, or any other text that <see cref="CrystalSource"/> reads, POSCAR and
/// CIF first of all. In a text of a single line that is no JSON, <c>\n</c> stands for a line break, because tables of separated
/// values can often not hold one.
/// </summary>
internal static class CrystalText
{
    private static readonly CrystalSourceOptions Options = new()
    {
        MaterialsJson = new MaterialsJsonReaderOptions { Threads = 1 }, // rows are read in parallel, not the lines within
    };

    /// <summary>Reads a crystal.</summary>
    /// <param name="structure">The text.</param>
    /// <param name="id">The identifier, for errors.</param>
    /// <returns>The crystal.</returns>
    /// <exception cref="CrystalFormatException">The text does not hold exactly one crystal.</exception>
    public static Crystal Parse(string structure, string id) => Read(structure, id).GetRecordOrThrow().Crystal;

    /// <summary>Reads a crystal without an exception when the text holds none.</summary>
    /// <param name="structure">The text.</param>
    /// <param name="id">The identifier, for errors.</param>
    /// <returns>The crystal, or what was expected and found.</returns>
    public static CrystalReadResult Read(string structure, string id)
    {
        ReadOnlySpan<char> text = structure.AsSpan().Trim();
        if (text.IsEmpty)
        {
            return CrystalReadResult.Failure(new CrystalFormatException(
                id, 0, "a crystal: a line of materials JSON, a POSCAR or a CIF", "an empty text"));
        }

        bool isOneLine = !text.ContainsAny('\n', '\r');
        if (isOneLine && text[0] == '{')
        {
            return MaterialsJsonReader.ReadLine(structure, id);
        }

        string lines = isOneLine ? structure.Replace("\\n", "\n", StringComparison.Ordinal) : structure;
        using IEnumerator<CrystalReadResult> results =
            CrystalSource.Read(new MemoryStream(Encoding.UTF8.GetBytes(lines)), id, id, Options).GetEnumerator();
        if (!results.MoveNext())
        {
            return CrystalReadResult.Failure(new CrystalFormatException(id, 0, "a crystal", "none"));
        }

        CrystalReadResult result = results.Current;
        return result.IsSuccess && results.MoveNext()
            ? CrystalReadResult.Failure(new CrystalFormatException(id, 0, "the text of one crystal", "that of several"))
            : result;
    }
}
