using System.Text;

namespace Faithful.Crystals.Formats;

/// <summary>The lines of a stream of UTF-8 text, one after the other; only one is kept.</summary>
/// <param name="stream">The text; lines end with LF or CRLF. Left open.</param>
/// <param name="maximumLength">The longest line, in characters; of a longer one only the beginning is kept.</param>
internal sealed class TextLines(Stream stream, int maximumLength) : IDisposable
{
    private readonly StreamReader reader = new(stream, Encoding.UTF8, detectEncodingFromByteOrderMarks: false, 1 << 14, leaveOpen: true);
    private char[] buffer = new char[1 << 14];
    private int start; // of what follows after the current line
    private int end;
    private int lineStart;
    private int lineLength;
    private bool isRepeated;

    /// <summary>Gets the one-based number of the current line; 0 before the first.</summary>
    public int Number { get; private set; }

    /// <summary>Gets a value indicating whether the current line is longer than the limit.</summary>
    public bool IsTooLong { get; private set; }

    /// <summary>Gets the current line without its end; valid until the next one is asked for.</summary>
    public ReadOnlySpan<char> Current => buffer.AsSpan(lineStart, lineLength);

    /// <summary>Goes to the next line.</summary>
    /// <returns>Whether there is one.</returns>
    /// <exception cref="IOException">The stream cannot be read.</exception>
    /// <exception cref="InvalidDataException">The stream is damaged.</exception>
    public bool MoveNext()
    {
        if (isRepeated)
        {
            isRepeated = false;
            return true;
        }

        IsTooLong = false;
        var searched = 0;
        while (true)
        {
            var length = buffer.AsSpan(start + searched, end - start - searched).IndexOf('\n');
            if (length >= 0)
            {
                return Take(searched + length, 1);
            }

            searched = end - start;
            if (searched >= maximumLength)
            {
                return SkipRest(searched);
            }

            if (!Fill())
            {
                return searched > 0 && Take(searched, 0);
            }
        }
    }

    /// <summary>Makes the current line the next one, too.</summary>
    public void Repeat() => isRepeated = true;

    public void Dispose() => reader.Dispose();

    private bool Take(int length, int ending)
    {
        Number++;
        lineStart = start;
        lineLength = length > 0 && buffer[start + length - 1] == '\r' ? length - 1 : length;
        IsTooLong = lineLength > maximumLength;
        start += length + ending;
        return true;
    }

    private bool SkipRest(int length)
    {
        Number++;
        IsTooLong = true;
        (lineStart, lineLength) = (0, Math.Min(length, 100)); // enough to be quoted
        buffer.AsSpan(start, lineLength).CopyTo(buffer);
        (start, end) = (lineLength, lineLength);
        for (int read; (read = reader.Read(buffer, lineLength, buffer.Length - lineLength)) > 0;)
        {
            var ending = buffer.AsSpan(lineLength, read).IndexOf('\n');
            if (ending >= 0)
            {
                (start, end) = (lineLength + ending + 1, lineLength + read);
                break;
            }
        }

        return true;
    }

    private bool Fill()
    {
        if (end == buffer.Length && start > 0)
        {
            buffer.AsSpan(start, end - start).CopyTo(buffer);
            (start, end) = (0, end - start);
        }
        else if (end == buffer.Length)
        {
            Array.Resize(ref buffer, 2 * buffer.Length);
        }

        var read = reader.Read(buffer, end, buffer.Length - end);
        end += read;
        return read > 0;
    }
}
