using System.IO.Compression;

namespace Faithful.Datasets;

/// <summary>Writes files so that a reader never sees half of one: to a temporary name in the same folder, then renamed.</summary>
internal static class WholeFile
{
    /// <summary>Writes a file.</summary>
    /// <param name="path">The file; an existing one is replaced. A name that ends with <c>.gz</c> is gzipped.</param>
    /// <param name="write">Writes the content.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Write(string path, Action<Stream> write)
    {
        var temporary = $"{path}.{Environment.ProcessId}.part";
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

                file.Flush(flushToDisk: true);
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
