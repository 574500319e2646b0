namespace Faithful.Crystals.Formats.Cif;

/// <summary>Reads a CIF block by block; only the items that describe a crystal are kept.</summary>
/// <param name="tokens">The text.</param>
/// <param name="errors">The errors of this text.</param>
/// <param name="options">How to read.</param>
internal sealed class CifParser(CifTokenizer tokens, CifErrors errors, CifReaderOptions options)
{
    /// <summary>Values up to this length are likely to come again: element symbols, flags, occupancies.</summary>
    private const int PooledLength = 6;

    private const int ValueOverhead = 16;

    private readonly string?[] pool = new string?[1024];
    private State state = State.Beginning;
    private int budget;
    private bool hasEmptyLoop;

    private enum State
    {
        Beginning,
        AtBlock,
        AfterError,
        End,
    }

    /// <summary>Reads the next data block.</summary>
    /// <returns>The block, or null at the end of the text.</returns>
    /// <exception cref="CrystalFormatException">The text is no CIF here; the next call goes on at the next data block.</exception>
    public CifBlock? Read()
    {
        var previous = state;
        state = State.AfterError; // unless this block ends well
        switch (previous)
        {
            case State.Beginning:
                tokens.Next();
                break;
            case State.AfterError:
                if (tokens.Kind != CifTokenKind.Data)
                {
                    tokens.SkipToBlock();
                    tokens.Next();
                }

                break;
            case State.End:
                state = State.End;
                return null;
        }

        if (tokens.Kind == CifTokenKind.End)
        {
            state = State.End;
            return null;
        }

        if (tokens.Kind != CifTokenKind.Data)
        {
            throw Unexpected("data_ and the name of a data block");
        }

        var block = new CifBlock(tokens.Text.ToString(), tokens.Line);
        (budget, hasEmptyLoop) = (options.MaximumBlockLength, false);
        ReadItems(block);
        state = tokens.Kind == CifTokenKind.End ? State.End : State.AtBlock;
        return block;
    }

    private void ReadItems(CifBlock block)
    {
        var frameLine = 0; // inside a save frame, which no crystal needs
        tokens.Next();
        while (true)
        {
            switch (tokens.Kind)
            {
                case CifTokenKind.Tag:
                    ReadItem(block, frameLine == 0);
                    break;
                case CifTokenKind.Loop:
                    ReadLoop(block, frameLine == 0);
                    break;
                case CifTokenKind.Frame when frameLine == 0:
                    frameLine = tokens.Line;
                    tokens.Next();
                    break;
                case CifTokenKind.FrameEnd when frameLine > 0:
                    frameLine = 0;
                    tokens.Next();
                    break;
                case CifTokenKind.Data or CifTokenKind.End when frameLine == 0:
                    return;
                default:
                    throw Unexpected(frameLine > 0
                        ? FormattableString.Invariant($"a data name, loop_, or save_ to end the save frame of line {frameLine}")
                        : "a data name, loop_ or data_");
            }
        }
    }

    private void ReadItem(CifBlock block, bool isWanted)
    {
        var column = ReadTag(isWanted, out var item, out var label);
        tokens.Next(column is null ? CifTokenizer.ShortLength : budget);
        if (tokens.Kind != CifTokenKind.Value)
        {
            throw Unexpected(column is null ? "a value of the data name before" : $"a value of {CifErrors.Plain(column.Tag)}");
        }

        if (column is not null)
        {
            var value = ReadValue();
            if (item == CifItem.FaithfulLabel)
            {
                AddLabel(block, label!, value);
            }
            else
            {
                column.Add(value);
                Add(block, item, column);
            }
        }

        tokens.Next();
    }

    private void ReadLoop(CifBlock block, bool isWanted)
    {
        var line = tokens.Line;
        var columns = new List<CifColumn?>();
        var items = new List<CifItem>();
        tokens.Next();
        while (tokens.Kind == CifTokenKind.Tag)
        {
            var column = ReadTag(isWanted, out var item, out _);
            columns.Add(item == CifItem.FaithfulLabel ? null : column);
            items.Add(item);
            tokens.Next(KeepFor(columns[0]));
        }

        if (columns.Count == 0)
        {
            throw Unexpected("data names after loop_");
        }

        var index = 0;
        long count = 0;
        while (tokens.Kind == CifTokenKind.Value)
        {
            columns[index]?.Add(ReadValue());
            count++;
            index = index + 1 < columns.Count ? index + 1 : 0;
            tokens.Next(KeepFor(columns[index]));
        }

        if (index != 0)
        {
            var found = FormattableString.Invariant($"{count} values for {columns.Count} data names, and then {Found()}");
            throw errors.With(tokens.Line, FormattableString.Invariant($"full rows in the loop of line {line}"), found);
        }

        for (index = 0; index < columns.Count; index++)
        {
            if (columns[index] is { } column)
            {
                Add(block, items[index], column);
            }
        }

        if (count == 0 && !hasEmptyLoop)
        {
            hasEmptyLoop = true; // one warning is enough
            block.Warnings.Add(FormattableString.Invariant($"The loop of line {line} has no values."));
        }
    }

    private int KeepFor(CifColumn? column) => column is null ? CifTokenizer.ShortLength : Math.Max(budget, CifTokenizer.ShortLength);

    private CifColumn? ReadTag(bool isWanted, out CifItem item, out string? label)
    {
        (item, label) = (CifItem.None, null);
        if (isWanted)
        {
            item = CifDictionary.Find(tokens.Text, out label);
        }

        return item == CifItem.None ? null : new(tokens.Text.ToString(), tokens.Line);
    }

    private CifValue ReadValue()
    {
        var text = tokens.Text;
        budget -= text.Length + ValueOverhead;
        if (tokens.IsCut || budget < 0)
        {
            throw errors.With(
                tokens.Line,
                FormattableString.Invariant($"a data block of which at most {options.MaximumBlockLength} characters describe a crystal"),
                "more");
        }

        return new(text.Length <= PooledLength ? Pooled(text) : text.ToString(), tokens.Line, tokens.IsBare);
    }

    private string Pooled(ReadOnlySpan<char> text)
    {
        ref var place = ref pool[string.GetHashCode(text) & (pool.Length - 1)];
        if (place is null || !text.SequenceEqual(place))
        {
            place = text.ToString();
        }

        return place;
    }

    private void Add(CifBlock block, CifItem item, CifColumn column)
    {
        if (!block.TryAdd(item, column))
        {
            throw errors.With(column.Line, $"the data name {column.Tag} once in a data block", "a second time");
        }
    }

    private void AddLabel(CifBlock block, string label, CifValue value)
    {
        if (!value.IsMissing && !block.Labels.TryAdd(string.Intern(label), CifText.Unfold(value)))
        {
            throw errors.With(value.Line, $"one label {CifErrors.Quote(label)}", "two");
        }
    }

    private CrystalFormatException Unexpected(string expected) => errors.With(tokens.Line, expected, Found());

    private string Found() => tokens.Kind switch
    {
        CifTokenKind.End => "the end of the file",
        CifTokenKind.Data => CifErrors.Quote($"data_{tokens.Text}"),
        CifTokenKind.Frame or CifTokenKind.FrameEnd => CifErrors.Quote($"save_{tokens.Text}"),
        _ => CifErrors.Quote(tokens.Text),
    };
}
