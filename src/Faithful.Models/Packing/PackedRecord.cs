using System.Runtime.InteropServices;

namespace Faithful.Models.Packing;

/// <summary>What a packed data set holds of one crystal beside its arrays, as it lies in the file: 64 bytes, little-endian.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 8, Size = Length)]
internal struct PackedRecord
{
    /// <summary>The number of bytes.</summary>
    public const int Length = 64;

    /// <summary>Stands for no text.</summary>
    public const int NoText = -1;

    /// <summary>Where the arrays begin within the payload, a multiple of <see cref="PackedLayout.Alignment"/>.</summary>
    public long Start;

    /// <summary>The number of atoms of the prepared cell; 0 for a fallback, and where there are descriptors.</summary>
    public int Atoms;

    /// <summary>The number of directed edges.</summary>
    public int Edges;

    /// <summary>The checksum of the arrays.</summary>
    public uint Checksum;

    /// <summary>The space group, 1..230, 0 unknown.</summary>
    public int SpaceGroup;

    /// <summary>The text of the reason of a fallback, or <see cref="NoText"/>.</summary>
    public int Fallback;

    /// <summary>The text of the id.</summary>
    public int Id;

    /// <summary>The text of the reduced formula.</summary>
    public int Formula;

    /// <summary>The text that follows the source's name in the origin; the complement of the text of an origin without that name.</summary>
    public int Origin;

    /// <summary>The first label of the crystal.</summary>
    public int FirstLabel;

    /// <summary>The number of labels.</summary>
    public int Labels;

    /// <summary>The number of atoms of the cell as the source has it.</summary>
    public int CellAtoms;

    /// <summary>The number of descriptors; 0 for models that take atoms.</summary>
    public int Descriptors;

    /// <summary>The volume of that cell divided by its atoms, Å³.</summary>
    public double VolumePerAtom;
}
