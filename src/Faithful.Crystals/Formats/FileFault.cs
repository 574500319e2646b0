namespace Faithful.Crystals.Formats;

/// <summary>What can go wrong with a file before its text is looked at, as the one kind of error that readers give.</summary>
internal static class FileFault
{
    /// <summary>Says whether an exception is about the file and not about the program.</summary>
    /// <param name="exception">What was thrown.</param>
    /// <returns>Whether it is a fault of the file.</returns>
    public static bool Is(Exception exception) => exception is IOException or UnauthorizedAccessException or InvalidDataException;

    /// <summary>Describes a fault.</summary>
    /// <param name="source">The file as the caller named it.</param>
    /// <param name="exception">What was thrown.</param>
    /// <param name="line">The one-based line where reading ended, or 0.</param>
    /// <returns>The error.</returns>
    public static CrystalFormatException Describe(string source, Exception exception, int line = 0) =>
        exception is FileNotFoundException or DirectoryNotFoundException
            ? new(source, 0, "an existing file or folder", "nothing of this name", exception)
            : new(source, line, "a readable file", exception.Message, exception);
}
