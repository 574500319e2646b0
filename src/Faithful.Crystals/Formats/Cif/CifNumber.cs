using System.Buffers;
using System.Globalization;

namespace Faithful.Crystals.Formats.Cif;

/// <summary>A number of a CIF, for example <c>5.4307(2)</c>.</summary>
/// <param name="Value">The number, finite.</param>
/// <param name="Uncertainty">The standard uncertainty, 0 if none is given.</param>
/// <param name="Step">The last digit's unit, for example 0.0001.</param>
internal readonly record struct CifNumber(double Value, double Uncertainty, double Step)
{
    private const int MaximumLength = 64;

    private static readonly SearchValues<char> Letters = SearchValues.Create("0123456789+-.eE");

    /// <summary>Gets a value indicating whether the number is a measured one.</summary>
    public bool HasUncertainty => Uncertainty > 0;

    public static bool TryParse(ReadOnlySpan<char> text, out CifNumber number)
    {
        number = default;
        ReadOnlySpan<char> digits = default;
        var bracket = text.IndexOf('(');
        if (bracket >= 0)
        {
            if (text[^1] != ')')
            {
                return false;
            }

            digits = text[(bracket + 1)..^1];
            text = text[..bracket];
            if (digits.IsEmpty || digits.ContainsAnyExceptInRange('0', '9'))
            {
                return false;
            }
        }

        const NumberStyles Style = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
        if (text.Length + digits.Length > MaximumLength
            || text.ContainsAnyExcept(Letters)
            || !double.TryParse(text, Style, CultureInfo.InvariantCulture, out var value)
            || !double.IsFinite(value))
        {
            return false;
        }

        var exponent = text.IndexOfAny('e', 'E');
        var mantissa = exponent < 0 ? text : text[..exponent];
        var point = mantissa.IndexOf('.');
        var power = point < 0 ? 0 : point + 1 - mantissa.Length;
        if (exponent >= 0 && int.TryParse(text[(exponent + 1)..], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var shift))
        {
            power += Math.Clamp(shift, -400, 400);
        }

        var step = Math.Pow(10, power);
        var uncertainty = digits.IsEmpty ? 0 : double.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture) * step;
        number = new(value, uncertainty, step);
        return true;
    }
}
