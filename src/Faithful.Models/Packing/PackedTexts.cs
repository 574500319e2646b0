using System.Buffers;
using System.Runtime.InteropServices;
using System.Text;

namespace Faithful.Models.Packing;

/// <summary>The texts of a packed data set while it is written: each different text once, in the order of its first use.</summary>
internal sealed class PackedTexts
{
    private readonly Dictionary<string, int> _indices = new(StringComparer.Ordinal);
    private readonly List<long> _starts = [0];
    private readonly ArrayBufferWriter<byte> _text = new();

    /// <summary>Gets the section <see cref="PackedSection.TextStarts"/>.</summary>
    public ReadOnlySpan<byte> Starts => MemoryMarshal.AsBytes(CollectionsMarshal.AsSpan(_starts));

    /// <summary>Gets the section <see cref="PackedSection.Text"/>.</summary>
    public ReadOnlySpan<byte> Text => _text.WrittenSpan;

    /// <summary>Gets the index of a text, which is added when it is new.</summary>
    /// <param name="text">The text.</param>
    /// <returns>Its index.</returns>
    public int Add(string text)
    {
        if (!_indices.TryGetValue(text, out int index))
        {
            index = _indices.Count;
            _indices.Add(text, index);
            Encoding.UTF8.GetBytes(text, _text);
            _starts.Add(_text.WrittenCount);
        }

        return index;
    }
}
