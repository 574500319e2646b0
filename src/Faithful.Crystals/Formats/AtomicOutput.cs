using System.IO.Compression;

namespace Faithful.Crystals.Formats;

/// <summary>Writes files that appear only when they are complete.</summary>
public static class AtomicOutput
{
    /// <summary>Writes a file under a temporary name, which is then changed; a name that ends with <c>.gz</c> is gzipped.</summary>
    /// <param name="path">The file; an existing one is replaced.</param>
    /// <param name="write">Writes the content.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Write(string path, Action<Stream> write)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var temporary = $"{path}.{Environment.ProcessId}.tmp";
        try
        {
            using (var file = File.Create(temporary))
            {
                if (path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase))
                {
                    using var zip = new GZipStream(file, CompressionLevel.SmallestSize, leaveOpen: true);
                    write(zip);
                }
                else
                {
                    write(file);
                }
            }

            File.Move(temporary, path, overwrite: true);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }
}
