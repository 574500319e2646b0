using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using Faithful.Crystals;

namespace Faithful.Models.Packing;

/// <content>Checked access to the sections of the file.</content>
public sealed partial class PackedDataset
{
    private delegate T Reading<T>(PackedDataset data, MappedFile.Lease lease, PackedRecord record);

    private T Read<T>(int index, Reading<T> reading)
    {
        using MappedFile.Lease lease = _file.Rent();
        PackedRecord record = Record(lease, index);
        return reading(this, lease, record);
    }

    private PackedRecord Record(MappedFile.Lease lease, int index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Count);
        return Section<PackedRecord>(lease, PackedSection.Records)[index];
    }

    private ReadOnlySpan<byte> Part(MappedFile.Lease lease, PackedRecord record, PackedLayout layout)
    {
        (long start, long length, _) = _header.Sections[(int)PackedSection.Payload];
        bool isWithin = record is { Atoms: >= 0, Edges: >= 0, Descriptors: >= 0, Start: >= 0 } && record.Start % PackedLayout.Alignment == 0
            && record.Start <= length && layout.Length <= Math.Min(int.MaxValue, length - record.Start);
        if (!isWithin)
        {
            throw Damaged(PackedSection.Records);
        }

        ReadOnlySpan<byte> part = lease.Bytes(start + record.Start, (int)layout.Length);
        return Crc32C.Append(0, part) == record.Checksum ? part : throw Damaged(PackedSection.Payload);
    }

    private string? LimitFault(int index)
    {
        if (!_limits.LimitsSpecies)
        {
            return null;
        }

        using PackedCrystal crystal = View(index);
        return SpeciesLimits.Fault(crystal.AtomicNumbers, _limits);
    }

    private ReadOnlySpan<int> LabelsOf(MappedFile.Lease lease, PackedRecord record)
    {
        ReadOnlySpan<int> labels = Section<int>(lease, PackedSection.Labels);
        return record is { FirstLabel: >= 0, Labels: >= 0 } && 2L * record.FirstLabel + 2L * record.Labels <= labels.Length
            ? labels.Slice(2 * record.FirstLabel, 2 * record.Labels)
            : throw Damaged(PackedSection.Records);
    }

    /// <summary>Reads a formula as Faithful.Crystals writes it, symbols with amounts other than 1, of some atoms at most.</summary>
    private static ImmutableArray<Element>? TryParse(string formula, int atoms)
    {
        var species = ImmutableArray.CreateBuilder<Element>();
        for (int at = 0; at < formula.Length;)
        {
            int symbol = at + 1 < formula.Length && char.IsAsciiLetterLower(formula[at + 1]) ? 2 : 1, amount = at + symbol, end = amount;
            while (end < formula.Length && char.IsAsciiDigit(formula[end]))
            {
                end++;
            }

            int count = 1;
            if (!Element.TryFromSymbol(formula[at..amount], out Element? element)
                || (end > amount && !int.TryParse(formula[amount..end], NumberStyles.None, CultureInfo.InvariantCulture, out count))
                || count > Math.Min(atoms, 1_000_000) - species.Count)
            {
                return null;
            }

            species.AddRange(Enumerable.Repeat(element, count));
            at = end;
        }

        return species.Count > 0 ? species.ToImmutable() : null;
    }

    private string Origin(MappedFile.Lease lease, int text) => text >= 0 ? _source + Text(lease, text) : Text(lease, ~text);

    private string Text(MappedFile.Lease lease, int index)
    {
        ReadOnlySpan<long> starts = Section<long>(lease, PackedSection.TextStarts);
        ReadOnlySpan<byte> text = Section<byte>(lease, PackedSection.Text);
        if ((uint)index >= (uint)(starts.Length - 1) || starts[index] < 0 || starts[index] > starts[index + 1] || starts[index + 1] > text.Length)
        {
            throw Damaged(PackedSection.TextStarts);
        }

        return Encoding.UTF8.GetString(text[(int)starts[index]..(int)starts[index + 1]]);
    }

    /// <summary>Gets a section other than the payload; its checksum is compared the first time.</summary>
    private ReadOnlySpan<T> Section<T>(MappedFile.Lease lease, PackedSection section)
        where T : unmanaged
    {
        (long start, long length, uint checksum) = _header.Sections[(int)section];
        ReadOnlySpan<byte> bytes = length <= int.MaxValue ? lease.Bytes(start, (int)length) : throw Damaged(section);
        if (!Volatile.Read(ref _isChecked[(int)section]))
        {
            if (Crc32C.Append(0, bytes) != checksum)
            {
                throw Damaged(section);
            }

            Volatile.Write(ref _isChecked[(int)section], true);
        }

        return MemoryMarshal.Cast<byte, T>(bytes);
    }

    private PackedDatasetException Damaged(PackedSection section) =>
        new(FilePath, $"the section {section} as it was written", "an altered one; delete the file, and it is made anew");
}
