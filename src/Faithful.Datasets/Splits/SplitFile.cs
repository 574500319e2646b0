using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Faithful.Crystals.Formats;

namespace Faithful.Datasets;

/// <summary>
/// A split that is kept: which ids train, choose the epoch and are held back, and how that came about. Immutable; no id is in
/// two parts.
/// </summary>
/// <remarks>
/// The file is a JSON object with the lists <c>training</c>, <c>validation</c> and <c>test</c> of ids; a split made elsewhere
/// needs no more. The program also writes <c>kind</c>, <c>seed</c>, fractions, folds and the digest of the source.
/// </remarks>
public sealed class SplitFile
{
    private const int ShownIds = 3; // in a message

    private readonly Dictionary<string, int> partOfId = new(StringComparer.Ordinal);
    private readonly string name;

    internal SplitFile(string name, ImmutableArray<ImmutableArray<string>> parts, SplitOptions? options, string? source, string? sourceSha256)
    {
        this.name = name;
        (Training, Validation, Test) = (Sorted(parts[0]), Sorted(parts[1]), Sorted(parts[2]));
        Options = options;
        Source = source;
        SourceSha256 = sourceSha256;
        foreach (var (part, ids) in new[] { Training, Validation, Test }.Index())
        {
            foreach (var id in ids)
            {
                if (!partOfId.TryAdd(id, part))
                {
                    throw new SplitException(name, "each id once", $"\"{id}\" again");
                }
            }
        }
    }

    /// <summary>Gets the ids to train on, in ordinal order.</summary>
    public ImmutableArray<string> Training { get; }

    /// <summary>Gets the ids that choose the epoch, in ordinal order.</summary>
    public ImmutableArray<string> Validation { get; }

    /// <summary>Gets the ids held back for the final measurement, in ordinal order.</summary>
    public ImmutableArray<string> Test { get; }

    /// <summary>Gets how the split was made; null where the file does not say.</summary>
    public SplitOptions? Options { get; }

    /// <summary>Gets the name of the source without folders; null where the file does not say.</summary>
    public string? Source { get; }

    /// <summary>Gets the SHA-256 of the source (<see cref="ContentDigest"/>); null where the file does not say.</summary>
    public string? SourceSha256 { get; }

    /// <summary>
    /// Gets the SHA-256 of the parts: of the lines of id, tab and <c>training</c>, <c>validation</c> or <c>test</c> in ordinal
    /// order. Two splits with the same digest are the same split, however they were made.
    /// </summary>
    public string Digest
    {
        get
        {
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            foreach (var line in partOfId.Select(pair => $"{pair.Key}\t{SplitFileJson.PartNames[pair.Value]}\n").Order(StringComparer.Ordinal))
            {
                hash.AppendData(Encoding.UTF8.GetBytes(line));
            }

            return Convert.ToHexStringLower(hash.GetHashAndReset());
        }
    }

    /// <summary>Makes what is kept of a split.</summary>
    /// <param name="split">The split.</param>
    /// <param name="ids">The id of each row, no two equal.</param>
    /// <param name="options">How it was made.</param>
    /// <param name="source">The path of the source; its folders are not kept.</param>
    /// <param name="sourceSha256">The SHA-256 of the source.</param>
    /// <returns>The split by ids.</returns>
    /// <exception cref="SplitException">Two rows have the same id.</exception>
    public static SplitFile Create(DataSplit split, IReadOnlyList<string> ids, SplitOptions options, string source, string? sourceSha256)
    {
        ArgumentNullException.ThrowIfNull(split);
        ArgumentNullException.ThrowIfNull(ids);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentException.ThrowIfNullOrEmpty(source);
        ImmutableArray<string> Ids(ImmutableArray<int> rows) => [.. rows.Select(row => ids[row])];
        return new(
            source,
            [Ids(split.Training), Ids(split.Validation), Ids(split.Test)],
            options,
            Path.GetFileName(Path.TrimEndingDirectorySeparator(source)),
            sourceSha256);
    }

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The split by ids.</returns>
    /// <exception cref="SplitException">The file cannot be read, is no split, or has an id twice.</exception>
    public static SplitFile Read(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        try
        {
            return SplitFileJson.Read(File.ReadAllBytes(path), path);
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new SplitException(path, "an existing split file", "nothing of this name", error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new SplitException(path, "a readable split file", error.Message, error);
        }
    }

    /// <summary>Writes the file, which appears only when it is complete: the same split gives the same bytes.</summary>
    /// <param name="path">The file; an existing one is replaced.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void Write(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        AtomicOutput.Write(path, stream => SplitFileJson.Write(stream, this));
    }

    /// <summary>Deals rows out as the file says.</summary>
    /// <param name="ids">The id of each row.</param>
    /// <param name="others">Ids that the source has and that are no rows, such as crystals without a label for the task.</param>
    /// <returns>The split of the rows.</returns>
    /// <exception cref="SplitException">The file does not name a row, or it names an id that is neither a row nor one of the others.</exception>
    public DataSplit Apply(IReadOnlyList<string> ids, IEnumerable<string>? others = null)
    {
        ArgumentNullException.ThrowIfNull(ids);
        List<int>[] parts = [[], [], []];
        List<string> missing = [];
        var known = new HashSet<string>(others ?? [], StringComparer.Ordinal);
        for (var row = 0; row < ids.Count; row++)
        {
            known.Add(ids[row]);
            if (partOfId.TryGetValue(ids[row], out var part))
            {
                parts[part].Add(row);
            }
            else
            {
                missing.Add(ids[row]);
            }
        }

        if (missing.Count > 0)
        {
            throw new SplitException(name, "a part for every crystal of the data", $"none for {Some(missing)}");
        }

        List<string> unknown = [.. partOfId.Keys.Where(id => !known.Contains(id)).Order(StringComparer.Ordinal)];
        return unknown.Count > 0
            ? throw new SplitException(name, "ids of crystals of the data", $"{Some(unknown)}, which the data does not have")
            : DataSplit.Of(parts[0], parts[1], parts[2]);
    }

    private static string Some(List<string> ids) => ids.Count > ShownIds
        ? $"{string.Join(", ", ids.Take(ShownIds))} and {ids.Count - ShownIds} more"
        : string.Join(", ", ids);

    private static ImmutableArray<string> Sorted(ImmutableArray<string> ids) => ids.Sort(StringComparer.Ordinal);
}
