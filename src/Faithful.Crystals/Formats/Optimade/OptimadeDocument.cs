using System.Text.Json;

namespace Faithful.Crystals.Formats.Optimade;

/// <summary>Finds the structures in a stream of JSON and keeps no more of it than one of them.</summary>
/// <param name="stream">The text.</param>
/// <param name="source">The name of the text.</param>
/// <param name="id">The id of a structure that has none.</param>
/// <param name="options">How to read.</param>
internal sealed class OptimadeDocument(Stream stream, string source, string id, OptimadeReaderOptions options)
{
    private static readonly JsonReaderOptions JsonOptions = new() { AllowMultipleValues = true };

    private byte[] buffer = new byte[1 << 16];
    private int start; // of what has not been read
    private int end;
    private bool isFinal; // whether the stream has ended
    private JsonReaderState state = new(JsonOptions);
    private int line = 1;
    private int count; // structures found so far
    private Place place;
    private bool isBegun;

    private enum Place
    {
        Documents, // outside of all values
        List, // in the list of structures of a response
        Tail, // in a response, after its data
        End,
    }

    // The line of what comes next, after spaces and line feeds.
    private int NextLine => line + buffer.AsSpan(start, BlankLength).Count((byte)'\n');

    private int BlankLength => Math.Max(0, buffer.AsSpan(start, end - start).IndexOfAnyExcept(" \t\r\n,"u8));

    /// <summary>Says what a property of a top-level object means.</summary>
    /// <param name="json">The reader at the name of the property.</param>
    /// <returns>What the object is.</returns>
    public static OptimadeProperty KindOf(ref readonly Utf8JsonReader json) =>
        json.ValueTextEquals("data"u8) ? OptimadeProperty.Data
        : json.ValueTextEquals("attributes"u8) || json.ValueTextEquals("type"u8) ? OptimadeProperty.Resource
        : json.ValueTextEquals("errors"u8) || json.ValueTextEquals("x-optimade"u8) ? OptimadeProperty.Other
        : OptimadeProperty.Undecided;

    /// <summary>Reads the next structure.</summary>
    /// <param name="result">The crystal or what is wrong.</param>
    /// <returns>Whether there is one.</returns>
    public bool TryRead(out CrystalReadResult result)
    {
        result = default;
        while (place != Place.End)
        {
            try
            {
                if (TryTake() is var (text, at)
                    && OptimadeStructure.Read(text.Span, source, at, FormattableString.Invariant($"{id}#{count + 1}"), options) is { } structure)
                {
                    count++;
                    result = structure;
                    return true;
                }
            }
            catch (Exception exception) when (exception is CrystalFormatException or JsonException or InvalidOperationException || FileFault.Is(exception))
            {
                // InvalidOperationException: a string that is not UTF-8.
                var error = exception as CrystalFormatException
                    ?? (FileFault.Is(exception) ? FileFault.Describe(source, exception, NextLine) : new OptimadeErrors(source, NextLine, null).NotJson(exception));
                count++;
                GoOnAfter(exception);
                result = CrystalReadResult.Failure(error);
                return true;
            }
        }

        if (count == 0)
        {
            count++;
            result = CrystalReadResult.Failure(new(source, 0, OptimadeErrors.ExpectedDocument, "none"));
            return true;
        }

        return false;
    }

    private (ReadOnlyMemory<byte> Text, int Line)? TryTake()
    {
        switch (place)
        {
            case Place.List:
                return TryTakeElement();
            case Place.Tail:
                SkipTail();
                return null;
            default:
                return TryTakeDocument();
        }
    }

    // The next value of the list of structures, or null where the list or the text ends.
    private (ReadOnlyMemory<byte> Text, int Line)? TryTakeElement()
    {
        while (true)
        {
            var json = new Utf8JsonReader(buffer.AsSpan(start, end - start), isFinal, state);
            if (json.Read())
            {
                if (json.TokenType == JsonTokenType.EndArray)
                {
                    place = Place.Tail;
                    Commit(ref json);
                    return null;
                }

                var first = (int)json.TokenStartIndex;
                if (json.TrySkip())
                {
                    return Take(ref json, first);
                }
            }

            Fill();
        }
    }

