using System.Runtime.InteropServices;

namespace Faithful.Crystals.Symmetry;

/// <summary>SpglibSpacegroupType of spglib.h, version 2.0.2: an entry of spglib's own table.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct SpglibSpaceGroupType
{
    public int Number;
    public fixed byte InternationalShort[11];
    public fixed byte InternationalFull[20];
    public fixed byte International[32];
    public fixed byte Schoenflies[7];
    public int HallNumber;
    public fixed byte HallSymbol[17];
    public fixed byte Choice[6];
    public fixed byte PointGroupInternational[6];
    public fixed byte PointGroupSchoenflies[4];
    public int ArithmeticCrystalClassNumber;
    public fixed byte ArithmeticCrystalClassSymbol[7];
}
