using System.Globalization;
using System.Text;

namespace Faithful.Crystals.Formats.Archives;

/// <summary>
/// The files of a tar archive, one after the other (POSIX.1-2017, pax; https://pubs.opengroup.org/onlinepubs/9699919799/utilities/pax.html,
/// and GNU's long names). <see cref="System.Formats.Tar.TarReader"/> sets aside as much memory as a header asks for, 1.5 GB
/// for a file of one kilobyte, and takes an archive that breaks off between two files for a whole one.
/// </summary>
/// <param name="stream">The archive, read forward.</param>
internal sealed class TarEntries(Stream stream)
{
    private const int BlockLength = 512;
    private const int MaximumNameLength = 1 << 16;
    private const int MaximumHeaderLength = 1 << 20;

    private readonly byte[] block = new byte[BlockLength];
    private long remaining; // bytes of the current entry not read yet
    private int padding; // bytes that fill its last block

    /// <summary>Gets the name of the current file.</summary>
    public string Name { get; private set; } = string.Empty;

    /// <summary>Gets a value indicating whether the current file is stored with its holes left out, so that its bytes are not its content.</summary>
    public bool IsSparse { get; private set; }

    /// <summary>Says whether a block can be the header of a tar archive.</summary>
    /// <param name="block">The first bytes of a file.</param>
    /// <returns>Whether it has the checksum of a header.</returns>
    public static bool IsHeader(ReadOnlySpan<byte> block)
    {
        if (block.Length < BlockLength || block[0] == 0 || !TryReadOctal(block.Slice(148, 8), out var stated))
        {
            return false;
        }

        var (sum, signedSum) = (0L, 0L); // the checksum counts its own eight bytes as spaces; old programs took bytes for signed
        for (var index = 0; index < BlockLength; index++)
        {
            var value = index is >= 148 and < 156 ? (byte)' ' : block[index];
            sum += value;
            signedSum += (sbyte)value;
        }

        return stated == sum || stated == signedSum;
    }

    /// <summary>Goes to the next file; folders, links and devices are passed over.</summary>
    /// <returns>Whether there is one.</returns>
    /// <exception cref="InvalidDataException">The archive is damaged or breaks off.</exception>
    public bool MoveNext()
    {
        string? longName = null;
        long? longSize = null;
        IsSparse = false;
        while (true)
        {
            Skip(remaining + padding);
            remaining = 0;
            padding = 0;
            ReadExactly(block);
            if (block.AsSpan().IndexOfAnyExcept((byte)0) < 0)
            {
                return false;
            }

            if (!IsHeader(block) || !TryReadNumber(block.AsSpan(124, 12), out var size))
            {
                throw new InvalidDataException("a damaged header in a tar file");
            }

            var kind = (char)block[156];
            Begin(kind is '\0' or '0' or '7' && longSize is { } stated ? stated : size);
            switch (kind)
            {
                case 'L':
                    longName = TextOf(ReadContent(MaximumNameLength));
                    break;
                case 'x':
                    ReadExtendedHeader(ReadContent(MaximumHeaderLength), ref longName, ref longSize);
                    break;
                case '\0' or '0' or '7' or 'S' when (longName ?? ShortName()) is var name && !name.EndsWith('/'):
                    Name = name;
                    IsSparse |= kind == 'S';
                    return true;
                case 'g' or 'K':
                    break;
                default:
                    (longName, longSize, IsSparse) = (null, null, false);
                    break;
            }
        }
    }

    /// <summary>Opens the content of the current file; it ends where the next file begins.</summary>
    /// <returns>A stream that leaves the archive open.</returns>
    public Stream Open() => new Content(this);

    /// <summary>Reads what follows after the last file, so that a packed archive is checked to its end.</summary>
    /// <exception cref="InvalidDataException">The archive is damaged or breaks off.</exception>
    public void Drain()
    {
        while (stream.Read(block) > 0)
        {
        }
    }

    private void Begin(long size)
    {
        remaining = size;
        padding = (int)(-size & (BlockLength - 1));
    }