    // The next value outside of all others: null where it is none to be read, or where it is a response whose list has begun.
    private (ReadOnlyMemory<byte> Text, int Line)? TryTakeDocument()
    {
        SkipByteOrderMark();
        while (true)
        {
            var json = new Utf8JsonReader(buffer.AsSpan(start, end - start), isFinal, state);
            if (!json.Read())
            {
                if (isFinal)
                {
                    place = Place.End;
                    return null;
                }

                Fill();
                continue;
            }

            if (json.TokenType != JsonTokenType.StartObject)
            {
                throw new OptimadeErrors(source, NextLine, null).Wrong(OptimadeErrors.ExpectedDocument, in json);
            }

            var begin = json;
            var begun = (int)json.TokenStartIndex;
            if (TryFindKind(ref json, out var kind))
            {
                switch (kind)
                {
                    case OptimadeProperty.Data when json.Read():
                        var first = (int)json.TokenStartIndex;
                        if (json.TokenType == JsonTokenType.StartArray)
                        {
                            place = Place.List;
                            Commit(ref json);
                            return null;
                        }

                        if (json.TrySkip())
                        {
                            place = Place.Tail;
                            var taken = Take(ref json, first);
                            return taken.Text.Span is [(byte)'{', ..] ? taken : null;
                        }

                        break;
                    case OptimadeProperty.Resource when begin.TrySkip():
                        return Take(ref begin, first: begun);
                    case OptimadeProperty.Other or OptimadeProperty.Undecided when begin.TrySkip():
                        Commit(ref begin);
                        return null;
                }
            }

            Fill();
        }
    }

    // Goes over properties up to the first that tells what the object is; not found means that more of the text is needed.
    private static bool TryFindKind(ref Utf8JsonReader json, out OptimadeProperty kind)
    {
        kind = OptimadeProperty.Undecided;
        while (json.Read())
        {
            if (json.TokenType == JsonTokenType.EndObject)
            {
                return true;
            }

            kind = KindOf(ref json);
            if (kind != OptimadeProperty.Undecided)
            {
                return true;
            }

            if (!json.Read() || !json.TrySkip())
            {
                return false;
            }
        }

        return false;
    }

    private void SkipTail()
    {
        while (true)
        {
            var json = new Utf8JsonReader(buffer.AsSpan(start, end - start), isFinal, state);
            while (json.Read())
            {
                if (json.CurrentDepth == 0 && json.TokenType == JsonTokenType.EndObject)
                {
                    place = Place.Documents;
                    Commit(ref json);
                    return;
                }
            }

            Commit(ref json);
            Fill();
        }
    }

    // The value from its first byte to where the reader stands; valid until more is read.
    private (ReadOnlyMemory<byte> Text, int Line) Take(ref Utf8JsonReader json, int first)
    {
        var text = buffer.AsMemory(start + first, (int)json.BytesConsumed - first);
        var at = line + buffer.AsSpan(start, first).Count((byte)'\n');
        Commit(ref json);
        return (text, at);
    }

    private void Commit(ref Utf8JsonReader json)
    {
        Drop((int)json.BytesConsumed);
        state = json.CurrentState;
    }

    private void Fill()
    {
        if (isFinal)
        {
            throw new JsonException("The text ends too early.");
        }

        if (end == buffer.Length && start > 0)
        {
            buffer.AsSpan(start, end - start).CopyTo(buffer);
            (start, end) = (0, end - start);
        }

        if (end == buffer.Length)
        {
            if (end >= options.MaximumStructureLength)
            {
                throw new OptimadeErrors(source, NextLine, null).TooLong(options.MaximumStructureLength);
            }

            Array.Resize(ref buffer, 2 * buffer.Length);
        }

        // As much as there is room for, because what is not complete will be read again from its beginning.
        end += stream.ReadAtLeast(buffer.AsSpan(end), buffer.Length - end, throwOnEndOfStream: false);
        isFinal = end < buffer.Length;
    }

    // Where structures stand one a line, the next line that begins with one is good again; inside a response nothing is.
    private void GoOnAfter(Exception fault)
    {
        if (place != Place.Documents || FileFault.Is(fault))
        {
            place = Place.End;
            return;
        }

        Drop(BlankLength);
        state = new(JsonOptions);
        while (true)
        {
            var next = buffer.AsSpan(start, end - start).IndexOf("\n{"u8);
            if (next >= 0)
            {
                Drop(next + 1);
                return;
            }

            Drop(Math.Max(0, end - start - 1)); // the last byte may be the line feed
            if (isFinal)
            {
                place = Place.End;
                return;
            }

            try
            {
                Fill();
            }
            catch (Exception exception) when (FileFault.Is(exception))
            {
                place = Place.End; // one fault is reported already
                return;
            }
        }
    }

    private void Drop(int length)
    {
        line += buffer.AsSpan(start, length).Count((byte)'\n');
        start += length;
    }

    private void SkipByteOrderMark()
    {
        if (isBegun)
        {
            return;
        }

        isBegun = true;
        if (end == 0 && !isFinal)
        {
            Fill();
        }

        start = buffer.AsSpan(0, end).StartsWith("\uFEFF"u8) ? 3 : 0;
    }
}
