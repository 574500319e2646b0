using System.Text;
using Faithful.Crystals.Formats;
using Faithful.Models;

namespace Faithful.Cli.Output;

/// <summary>
/// A file of predictions that grows as they come. Whoever goes on with one keeps what it has: it is cut after its last whole crystal, and those that
/// are in it are not asked for again.
/// </summary>
internal sealed class PredictionFile : IPredictionOutput, IDisposable
{
    private readonly PredictionLines _lines;
    private readonly StreamWriter _writer;
    private readonly Dictionary<string, int> _done = new(StringComparer.Ordinal);

    /// <summary>Opens the file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="lines">The form of its lines.</param>
    /// <param name="resumes">Whether to go on with a file that is there; else it is replaced.</param>
    /// <exception cref="UsageException">The file that is there was written with other models or in another form.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public PredictionFile(string path, PredictionLines lines, bool resumes)
    {
        _lines = lines;
        FileStream stream = new(path, resumes ? FileMode.OpenOrCreate : FileMode.Create, FileAccess.ReadWrite, FileShare.Read);
        try
        {
            stream.SetLength(ReadBack(stream, path));
            stream.Seek(0, SeekOrigin.End);
            _writer = new StreamWriter(stream) { NewLine = "\n" };
            if (stream.Length == 0 && lines.Header is string header)
            {
                _writer.WriteLine(header);
            }
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    /// <summary>Gets the number of crystals that were in the file before.</summary>
    public int Before { get; private set; }

    /// <summary>Says whether a crystal is in the file; of several with one identifier as many are as the file has.</summary>
    /// <param name="id">The identifier.</param>
    /// <returns>True when it need not be predicted.</returns>
    public bool TakeDone(string id)
    {
        id = FaultReport.OneLine(id);
        if (!_done.TryGetValue(id, out int count))
        {
            return false;
        }

        _ = count == 1 ? _done.Remove(id) : (_done[id] = count - 1) > 0;
        return true;
    }

    /// <inheritdoc/>
    public void Add(CrystalRecord record, IReadOnlyList<Prediction> predictions) => _lines.Write(_writer, record, predictions);

    /// <summary>Hands what was added to the system, so that it is there whatever becomes of the program.</summary>
    public void Flush() => _writer.Flush();

    /// <inheritdoc/>
    public void Dispose() => _writer.Dispose();

    /// <summary>Notes the crystals of the file.</summary>
    /// <returns>The length of its whole crystals, in bytes.</returns>
    private long ReadBack(FileStream stream, string path)
    {
        long position = 0, whole = 0;
        bool isFirst = _lines.Header is not null;
        List<string> ofCrystal = [];
        foreach (byte[] bytes in Lines(stream))
        {
            position += bytes.Length;
            string line = Encoding.UTF8.GetString(bytes).TrimEnd('\n', '\r');
            if (isFirst)
            {
                isFirst = false;
                whole = line == _lines.Header ? position : throw Fault(path, "other columns");
                continue;
            }

            string id = _lines.IdOf(line) ?? throw Fault(path, $"the line {Shorten(line)}");
            if (!_lines.IsOf(line, ofCrystal.Count) || (ofCrystal.Count > 0 && id != ofCrystal[0]))
            {
                throw Fault(path, $"the line {Shorten(line)}");
            }

            ofCrystal.Add(id);
            if (ofCrystal.Count == _lines.LinesOfCrystal)
            {
                id = FaultReport.OneLine(id);
                _done[id] = _done.GetValueOrDefault(id) + 1;
                Before++;
                whole = position;
                ofCrystal.Clear();
            }
        }

        return whole;
    }

    /// <summary>The lines that end with a line feed; what follows the last one was cut off.</summary>
    private static IEnumerable<byte[]> Lines(FileStream stream)
    {
        var line = new List<byte>();
        var buffer = new byte[1 << 16];
        for (int count = stream.Read(buffer); count > 0; count = stream.Read(buffer))
        {
            int start = 0;
            for (int end = buffer.AsSpan(0, count).IndexOf((byte)'\n'); end >= 0; end = start < count ? buffer.AsSpan(start, count - start).IndexOf((byte)'\n') : -1)
            {
                line.AddRange(buffer.AsSpan(start, end + 1));
                start += end + 1;
                yield return [.. line];
                line.Clear();
            }

            line.AddRange(buffer.AsSpan(start, count - start));
        }
    }

    private static UsageException Fault(string path, string found) =>
        new($"{path}: expected predictions of the same models in the same form to go on with, found {found}; leave out --resume to replace the file");

    private static string Shorten(string line) => line.Length > 60 ? $"\"{line[..60]}…\"" : $"\"{line}\"";
}
