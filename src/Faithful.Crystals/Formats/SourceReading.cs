using Faithful.Crystals.Formats.Archives;

namespace Faithful.Crystals.Formats;

/// <summary>One reading of one source; see <see cref="CrystalSource"/>.</summary>
/// <param name="options">How to read.</param>
internal sealed class SourceReading(CrystalSourceOptions options)
{
    private const string ExpectedInArchive = "a text of crystals in the archive";
    private const string ExpectedFiles =
        "crystal files (POSCAR*, CONTCAR*, *.vasp, *.poscar, *.contcar, *.cif, *.extxyz, *.xyz, *.jsonl, *.ndjson, *.json, *.optimade; also with .gz)";

    private static readonly string[] ArchiveExtensions = [".zip", ".tar", ".tgz", ".tar.gz"];

    /// <summary>Reads the crystal files of a folder, in ordinal order of their relative paths.</summary>
    /// <param name="folder">The folder.</param>
    /// <returns>The crystals and the errors.</returns>
    public IEnumerable<CrystalReadResult> ReadFolder(string folder)
    {
        string[] files = [];
        long length = 0;
        CrystalFormatException? error = null;
        try
        {
            var enumeration = new EnumerationOptions { RecurseSubdirectories = true, MaxRecursionDepth = 32, IgnoreInaccessible = false };
            files = [.. Directory.EnumerateFiles(folder, "*", enumeration)
                .Select(file => Path.GetRelativePath(folder, file).Replace('\\', '/'))
                .Where(CrystalFormats.IsCrystalFile)
                .Order(StringComparer.Ordinal)];
            length = options.Progress is null ? 0 : files.Sum(file => new FileInfo(Path.Combine(folder, file)).Length);
            error = files.Length == 0 ? new(folder, 0, $"a folder with {ExpectedFiles}", "none") : null;
        }
        catch (Exception exception) when (FileFault.Is(exception))
        {
            error = FileFault.Describe(folder, exception);
        }

        if (error is not null)
        {
            yield return CrystalReadResult.Failure(error);
        }

        var limit = new UnpackingLimit(options, length);
        foreach (var file in files)
        {
            var path = Path.Combine(folder, file);
            var results = ReadText(
                () => new CountedStream(SourceContent.OpenFile(path), limit.Read),
                path,
                CrystalFormats.IdOf(file),
                limit,
                isEntry: false,
                "a text of crystals; an archive is read when it is named by itself");
            foreach (var result in results)
            {
                yield return result;
            }
        }
    }

    /// <summary>Reads a file of any kind.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The crystals and the errors.</returns>
    public IEnumerable<CrystalReadResult> ReadFile(string path) =>
        ReadAny(() => SourceContent.OpenFile(path), path, CrystalFormats.IdOf(Path.GetFileName(path)));

    /// <summary>Reads a stream of any kind.</summary>
    /// <param name="open">Opens the stream, which is disposed of after the reading.</param>
    /// <param name="source">Its name in errors.</param>
    /// <param name="id">The id of its crystal, where the text has none.</param>
    /// <returns>The crystals and the errors.</returns>
    public IEnumerable<CrystalReadResult> ReadAny(Func<Stream> open, string source, string id)
    {
        Stream? raw = null;
        SourceContent? content = null;
        UnpackingLimit? limit = null;
        CrystalFormatException? error = null;
        try
        {
            raw = open();
            limit = new(options, raw.CanSeek && raw.Length > 0 ? raw.Length : null);
            content = SourceContent.Open(new CountedStream(raw, limit.Read), source, limit);
        }
        catch (CrystalFormatException exception)
        {
            error = exception;
        }
        catch (Exception exception) when (FileFault.Is(exception))
        {
            error = FileFault.Describe(source, exception);
        }

        if (content is null)
        {
            return [CrystalReadResult.Failure(error!)];
        }

        return content.Kind switch
        {
            ContentKind.Zip => ReadZip(raw!, content, source, limit!),
            ContentKind.Tar => ReadTar(content, source, limit!),
            _ => ReadText(content, source, id, isEntry: false),
        };
    }

