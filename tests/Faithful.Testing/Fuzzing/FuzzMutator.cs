using System.Text;

namespace Faithful.Testing.Fuzzing;

/// <summary>Damages good inputs: the same number makes the same bytes on every machine. Not for two threads at once.</summary>
public sealed class FuzzMutator
{
    /// <summary>The longest input, in bytes.</summary>
    public const int MaximumLength = 1 << 16;

    private static readonly byte[][] Numbers = Encode(
        "0", "-0", "-0.0", "1", "-1", "2", "3", "1e999", "-1e999", "1e-999", "1e308", "4e-324", "NaN", "nan", "-nan", "Infinity", "-inf", "1e",
        "1e+", "e5", ".", "-", "+", "+1", "--1", ".5", "5.", "0x10", "1_000", "1,5", "1.2.3", "1/3", "1(2)", "00001", "0.99999999999999999",
        "0.333333333333333333333333333333333333333333333333", "1e6", "1000001", "99999", "65536", "2147483647", "2147483648", "-2147483648",
        "4294967296", "9223372036854775807", "9223372036854775808", "18446744073709551616", "123456789012345678901234567890", "1d-3",
        "1D400", "1e2147483648", "1e-2147483649", "90", "120", "180", "180.0000001", "1e-9", "0.0049", "0.01");

    private static readonly byte[][] Letters =
    [
        .. Encode(
            "\0", "\uFEFF", "\u00A0", "\u2003", "\u2028", "\u0085", "\u200B", "\u202E", "\u0301", "é", "Å", "−1", "１２", "٣", "½", "🙂", "\u001b[2J", "\a",
            "\b", "\f", "\v", "\u007f", "\t", "\r", "\n", "\r\n", "\n\n", " ", "\\", "\\u0000", "\\ud800", "\"", "'", "''", "#", "!", ";", "%", "&amp;"),
        [0xff], [0xfe, 0xff], [0xff, 0xfe], [0xc0, 0x80], [0xed, 0xa0, 0x80], [0xf4, 0x90, 0x80, 0x80], [0x80], [0xc3], [0xe2, 0x82],
    ];

    private readonly IReadOnlyList<byte[]> seeds;
    private readonly byte[][] words;
    private readonly FuzzText text = new(MaximumLength);
    private FuzzRandom random;

    /// <summary>Initializes a new instance of the <see cref="FuzzMutator"/> class.</summary>
    /// <param name="seeds">The good inputs, at least one; what is beyond <see cref="MaximumLength"/> is cut off.</param>
    /// <param name="words">Words to put where they do not belong.</param>
    public FuzzMutator(IReadOnlyList<byte[]> seeds, IReadOnlyList<string> words)
    {
        this.seeds = seeds;
        this.words = words.Count > 0 ? Encode([.. words]) : Letters;
    }

    /// <summary>Makes an input: one of the seeds with one to about ten pieces of damage, or now and then none.</summary>
    /// <param name="number">Which input.</param>
    /// <returns>The bytes.</returns>
    public byte[] Mutate(long number)
    {
        random = new(number);
        text.Set(random.Of(seeds));
        if (!random.OneIn(100))
        {
            do
            {
                Damage();
            }
            while (random.OneIn(2));
        }

        return text.Bytes.ToArray();
    }

    private static byte[][] Encode(params string[] words) => [.. words.Select(Encoding.UTF8.GetBytes)];

