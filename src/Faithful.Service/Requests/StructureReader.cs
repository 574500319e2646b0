using Faithful.Crystals;
using Faithful.Crystals.Formats;
using Faithful.Crystals.Formats.Cif;
using Faithful.Crystals.Formats.Poscar;
using Faithful.Service.Responses;

namespace Faithful.Service.Requests;

/// <summary>Reads the crystals of a text. What would cost more than a request may is refused here: packed files, large cells, heaps of atoms.</summary>
internal sealed class StructureReader
{
    /// <summary>
    /// Atoms closer than two thirds of the shortest bond there is (H–H, 0.74 Å) are no crystal, and the neighbours of such heaps would
    /// fill the memory; Å.
    /// </summary>
    private const double MinimumDistance = 0.5;

    private readonly ServiceOptions _limits;
    private readonly CrystalSourceOptions _options;

    /// <summary>Initialises the reader.</summary>
    /// <param name="limits">The most crystals of a request and the most atoms of each.</param>
    public StructureReader(ServiceOptions limits)
    {
        _limits = limits;
        _options = new CrystalSourceOptions
        {
            Cif = new() { MaximumAtoms = limits.MaxAtoms },
            ExtendedXyz = new() { MaximumAtoms = limits.MaxAtoms },
            Optimade = new() { MaximumAtoms = limits.MaxAtoms },
            MaterialsJson = new() { Threads = 1 }, // requests are read side by side
        };
    }

    /// <summary>Reads the crystals of all texts.</summary>
    /// <param name="texts">The texts.</param>
    /// <returns>A crystal or what is wrong for each, in order; a text may hold several crystals.</returns>
    /// <exception cref="ProblemException">There are too many, or none.</exception>
    public List<(string Id, CrystalRecord? Record, ProblemException? Problem)> Read(IReadOnlyList<StructureText> texts)
    {
        List<(string Id, CrystalRecord? Record, ProblemException? Problem)> structures = [];
        foreach (StructureText text in texts)
        {
            foreach (CrystalReadResult result in Read(text))
            {
                if (structures.Count == _limits.MaxStructures)
                {
                    throw new ProblemException(ServiceProblem.TooLarge, $"expected at most {_limits.MaxStructures} structures, found more");
                }

                structures.Add(result.Record is CrystalRecord record
                    ? Fault(record) is ProblemException problem ? (record.Id, null, problem) : (record.Id, record, null)
                    : (text.Id, null, ProblemException.Of(result.Error!)));
            }
        }

        return structures.Count > 0 ? structures : throw ProblemException.Malformed("request", "at least one structure", "none");
    }

    private IEnumerable<CrystalReadResult> Read(StructureText text)
    {
        if (Foreign(text.Utf8.Span) is string found)
        {
            return [CrystalReadResult.Failure(new(text.Id, 0, "the text of a structure", found))];
        }

        if (text.Format == StructureFormat.Json && !text.Utf8.Span.TrimStart(" \t\r\n\uFEFF"u8).StartsWith("{"u8))
        {
            return [CrystalReadResult.Failure(new(text.Id, 0, "a structure in JSON, which begins with {", "another text"))];
        }

        var stream = new MemoryStream(text.Utf8.ToArray(), writable: false);
        return text.Format switch
        {
            StructureFormat.Poscar => PoscarReader.Read(stream, text.Id, text.Id, _options.Poscar),
            StructureFormat.Cif => CifReader.Read(stream, text.Id, text.Id, _options.Cif),
            _ => CrystalSource.Read(stream, text.Id, text.Id, _options),
        };
    }

    private ProblemException? Fault(CrystalRecord record)
    {
        Crystal crystal = record.Crystal;
        if (crystal.Count > _limits.MaxAtoms)
        {
            return Refused(record, $"at most {_limits.MaxAtoms} atoms in the cell", $"{crystal.Count}");
        }

        return crystal.FindCloseAtoms(MinimumDistance) is var (first, second, distance)
            ? Refused(
                record,
                FormattableString.Invariant($"atoms at least {MinimumDistance} Å apart"),
                FormattableString.Invariant($"{distance:0.000} Å between atoms {first + 1} and {second + 1}"))
            : null;
    }

    private static ProblemException Refused(CrystalRecord record, string expected, string found) =>
        ProblemException.Of(new CrystalFormatException(record.Id, 0, expected, found));

    /// <summary>A small packed file may hold any amount of text, so that none is unpacked here.</summary>
    private static string? Foreign(ReadOnlySpan<byte> text) => text switch
    {
        [] => "an empty one",
        [0x1f, 0x8b, ..] => "a gzip file: unpack it first",
        [(byte)'P', (byte)'K', 3 or 5, 4 or 6, ..] => "a zip archive: unpack it first",
        _ when text.Length > 262 && text[257..262].SequenceEqual("ustar"u8) => "a tar archive: unpack it first",
        _ => null,
    };
}
