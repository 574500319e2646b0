using System.Buffers;
using System.Globalization;

namespace Faithful.Crystals.Formats.Cif;

/// <summary>Reads symmetry operations such as <c>x,y,z</c>, <c>-X+1/2, y, z+0.5</c> or <c>1/2+x-y, 2/3+x, -z</c>.</summary>
internal ref struct CifOperationParser
{
    private const int MaximumLength = 200;
    private const int MaximumEntry = 8;

    private static readonly SearchValues<char> DigitsAndPoint = SearchValues.Create("0123456789.");

    private ReadOnlySpan<char> rest;

    private CifOperationParser(ReadOnlySpan<char> text) => rest = text;

    /// <summary>Tries to read an operation.</summary>
    /// <param name="text">Three sums, separated by commas.</param>
    /// <returns>The operation; null unless it has whole coefficients of determinant 1 or −1.</returns>
    public static CifOperation? TryParse(ReadOnlySpan<char> text) =>
        text.Length <= MaximumLength ? new CifOperationParser(text).Parse() : null;

    private CifOperation? Parse()
    {
        var rotation = new int[9];
        Span<double> translation = stackalloc double[3];
        Span<double> sum = stackalloc double[4]; // the coefficients of x, y and z, and the constant
        for (var row = 0; row < 3; row++)
        {
            if (!TryReadSum(sum) || !TryEnd(row < 2))
            {
                return null;
            }

            for (var column = 0; column < 3; column++)
            {
                var coefficient = Math.Round(sum[column]);
                if (Math.Abs(sum[column] - coefficient) > 1e-6 || Math.Abs(coefficient) > MaximumEntry)
                {
                    return null;
                }

                rotation[(3 * row) + column] = (int)coefficient;
            }

            translation[row] = sum[3];
        }

        return IntegerMatrix.Determinant(rotation) is var determinant && determinant != 1 && determinant != -1
            ? null
            : new(rotation, new(translation[0], translation[1], translation[2]));
    }

    // Terms such as x, -y, +1/2, 0.25, 2x, 2*x, x/2.
    private bool TryReadSum(scoped Span<double> sum)
    {
        sum.Clear();
        for (var isFirst = true; ; isFirst = false)
        {
            var letter = Peek();
            if (!isFirst && letter is not ('+' or '-'))
            {
                return true;
            }

            var sign = 1.0;
            if (letter is '+' or '-')
            {
                sign = letter == '-' ? -1 : 1;
                rest = rest[1..];
            }

            if (!TryReadTerm(out var factor, out var axis))
            {
                return false;
            }

            sum[axis] += sign * factor;
        }
    }

    private bool TryReadTerm(out double factor, out int axis)
    {
        (factor, axis) = (1, 3);
        var isNumber = char.IsAsciiDigit(Peek()) || Peek() == '.';
        if (isNumber && !TryReadNumber(out factor))
        {
            return false;
        }

        if (isNumber && Peek() == '*')
        {
            rest = rest[1..];
            isNumber = false; // an axis must follow
        }

        var letter = Peek() | 0x20; // lower case
        if (letter is >= 'x' and <= 'z')
        {
            axis = letter - 'x';
            rest = rest[1..];
            return TryDivide(ref factor);
        }

        return isNumber && TryDivide(ref factor);
    }

    private bool TryDivide(ref double factor)
    {
        if (Peek() != '/')
        {
            return true;
        }

        rest = rest[1..];
        if (!TryReadNumber(out var divisor) || divisor == 0)
        {
            return false;
        }

        factor /= divisor;
        return true;
    }

    private bool TryReadNumber(out double number)
    {
        _ = Peek(); // past the blanks
        var end = rest.IndexOfAnyExcept(DigitsAndPoint);
        var digits = end < 0 ? rest : rest[..end];
        rest = rest[digits.Length..];
        return double.TryParse(digits, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out number) && number < 1000;
    }

    private bool TryEnd(bool withComma)
    {
        var letter = Peek();
        if (!withComma)
        {
            return letter == default;
        }

        if (letter != ',')
        {
            return false;
        }

        rest = rest[1..];
        return true;
    }

    // The next letter that is no blank; 0 at the end.
    private char Peek()
    {
        rest = rest.TrimStart();
        return rest.IsEmpty ? default : rest[0];
    }
}
