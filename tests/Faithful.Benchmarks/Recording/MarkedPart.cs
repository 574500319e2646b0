using System.Text.RegularExpressions;
using Faithful.Models;

namespace Faithful.Benchmarks.Recording;

/// <summary>A part of a Markdown file with a name of its own: what stands between two comments, each on a line of its own.</summary>
internal sealed partial class MarkedPart
{
    private const string Comment = "<!-- benchmark ";

    private readonly string _path;
    private readonly string _begin;
    private readonly string _end;

    private MarkedPart(string path, string name) => (_path, _begin, _end) = (path, $"{Comment}{name}:begin -->", $"{Comment}{name}:end -->");

    /// <summary>Finds a part. Neither it nor the file has to be there yet.</summary>
    /// <param name="path">The file.</param>
    /// <param name="name">The name of the part.</param>
    /// <returns>The part.</returns>
    /// <exception cref="ArgumentException">The name is none.</exception>
    /// <exception cref="FormatException">The file has one of the comments alone, or twice, or in the wrong order, or another part's between them.</exception>
    public static MarkedPart Find(string path, string name)
    {
        if (!Name().IsMatch(name))
        {
            throw new ArgumentException($"the name of a part: expected small letters and digits, with hyphens between them; found '{name}'");
        }

        var part = new MarkedPart(path, name);
        part.Lines(out _, out _);
        return part;
    }

    /// <summary>Replaces the part, or appends it to the file, and leaves everything else as it is.</summary>
    /// <param name="text">The new text.</param>
    /// <exception cref="FormatException">The comments were damaged since the part was found.</exception>
    public void Replace(string text)
    {
        string[] lines = Lines(out int begin, out int end);
        string newLine = lines[0].EndsWith('\r') ? "\r\n" : "\n";
        string part = $"{_begin}\n\n{text.Trim('\n')}\n\n{_end}".ReplaceLineEndings(newLine);
        string before = string.Concat(lines[..begin].Select(line => line + "\n"));
        if (begin == end)
        {
            // At the end: an empty line parts it from what is there.
            before = before.TrimEnd('\r', '\n') is { Length: > 0 } something ? something + newLine + newLine : "";
        }

        string after = begin == end ? newLine : string.Join('\n', lines[end..])[_end.Length..];
        AtomicFile.WriteText(_path, before + part + after);
    }

    [GeneratedRegex("^[a-z0-9]+(-[a-z0-9]+)*$")]
    private static partial Regex Name();

    /// <summary>The lines of the file, and those of the comments; both are the number of lines where there is no such part.</summary>
    private string[] Lines(out int begin, out int end)
    {
        string[] lines = File.Exists(_path) ? File.ReadAllText(_path).Split('\n') : [""];
        (begin, end) = (Line(lines, _begin), Line(lines, _end));
        if (begin == lines.Length || end == lines.Length)
        {
            return begin == end ? lines
                : begin < end ? throw new FormatException($"{_path}({begin + 1}): expected {_end} below {_begin}, found none")
                : throw new FormatException($"{_path}({end + 1}): expected {_begin} above {_end}, found none");
        }

        if (end < begin)
        {
            throw new FormatException($"{_path}({end + 1}): expected {_end} below {_begin}, found it above");
        }

        int other = Array.FindIndex(lines, begin + 1, line => line.StartsWith(Comment, StringComparison.Ordinal));
        return other == end ? lines : throw new FormatException($"{_path}({other + 1}): expected {_end}, found {lines[other].TrimEnd()}");
    }

    // Indented lines are what a benchmark printed.
    private int Line(string[] lines, string comment)
    {
        int[] found = [.. lines.Index().Where(line => line.Item.TrimEnd() == comment).Select(line => line.Index)];
        return found switch
        {
            [] => lines.Length,
            [int only] => only,
            _ => throw new FormatException($"{_path}({found[1] + 1}): expected the line {comment} once, found it again"),
        };
    }
}
