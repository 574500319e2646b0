namespace Faithful.Crystals.Formats.Archives;

/// <summary>The names of archive entries. They are only shown and made into ids; no file is ever written by such a name.</summary>
internal static class EntryName
{
    private const int MaximumLength = 1024;

    /// <summary>Makes the name of an entry fit to be shown.</summary>
    /// <param name="name">The name as the archive has it.</param>
    /// <returns>
    /// The name with slashes between folders, without <c>./</c> at its beginning, with U+FFFD for each control character, and cut
    /// after 1024 characters.
    /// </returns>
    public static string Of(string name)
    {
        var start = 0;
        while (name.AsSpan(start).StartsWith("./") || name.AsSpan(start).StartsWith(".\\"))
        {
            start += 2;
        }

        return string.Create(Math.Min(name.Length - start, MaximumLength), (name, start), static (text, from) =>
        {
            for (var index = 0; index < text.Length; index++)
            {
                var letter = from.name[from.start + index];
                text[index] = letter == '\\' ? '/' : char.IsControl(letter) ? '\uFFFD' : letter;
            }
        });
    }
}
