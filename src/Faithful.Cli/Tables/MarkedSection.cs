using Faithful.Cli.Output;
using Faithful.Models;

namespace Faithful.Cli.Tables;

/// <summary>A part of a text file that a command writes: what stands between two comments of a Markdown file.</summary>
internal sealed class MarkedSection
{
    /// <summary>The comment before the part, on a line of its own.</summary>
    public const string Begin = "<!-- tables:begin -->";

    /// <summary>The comment after the part, on a line of its own.</summary>
    public const string End = "<!-- tables:end -->";

    private readonly string _path;

    private MarkedSection(string path) => _path = path;

    /// <summary>Finds the comments of a file.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The part between them.</returns>
    /// <exception cref="UsageException">The file lacks them, or has one of them twice or in the wrong order.</exception>
    public static MarkedSection Find(string path)
    {
        var section = new MarkedSection(path);
        section.Lines(out _, out _);
        return section;
    }

    /// <summary>Replaces the part, and leaves everything else as it is.</summary>
    /// <param name="text">The new text.</param>
    /// <exception cref="UsageException">The file has lost its comments.</exception>
    public void Replace(string text)
    {
        string[] lines = Lines(out int begin, out int end);
        string newLine = lines[begin].EndsWith('\r') ? "\r\n" : "\n";
        string middle = $"\n{text.TrimEnd('\n')}\n\n".ReplaceLineEndings(newLine);
        AtomicFile.WriteText(_path, $"{string.Join('\n', lines[..(begin + 1)])}\n{middle}{string.Join('\n', lines[end..])}");
    }

    private string[] Lines(out int begin, out int end)
    {
        if (!File.Exists(_path))
        {
            throw new UsageException($"{_path}: expected a file with the lines {Begin} and {End}, found nothing of this name");
        }

        string[] lines = File.ReadAllText(_path).Split('\n');
        (begin, end) = (Line(lines, Begin), Line(lines, End));
        return begin < end ? lines : throw new UsageException($"{_path}({end + 1}): expected {End} below {Begin}, found it above");
    }

    private int Line(string[] lines, string comment)
    {
        int[] found = [.. lines.Index().Where(line => line.Item.Trim() == comment).Select(line => line.Index)];
        return found switch
        {
            [int only] => only,
            [] => throw new UsageException($"{_path}: expected the line {comment}, which says where the tables go, found none"),
            _ => throw new UsageException($"{_path}({found[1] + 1}): expected the line {comment} once, found it again"),
        };
    }
}
