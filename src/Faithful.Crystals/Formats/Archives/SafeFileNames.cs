using System.Buffers;

namespace Faithful.Crystals.Formats.Archives;

/// <summary>Makes ids into names of files that every file system takes and tells apart, each given once.</summary>
internal sealed class SafeFileNames
{
    private const int MaximumLength = 100; // of a folder or file, so that an extension and a number still fit

    private static readonly SearchValues<char> SafeLetters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-+.,=()#@");

    // What Windows takes for devices, whatever the extension.
    private static readonly HashSet<string> Devices = new(
        ["CON", "PRN", "AUX", "NUL", .. Enumerable.Range(0, 10).SelectMany(number => new[] { $"COM{number}", $"LPT{number}" })],
        StringComparer.OrdinalIgnoreCase);

    private readonly HashSet<string> given = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Makes a name.</summary>
    /// <param name="id">Any text.</param>
    /// <returns>The name with slashes between folders, none of them empty, <c>.</c> or <c>..</c>.</returns>
    public string Of(string id)
    {
        var name = string.Join('/', id.Split('/').Select(Part));
        var free = name;
        for (var number = 2; !given.Add(free); number++)
        {
            free = FormattableString.Invariant($"{name}-{number}");
        }

        return free;
    }

    private static string Part(string text)
    {
        var part = new string([.. text.Take(MaximumLength).Select(letter => SafeLetters.Contains(letter) ? letter : '_')]);
        part = part.EndsWith('.') ? part[..^1] + "_" : part;
        part = part.StartsWith('.') ? "_" + part[1..] : part; // hidden files, and those that CrystalSource passes over
        return part.Length == 0 || Devices.Contains(part.Split('.')[0]) ? part + "_" : part;
    }
}
