using Faithful.Crystals.Formats.Archives;

namespace Faithful.Crystals.Formats;

/// <summary>A file that lies with crystals and is none itself, for example their labels.</summary>
/// <param name="Place">Its name for errors: a path, or <c>archive.zip!folder/labels.csv</c>.</param>
/// <param name="Folder">
/// The folder of an archive in which it lies, with a slash at the end: so begin the ids of the crystals beside it. Empty at the top.
/// </param>
/// <param name="Content">Its bytes, as they are stored there; from the beginning.</param>
public sealed record CompanionFile(string Place, string Folder, Stream Content) : IDisposable
{
    private const long MaximumLength = 1L << 28; // bytes, of what is unpacked

    /// <summary>Finds a file by its name: at the top of a folder, or as far up as there is one in a zip or tar archive.</summary>
    /// <param name="source">A folder or an archive, also gzipped; other sources have no companions.</param>
    /// <param name="names">The names that the file may have.</param>
    /// <returns>
    /// The file, or null. An archive that cannot be read to the file has none: <see cref="CrystalSource"/> says what is wrong with it.
    /// </returns>
    /// <exception cref="CrystalFormatException">There are two files of these names in one place, or the file cannot be read.</exception>
    public static CompanionFile? Find(string source, IReadOnlyCollection<string> names)
    {
        ArgumentException.ThrowIfNullOrEmpty(source);
        ArgumentNullException.ThrowIfNull(names);
        try
        {
            return Directory.Exists(source) ? FindInFolder(source, names)
                : File.Exists(source) ? FindInArchive(source, names)
                : null;
        }
        catch (Exception exception) when (FileFault.Is(exception))
        {
            throw FileFault.Describe(source, exception);
        }
    }

    /// <summary>Opens a gzipped file, and notices when it breaks off.</summary>
    /// <param name="packed">The gzip file; disposed of with the result.</param>
    /// <returns>
    /// What is in it; reading throws <see cref="InvalidDataException"/> where the file is damaged, and after 256 MiB.
    /// </returns>
    public static Stream Unzip(Stream packed) =>
        new BoundedStream(new GzipFileStream(packed ?? throw new ArgumentNullException(nameof(packed))), MaximumLength);

    /// <summary>Closes the content.</summary>
    public void Dispose() => Content.Dispose();

    private static CompanionFile? FindInFolder(string folder, IReadOnlyCollection<string> names)
    {
        string[] found = [.. names.Where(name => File.Exists(Path.Combine(folder, name)))];
        if (found.Length == 0)
        {
            return null;
        }

        var path = Path.Combine(folder, Only(folder, found));
        return new(path, string.Empty, SourceContent.OpenFile(path));
    }

    private static CompanionFile? FindInArchive(string path, IReadOnlyCollection<string> names)
    {
        SourceContent content;
        var raw = SourceContent.OpenFile(path);
        var limit = new UnpackingLimit(new(), raw.Length);
        try
        {
            content = SourceContent.Open(new CountedStream(raw, limit.Read), path, limit);
        }
        catch (Exception exception) when (exception is CrystalFormatException || FileFault.Is(exception))
        {
            return null;
        }

        using (content.Stream)
        {
            List<string> found = [];
            var stored = Stream.Null;
            try
            {
                foreach (var (name, open) in Entries(content, raw, limit).Where(entry => IsOneOf(entry.Name, names)))
                {
                    var depth = Depth(name);
                    if (found.Count == 0 || depth < Depth(found[0]))
                    {
                        found.Clear();
                        stored = Store(open());
                    }

                    if (found.Count == 0 || depth == Depth(found[0]))
                    {
                        found.Add(name);
                    }
                }
            }
            catch (Exception exception) when (ZipEntries.IsFault(exception))
            {
                return null;
            }

            return found.Count == 0 ? null : new($"{path}!{Only(path, found)}", FolderOf(found[0]), stored);
        }
    }

    private static IEnumerable<(string Name, Func<Stream> Open)> Entries(SourceContent content, Stream raw, UnpackingLimit limit)
    {
        if (content.Kind == ContentKind.Zip)
        {
            using var archive = ZipEntries.Open(raw, content.Stream);
            foreach (var (name, entry) in archive.Entries)
            {
                yield return (name, () => ZipEntries.Open(entry, limit));
            }
        }
        else if (content.Kind == ContentKind.Tar)
        {
            var archive = new TarEntries(content.Stream);
            while (archive.MoveNext())
            {
                if (!archive.IsSparse)
                {
                    yield return (EntryName.Of(archive.Name), archive.Open);
                }
            }
        }
    }

    private static string Only(string source, IReadOnlyList<string> names) => names.Count == 1
        ? names[0]
        : throw new CrystalFormatException(source, 0, $"one file {names[0]}", $"{string.Join(" and ", names)}");

    private static MemoryStream Store(Stream content)
    {
        using var bounded = new BoundedStream(content, MaximumLength);
        var stored = new MemoryStream();
        bounded.CopyTo(stored);
        stored.Position = 0;
        return stored;
    }

    private static bool IsOneOf(string name, IReadOnlyCollection<string> names) => names.Contains(name[(name.LastIndexOf('/') + 1)..]);

    private static int Depth(string name) => name.AsSpan().Count('/');

    private static string FolderOf(string name) => name[..(name.LastIndexOf('/') + 1)];
}
