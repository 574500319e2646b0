using System.Text;
using System.Text.Json;

namespace Faithful.Cli.Output;

/// <summary>
/// Writes a JSON array as its elements come, one a line, so that memory does not grow with the number of crystals. The array
/// is closed on disposal: also a command that fails half-way leaves a whole document.
/// </summary>
internal sealed class JsonArray(TextWriter output) : IDisposable
{
    private bool _isEmpty = true;

    /// <summary>Writes one element.</summary>
    /// <param name="write">Writes the element's value.</param>
    public void Add(Action<Utf8JsonWriter> write)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, CommandContext.JsonOptions))
        {
            write(json);
        }

        output.Write(_isEmpty ? "[\n" : ",\n");
        output.Write(Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length));
        _isEmpty = false;
    }

    /// <inheritdoc/>
    public void Dispose() => output.WriteLine(_isEmpty ? "[]" : "\n]");
}