    private int Read(Span<byte> buffer)
    {
        var length = (int)Math.Min(buffer.Length, remaining);
        if (length == 0)
        {
            return 0;
        }

        var read = stream.Read(buffer[..length]);
        remaining -= read;
        return read > 0 ? read : throw BreaksOff();
    }

    private byte[] ReadContent(int maximumLength)
    {
        if (remaining > maximumLength)
        {
            throw new InvalidDataException(FormattableString.Invariant($"a header of {remaining} bytes in a tar file"));
        }

        var content = new byte[remaining];
        ReadExactly(content);
        remaining = 0;
        return content;
    }

    private void ReadExactly(Span<byte> buffer)
    {
        if (stream.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false) < buffer.Length)
        {
            throw BreaksOff();
        }
    }

    private void Skip(long count)
    {
        Span<byte> buffer = stackalloc byte[8 * BlockLength];
        while (count > 0)
        {
            var read = stream.Read(buffer[..(int)Math.Min(count, buffer.Length)]);
            count -= read > 0 ? read : throw BreaksOff();
        }
    }

    // The prefix of POSIX ("ustar" and a zero) comes before the name; GNU ("ustar" and spaces) has other things at its place.
    private string ShortName()
    {
        var name = TextOf(block.AsSpan(0, 100));
        var prefix = block.AsSpan(257, 6).SequenceEqual("ustar\0"u8) ? TextOf(block.AsSpan(345, 155)) : string.Empty;
        return prefix.Length > 0 ? $"{prefix}/{name}" : name;
    }

    // Records of the form "<length> <key>=<value>\n", the length that of the whole record.
    private void ReadExtendedHeader(ReadOnlySpan<byte> records, ref string? name, ref long? size)
    {
        while (!records.IsEmpty)
        {
            var space = records.IndexOf((byte)' ');
            var isLength = int.TryParse(records[..Math.Max(0, space)], NumberStyles.None, CultureInfo.InvariantCulture, out var length);
            var record = isLength && length > space && length <= records.Length ? records[(space + 1)..length] : default;
            var equals = record.IndexOf((byte)'=');
            if (equals < 1)
            {
                throw new InvalidDataException("a damaged extended header in a tar file");
            }

            var key = record[..equals];
            var value = record[(equals + 1)..].TrimEnd((byte)'\n');
            if (key.SequenceEqual("path"u8))
            {
                name = TextOf(value[..Math.Min(value.Length, MaximumNameLength)]);
            }
            else if (key.SequenceEqual("size"u8))
            {
                size = long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                    ? number
                    : throw new InvalidDataException("a damaged extended header in a tar file");
            }

            IsSparse |= key.StartsWith("GNU.sparse"u8);
            records = records[length..];
        }
    }

    private static string TextOf(ReadOnlySpan<byte> bytes)
    {
        var end = bytes.IndexOf((byte)0);
        return Encoding.UTF8.GetString(end < 0 ? bytes : bytes[..end]);
    }

    // Octal digits, or where the first bit is set a binary number (GNU, for files of 8 GiB and more).
    private static bool TryReadNumber(ReadOnlySpan<byte> field, out long number)
    {
        if ((field[0] & 0x80) == 0)
        {
            return TryReadOctal(field, out number);
        }

        number = 0;
        foreach (var value in field[^8..])
        {
            number = (number << 8) | value;
        }

        return field[0] == 0x80 && field[1..^8].IndexOfAnyExcept((byte)0) < 0 && number is >= 0 and < long.MaxValue / 2;
    }

    private static bool TryReadOctal(ReadOnlySpan<byte> field, out long number)
    {
        number = 0;
        foreach (var digit in field.Trim(" \0"u8))
        {
            if (digit is < (byte)'0' or > (byte)'7')
            {
                return false;
            }

            number = (8 * number) + (digit - '0');
        }

        return true;
    }

    private static InvalidDataException BreaksOff() => new("a tar file that breaks off");

    private sealed class Content(TarEntries entries) : ForwardStream
    {
        public override int Read(Span<byte> buffer) => entries.Read(buffer);
    }
}
