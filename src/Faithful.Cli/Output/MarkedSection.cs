using Faithful.Models;

namespace Faithful.Cli.Output;

/// <summary>A part of a text file that a command writes: what stands between two comments of a Markdown file.</summary>
internal sealed class MarkedSection
{
    private readonly string _path;
    private readonly string _name;

    private MarkedSection(string path, string name) => (_path, _name) = (path, name);

    /// <summary>Gets the comment before a part, on a line of its own.</summary>
    /// <param name="name">The name of the part, for example <c>tables</c>.</param>
    /// <returns>The comment.</returns>
    public static string Begin(string name) => $"<!-- {name}:begin -->";

    /// <summary>Gets the comment after a part, on a line of its own.</summary>
    /// <param name="name">The name of the part.</param>
    /// <returns>The comment.</returns>
    public static string End(string name) => $"<!-- {name}:end -->";

    /// <summary>Finds the comments of a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="name">The name of the part.</param>
    /// <returns>The part between them.</returns>
    /// <exception cref="UsageException">The file lacks them, or has one of them twice or in the wrong order.</exception>
    public static MarkedSection Find(string path, string name)
    {
        var section = new MarkedSection(path, name);
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
            throw new UsageException($"{_path}: expected a file with the lines {Begin(_name)} and {End(_name)}, found nothing of this name");
        }

        string[] lines = File.ReadAllText(_path).Split('\n');
        (begin, end) = (Line(lines, Begin(_name)), Line(lines, End(_name)));
        return begin < end ? lines : throw new UsageException($"{_path}({end + 1}): expected {End(_name)} below {Begin(_name)}, found it above");
    }

    private int Line(string[] lines, string comment)
    {
        int[] found = [.. lines.Index().Where(line => line.Item.Trim() == comment).Select(line => line.Index)];
        return found switch
        {
            [int only] => only,
            [] => throw new UsageException($"{_path}: expected the line {comment}, which says where this goes, found none"),
            _ => throw new UsageException($"{_path}({found[1] + 1}): expected the line {comment} once, found it again"),
        };
    }
}
