using System.Text;
using Faithful.Crystals.Formats.Archives;

namespace Faithful.Crystals.Formats.MaterialsJson;

/// <summary>Reads materials JSONL: a JSON object for each crystal, one a line.</summary>
/// <remarks>
/// <c>{"id":"mp-149","cell":[a,b,c,alpha,beta,gamma],"species":["Si","Si"],"frac":[[x,y,z],…],"labels":{"tqc":"LCEBR",…}}</c> with
/// lengths in Å and angles in degrees. <c>lattice</c>, three rows of three numbers in Å, may stand for <c>cell</c>. Labels are
/// texts, numbers or truth values; null is no label. Other fields are passed over, blank lines too. Lines are parsed in
/// parallel, ahead of the caller by two chunks of about 1 MiB, and come in the order of the file; one thread alone is the caller's.
/// </remarks>
public static class MaterialsJsonReader
{
    /// <summary>Reads a file, gzipped or not (its content tells).</summary>
    /// <param name="path">The file.</param>
    /// <param name="options">How to read it; null for the defaults.</param>
    /// <returns>The crystals and the errors of bad lines, in order; the file is opened when the first is asked for.</returns>
    /// <exception cref="CrystalFormatException">The file is missing, unreadable or empty; thrown when the first is asked for.</exception>
    public static IEnumerable<CrystalReadResult> Read(string path, MaterialsJsonReaderOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        options ??= new();
        return Enumerate(() => SourceContent.OpenText(path).Stream, path, options.MaximumLineLength, options.EffectiveThreads);
    }

    /// <summary>Reads a stream of UTF-8 lines to its end, and then disposes of it.</summary>
    /// <param name="stream">The text.</param>
    /// <param name="source">The name of the text for error messages and the records' origins.</param>
    /// <param name="options">How to read it; null for the defaults.</param>
    /// <returns>The crystals and the errors, in order, read as they are asked for.</returns>
    public static IEnumerable<CrystalReadResult> Read(Stream stream, string source, MaterialsJsonReaderOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(stream);
        options ??= new();
        return Enumerate(() => stream, source, options.MaximumLineLength, options.EffectiveThreads);
    }

    /// <summary>Reads a single line.</summary>
    /// <param name="line">The line, with or without its end.</param>
    /// <param name="source">The name of the text for error messages and the record's origin.</param>
    /// <returns>The crystal or what is wrong.</returns>
    public static CrystalReadResult ReadLine(string line, string source)
    {
        ArgumentNullException.ThrowIfNull(line);
        ArgumentNullException.ThrowIfNull(source);
        return MaterialsJsonLine.Parse(Encoding.UTF8.GetBytes(line), source, 1)
            ?? CrystalReadResult.Failure(new(source, 1, "a JSON object in one line", "a blank line"));
    }

    /// <summary>Says whether a text can be a materials JSONL: it begins like a JSON object.</summary>
    /// <param name="head">The beginning of the text.</param>
    /// <returns>Whether it can.</returns>
    internal static bool IsLike(TextHead head) => head.IsJson;

    private static IEnumerable<CrystalReadResult> Enumerate(Func<Stream> open, string source, int maximumLineLength, int threads)
    {
        using (var stream = open())
        {
            var chunks = new LineChunkReader(stream, source, maximumLineLength);
            if (threads == 1)
            {
                while (ReadAndParse(chunks, source, threads) is { } results)
                {
                    foreach (var result in results)
                    {
                        yield return result;
                    }
                }

                yield break;
            }

            var next = Task.Run(() => ReadAndParse(chunks, source, threads));
            try
            {
                while (true)
                {
                    var results = next.GetAwaiter().GetResult();
                    if (results is null)
                    {
                        break;
                    }

                    next = Task.Run(() => ReadAndParse(chunks, source, threads));
                    foreach (var result in results)
                    {
                        yield return result;
                    }
                }
            }
            finally
            {
                ((IAsyncResult)next).AsyncWaitHandle.WaitOne(); // a caller may stop early; the stream is closed after its last use
            }
        }
    }

    private static List<CrystalReadResult>? ReadAndParse(LineChunkReader chunks, string source, int threads)
    {
        var chunk = chunks.ReadChunk(out var error);
        var results = new CrystalReadResult?[chunk.Count];
        if (threads == 1)
        {
            for (var index = 0; index < results.Length; index++)
            {
                results[index] = MaterialsJsonLine.Parse(chunk.Line(index), source, chunk.Number(index));
            }
        }
        else
        {
            Parallel.For(
                0,
                results.Length,
                new ParallelOptions { MaxDegreeOfParallelism = threads },
                index => results[index] = MaterialsJsonLine.Parse(chunk.Line(index), source, chunk.Number(index)));
        }

        List<CrystalReadResult> list = [.. results.Where(result => result is not null).Select(result => result!.Value)];
        if (error is not null)
        {
            list.Add(CrystalReadResult.Failure(error));
        }

        return list.Count > 0 || !chunk.IsLast ? list : null;
    }
}
