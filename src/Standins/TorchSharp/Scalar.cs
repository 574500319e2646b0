using TorchSharp.Native;

namespace TorchSharp;

/// <summary>A number with its type: what an operator takes where it says Scalar.</summary>
public sealed class Scalar : IDisposable
{
    internal Scalar(ArgumentKind kind, long bits)
    {
        Kind = kind;
        Bits = bits;
    }

    internal ArgumentKind Kind { get; }

    internal long Bits { get; }

    public torch.ScalarType Type => Kind switch
    {
        ArgumentKind.Integer => torch.ScalarType.Int64,
        ArgumentKind.Boolean => torch.ScalarType.Bool,
        _ => torch.ScalarType.Float64,
    };

    public static implicit operator Scalar(byte value) => Integer(value);

    public static implicit operator Scalar(sbyte value) => Integer(value);

    public static implicit operator Scalar(short value) => Integer(value);

    public static implicit operator Scalar(int value) => Integer(value);

    public static implicit operator Scalar(long value) => Integer(value);

    public static implicit operator Scalar(float value) => Real(value);

    public static implicit operator Scalar(double value) => Real(value);

    public static implicit operator Scalar(bool value) => new(ArgumentKind.Boolean, value ? 1 : 0);

    /// <summary>Does nothing: the number is a managed value here.</summary>
    public void Dispose()
    {
    }

    internal double AsDouble() => Kind == ArgumentKind.Real ? BitConverter.Int64BitsToDouble(Bits) : Bits;

    internal long AsInteger() => Kind == ArgumentKind.Real ? (long)BitConverter.Int64BitsToDouble(Bits) : Bits;

    private static Scalar Integer(long value) => new(ArgumentKind.Integer, value);

    private static Scalar Real(double value) => new(ArgumentKind.Real, BitConverter.DoubleToInt64Bits(value));
}

/// <summary>Conversions between .NET numbers and scalars.</summary>
public static class ScalarExtensionMethods
{
    public static Scalar ToScalar(this byte value) => value;

    public static Scalar ToScalar(this sbyte value) => value;

    public static Scalar ToScalar(this short value) => value;

    public static Scalar ToScalar(this int value) => value;

    public static Scalar ToScalar(this long value) => value;

    public static Scalar ToScalar(this float value) => value;

    public static Scalar ToScalar(this double value) => value;

    public static Scalar ToScalar(this bool value) => value;

    public static float ToSingle(this Scalar value) => (float)value.AsDouble();

    public static double ToDouble(this Scalar value) => value.AsDouble();

    public static sbyte ToSByte(this Scalar value) => (sbyte)value.AsInteger();

    public static byte ToByte(this Scalar value) => (byte)value.AsInteger();

    public static short ToInt16(this Scalar value) => (short)value.AsInteger();

    public static int ToInt32(this Scalar value) => (int)value.AsInteger();

    public static long ToInt64(this Scalar value) => value.AsInteger();

    public static bool ToBoolean(this Scalar value) => value.AsDouble() != 0;
}
