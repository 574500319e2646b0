using System.Runtime.InteropServices;
using System.Text;

namespace Faithful.Crystals.Symmetry;

/// <summary>SpglibDataset of spglib.h, version 2.0.2; the same up to 2.5.0.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct SpglibDataset
{
    public const int SiteSymmetrySymbolLength = 7;
    public const int InternationalSymbolLength = 11;

    public int SpaceGroupNumber;
    public int HallNumber;
    public fixed byte InternationalSymbol[InternationalSymbolLength];
    public fixed byte HallSymbol[17];
    public fixed byte Choice[6];
    public fixed double TransformationMatrix[9];
    public fixed double OriginShift[3];
    public int OperationCount;
    public int* Rotations;              // (operations, 3, 3)
    public double* Translations;        // (operations, 3)
    public int AtomCount;
    public int* WyckoffLetters;         // (atoms), 0 = a
    public byte* SiteSymmetrySymbols;   // (atoms, 7)
    public int* EquivalentAtoms;        // (atoms)
    public int* CrystallographicOrbits; // (atoms)
    public fixed double PrimitiveLattice[9];
    public int* MappingToPrimitive;
    public int StandardAtomCount;
    public fixed double StandardLattice[9];
    public int* StandardTypes;
    public double* StandardPositions;
    public fixed double StandardRotationMatrix[9];
    public int* StandardMappingToPrimitive;
    public fixed byte PointGroupSymbol[6];

    /// <summary>Reads a zero-terminated symbol; spglib pads some with spaces.</summary>
    public static string Text(byte* bytes, int room)
    {
        var span = new ReadOnlySpan<byte>(bytes, room);
        var end = span.IndexOf((byte)0);
        return Encoding.ASCII.GetString(end < 0 ? span : span[..end]).Trim();
    }
}
