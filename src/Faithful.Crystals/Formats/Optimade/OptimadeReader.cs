using System.Text.Json;
using Faithful.Crystals.Formats.Archives;

namespace Faithful.Crystals.Formats.Optimade;

/// <summary>
/// Reads structures of OPTIMADE (https://specification.optimade.org, version 1): a JSON response with one structure or a list of
/// them in <c>data</c>, or structures one a line.
/// </summary>
/// <remarks>
/// <list type="bullet">
/// <item>Read are <c>id</c> and of the attributes <c>lattice_vectors</c>, <c>cartesian_site_positions</c>, <c>species_at_sites</c>,
/// <c>species</c>, <c>dimension_types</c>, <c>nperiodic_dimensions</c> and <c>structure_features</c>. Resources of other types are
/// passed over.</item>
/// <item>A structure that is not periodic in three dimensions, whose positions are not all known, or which has implicit or attached
/// atoms is an error; one with mixed, partly occupied or vacant sites is an error whose
/// <see cref="CrystalFormatException.IsDisordered"/> is true.</item>
/// <item>Attributes of a database or of this program (<c>_prefix_name</c>) that are texts, numbers or truth values are labels of
/// this name, without the prefix where it is <c>_faithful_</c>.</item>
/// </list>
/// The text may be of any length: one structure of it is kept at a time.
/// </remarks>
public static class OptimadeReader
{
    /// <summary>Reads a file, gzipped or not (its content tells).</summary>
    /// <param name="path">The file.</param>
    /// <param name="options">How to read it; null for the defaults.</param>
    /// <returns>The crystals and the errors, in order; the file is opened when the first is asked for.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range.</exception>
    /// <exception cref="CrystalFormatException">The file is missing, unreadable or empty; thrown when the first is asked for.</exception>
    public static IEnumerable<CrystalReadResult> Read(string path, OptimadeReaderOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return Enumerate(() => SourceContent.OpenText(path).Stream, path, CrystalFormats.IdOf(Path.GetFileName(path)), options);
    }

    /// <summary>Reads a stream of UTF-8 text to its end, and then disposes of it.</summary>
    /// <param name="stream">The text.</param>
    /// <param name="source">The name of the text for error messages and the records' origins.</param>
    /// <param name="id">The id of a structure that has none: <c>id#1</c> for the first of the text, and so on.</param>
    /// <param name="options">How to read it; null for the defaults.</param>
    /// <returns>The crystals and the errors, in order, read as they are asked for.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range.</exception>
    public static IEnumerable<CrystalReadResult> Read(Stream stream, string source, string id, OptimadeReaderOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(stream);
        return Enumerate(() => stream, source, id, options);
    }

    /// <summary>Says whether a text begins like an OPTIMADE document and not like a materials JSONL.</summary>
    /// <param name="head">The beginning of the text.</param>
    /// <returns>Whether the first property that one of the two has is one of OPTIMADE.</returns>
    internal static bool IsLike(TextHead head)
    {
        if (!head.IsJson)
        {
            return false;
        }

        var json = new Utf8JsonReader(head.Bytes, isFinalBlock: false, default);
        try
        {
            json.Read();
            while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
            {
                if (OptimadeDocument.KindOf(ref json) != OptimadeProperty.Undecided || json.ValueTextEquals("meta"u8) || json.ValueTextEquals("links"u8))
                {
                    return true;
                }

                if (json.ValueTextEquals("cell"u8) || json.ValueTextEquals("lattice"u8) || json.ValueTextEquals("species"u8)
                    || json.ValueTextEquals("frac"u8) || json.ValueTextEquals("labels"u8) || !json.Read() || !json.TrySkip())
                {
                    return false;
                }
            }
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // Damaged: the reader of either format will say where.
        }

        return false;
    }

    private static IEnumerable<CrystalReadResult> Enumerate(Func<Stream> open, string source, string id, OptimadeReaderOptions? options)
    {
        options ??= new();
        options.Validate();
        return Structures();

        IEnumerable<CrystalReadResult> Structures()
        {
            using var stream = open();
            var document = new OptimadeDocument(stream, source, id, options);
            while (document.TryRead(out var result))
            {
                yield return result;
            }
        }
    }
}
