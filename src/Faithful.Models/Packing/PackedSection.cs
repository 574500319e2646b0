namespace Faithful.Models.Packing;

/// <summary>The sections of a packed data set, in the order of the file and of the section table.</summary>
internal enum PackedSection
{
    /// <summary>The arrays of each crystal, one after the other (<see cref="PackedLayout"/>).</summary>
    Payload,

    /// <summary>A <see cref="PackedRecord"/> a crystal.</summary>
    Records,

    /// <summary>Pairs of texts, column and value, of all crystals.</summary>
    Labels,

    /// <summary>Of each entry that holds no crystal the texts origin, expected and found, and 1 when it is disordered, else 0.</summary>
    Rejected,

    /// <summary>Where each text begins, int64, and where the last one ends.</summary>
    TextStarts,

    /// <summary>The texts in UTF-8.</summary>
    Text,
}
