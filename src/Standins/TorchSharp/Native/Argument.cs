namespace TorchSharp.Native;

/// <summary>What an argument is; the same numbers as Kind in faithful_torch.cpp.</summary>
internal enum ArgumentKind
{
    Default, None, Tensor, Integer, Real, Boolean, Integers, Reals, Tensors, OptionalTensors, Text, Device, Generator
}

/// <summary>One argument of an operator. Everything that an operator takes converts to it.</summary>
internal readonly struct Argument
{
    internal readonly object? Reference;
    internal readonly long Bits;
    internal readonly ArgumentKind Kind;

    private Argument(ArgumentKind kind, object? reference, long bits = 0)
    {
        Kind = kind;
        Reference = reference;
        Bits = bits;
    }

    /// <summary>The default value that the operator's schema declares.</summary>
    internal static Argument Default => default;

    /// <summary>A list whose elements may be missing, as index takes it.</summary>
    internal static Argument Optional(torch.Tensor?[] tensors) => new(ArgumentKind.OptionalTensors, tensors);

    public static implicit operator Argument(
        torch.Tensor? value) =>
        new(value is null ? ArgumentKind.None : ArgumentKind.Tensor, value);
    public static implicit operator Argument(int value) => new(ArgumentKind.Integer, null, value);
    public static implicit operator Argument(long value) => new(ArgumentKind.Integer, null, value);
    public static implicit operator Argument(
        long? value) =>
        value is long number ? new(ArgumentKind.Integer, null, number) : new(ArgumentKind.None, null);
    public static implicit operator Argument(double value) => new(ArgumentKind.Real, null, BitConverter.DoubleToInt64Bits(value));
    public static implicit operator Argument(
        double? value) =>
        value is double number ? (Argument)number : new Argument(ArgumentKind.None, null);
    public static implicit operator Argument(bool value) => new(ArgumentKind.Boolean, null, value ? 1 : 0);
    public static implicit operator Argument(
        Scalar? value) =>
        value is null ? new(ArgumentKind.None, null) : new(value.Kind, null, value.Bits);
    public static implicit operator Argument(torch.ScalarType value) => new(ArgumentKind.Integer, null, (int)value);
    public static implicit operator Argument(
        torch.ScalarType? value) =>
        value is torch.ScalarType type ? (Argument)type : new Argument(ArgumentKind.None, null);
    public static implicit operator Argument(
        torch.Device? value) =>
        new(value is null ? ArgumentKind.None : ArgumentKind.Device, value);
    public static implicit operator Argument(
        torch.Generator? value) =>
        new(value is null ? ArgumentKind.None : ArgumentKind.Generator, value);
    public static implicit operator Argument(long[]? value) => new(value is null ? ArgumentKind.None : ArgumentKind.Integers, value);
    public static implicit operator Argument(double[]? value) => new(value is null ? ArgumentKind.None : ArgumentKind.Reals, value);
    public static implicit operator Argument(
        torch.Tensor[]? value) =>
        new(value is null ? ArgumentKind.None : ArgumentKind.Tensors, value);
    public static implicit operator Argument(string? value) => new(value is null ? ArgumentKind.None : ArgumentKind.Text, value);

    /// <summary>How many 8-byte cells the elements behind this argument take.</summary>
    internal int Cells => Reference switch
    {
        Array array => array.Length,
        string text => (System.Text.Encoding.UTF8.GetByteCount(text) + 7) / 8,
        _ => 0,
    };
}