    private void Damage()
    {
        var place = random.Below(text.Length);
        switch (random.Below(24))
        {
            case 0:
                FlipBit(place);
                break;
            case 1:
                text.Replace(Range(place, 1), [(byte)random.NextBits()]);
                break;
            case 2:
                InsertNoise(place);
                break;
            case 3:
                text.Replace(Range(place, 1 + random.Below(1 << random.Below(8))), []);
                break;
            case 4 or 5:
                text.Replace(text.WordAt(place), random.Of(words));
                break;
            case 6:
                text.Insert(place, random.Of(words));
                break;
            case 7:
                SwapRanges(text.WordAt(place), text.WordAt(random.Below(text.Length)));
                break;
            case 8:
                text.Replace(text.WordAt(place), text.Copy(text.WordAt(random.Below(text.Length))));
                break;
            case 9:
                text.Insert(place, text.Copy(text.LineAt(random.Below(text.Length))));
                break;
            case 10:
                text.Insert(text.LineAt(place).Start, text.Copy(text.LineAt(random.Below(text.Length))));
                break;
            case 11:
                text.Replace(text.LineAt(place), []);
                break;
            case 12:
                SwapRanges(text.LineAt(place), text.LineAt(random.Below(text.Length)));
                break;
            case 13 or 14 or 15:
                ReplaceNumber(place);
                break;
            case 16:
                text.Insert(place, random.Of(Letters));
                break;
            case 17:
                text.Replace(text.WordAt(place), random.Of(Letters));
                break;
            case 18:
                text.Replace((place, text.Length - place), []);
                break;
            case 19:
                Splice(place);
                break;
            case 20:
                Repeat(random.OneIn(2) ? text.LineAt(place) : Range(place, 1 + random.Below(1 << random.Below(9))));
                break;
            case 21:
                ReplaceAll((byte)'\n', random.Below(4) switch { 0 => "\r\n"u8, 1 => "\r"u8, 2 => "\n\n"u8, _ => " \n"u8 });
                break;
            case 22:
                ChangeCase(text.WordAt(place));
                break;
            default:
                JoinLines(place);
                break;
        }
    }

    private (int Start, int Length) Range(int start, int length) => (start, Math.Min(length, text.Length - start));

    private void FlipBit(int place)
    {
        if (place < text.Length)
        {
            text.Bytes[place] ^= (byte)(1 << random.Below(8));
        }
    }

    private void InsertNoise(int place)
    {
        Span<byte> noise = stackalloc byte[1 + random.Below(8)];
        foreach (ref var letter in noise)
        {
            letter = (byte)random.NextBits();
        }

        text.Insert(place, noise);
    }

    private void SwapRanges((int Start, int Length) first, (int Start, int Length) second)
    {
        (first, second) = first.Start <= second.Start ? (first, second) : (second, first);
        if (first.Start + first.Length <= second.Start)
        {
            var (before, after) = (text.Copy(first), text.Copy(second));
            text.Replace(second, before);
            text.Replace(first, after);
        }
    }

    private void ReplaceNumber(int place)
    {
        var range = text.NumberAt(place);
        if (random.OneIn(3) && range.Length > 0)
        {
            text.Bytes[range.Start + random.Below(range.Length)] = (byte)('0' + random.Below(10)); // a number of the same kind
        }
        else
        {
            text.Replace(range, random.Of(Numbers));
        }
    }

    private void Splice(int place)
    {
        var other = random.Of(seeds);
        var start = random.OneIn(2) ? Math.Min(place, other.Length) : random.Below(other.Length);
        text.Replace((place, text.Length - place), other.AsSpan(start));
    }

    private void Repeat((int Start, int Length) range)
    {
        var block = text.Copy(range);
        var times = 1 + random.Below(1 << random.Below(random.OneIn(30) ? 13 : 5));
        if (block.Length > 0)
        {
            var copies = new byte[block.Length * Math.Min(times, MaximumLength / 2 / block.Length)];
            for (var start = 0; start < copies.Length; start += block.Length)
            {
                block.CopyTo(copies, start);
            }

            text.Insert(range.Start, copies);
        }
    }

    private void ReplaceAll(byte letter, ReadOnlySpan<byte> with)
    {
        for (var place = 0; place < text.Length; place++)
        {
            var next = text.Bytes[place..].IndexOf(letter);
            if (next < 0)
            {
                return;
            }

            place += next;
            var before = text.Length;
            text.Replace((place, 1), with);
            place += text.Length - before; // behind what was put in
        }
    }

    private void ChangeCase((int Start, int Length) range)
    {
        foreach (ref var letter in text.Bytes.Slice(range.Start, range.Length))
        {
            letter ^= (byte)(char.IsAsciiLetter((char)letter) ? 0x20 : 0);
        }
    }

    private void JoinLines(int place)
    {
        var (start, length) = text.LineAt(place);
        if (length > 0 && text.Bytes[start + length - 1] == (byte)'\n')
        {
            text.Replace((start + length - 1, 1), random.OneIn(2) ? " "u8 : []);
        }
    }
}