    private IEnumerable<CrystalReadResult> ReadZip(Stream raw, SourceContent content, string source, UnpackingLimit limit)
    {
        using (content.Stream)
        {
            ZipEntries? archive = null;
            CrystalFormatException? error = null;
            try
            {
                archive = ZipEntries.Open(raw, content.Stream);
            }
            catch (Exception exception) when (ZipEntries.IsFault(exception))
            {
                error = new(source, 0, "a readable zip archive", exception.Message, exception);
            }

            if (archive is null)
            {
                yield return CrystalReadResult.Failure(error!);
                yield break;
            }

            using (archive)
            {
                var isEmpty = true;
                foreach (var (name, entry) in archive.Entries)
                {
                    foreach (var result in ReadEntry(name, source, () => ZipEntries.Open(entry, limit), limit))
                    {
                        isEmpty = false;
                        yield return result;
                    }
                }

                if (isEmpty)
                {
                    yield return CrystalReadResult.Failure(new(source, 0, $"an archive with {ExpectedFiles}", "none"));
                }
            }
        }
    }

    private IEnumerable<CrystalReadResult> ReadTar(SourceContent content, string source, UnpackingLimit limit)
    {
        using (content.Stream)
        {
            var isEmpty = true;
            var archive = new TarEntries(content.Stream);
            CrystalFormatException? error;
            while (TryMoveNext(archive, source, out error))
            {
                var name = EntryName.Of(archive.Name);
                var open = () => archive.IsSparse
                    ? throw new CrystalFormatException($"{source}!{name}", 0, ExpectedInArchive, "a sparse file")
                    : archive.Open();
                foreach (var result in ReadEntry(name, source, open, limit))
                {
                    isEmpty = false;
                    yield return result;
                }
            }

            if (error is not null || isEmpty)
            {
                yield return CrystalReadResult.Failure(error ?? new(source, 0, $"an archive with {ExpectedFiles}", "none"));
            }
        }
    }

    private static bool TryMoveNext(TarEntries archive, string source, out CrystalFormatException? error)
    {
        error = null;
        try
        {
            if (archive.MoveNext())
            {
                return true;
            }

            archive.Drain();
        }
        catch (Exception exception) when (FileFault.Is(exception))
        {
            error = FileFault.Describe(source, exception);
        }

        return false;
    }

    private IEnumerable<CrystalReadResult> ReadEntry(string name, string source, Func<Stream> open, UnpackingLimit limit)
    {
        const string Expected = "a text of crystals; an archive inside an archive is not read";
        var place = $"{source}!{name}";
        return CrystalFormats.IsCrystalFile(name) ? ReadText(open, place, CrystalFormats.IdOf(name), limit, isEntry: true, Expected)
            : Array.Exists(ArchiveExtensions, extension => name.EndsWith(extension, StringComparison.OrdinalIgnoreCase))
            ? [CrystalReadResult.Failure(new(place, 0, Expected, "an archive"))]
            : [];
    }

    private IEnumerable<CrystalReadResult> ReadText(
        Func<Stream> open, string source, string id, UnpackingLimit limit, bool isEntry, string expected)
    {
        CrystalFormatException? error = null;
        SourceContent? content = null;
        try
        {
            content = SourceContent.Open(open(), source, limit);
            if (content.Kind != ContentKind.Text)
            {
                content.Stream.Dispose();
                error = new(source, 0, expected, "an archive");
            }
        }
        catch (CrystalFormatException exception)
        {
            error = exception;
        }
        catch (Exception exception) when (ZipEntries.IsFault(exception))
        {
            error = FileFault.Describe(source, exception);
        }

        return error is null ? ReadText(content!, source, id, isEntry) : [CrystalReadResult.Failure(error)];
    }

    private IEnumerable<CrystalReadResult> ReadText(SourceContent content, string source, string id, bool isEntry)
    {
        var format = CrystalFormats.Detect(content.Head, source);
        var stream = format.IsReadWhole && (isEntry || content.IsPacked)
            ? new BoundedStream(content.Stream, options.MaximumUnpackedLength)
            : content.Stream;
        return format.Read(stream, source, id, options);
    }
}
