using System.Globalization;

namespace Microsoft.ML.Data.Text;

/// <summary>Checked options of a text file.</summary>
internal sealed class TextFormat
{
    public TextFormat(TextLoader.Options options)
    {
        if (options.AllowSparse)
        {
            throw new NotSupportedException("This stand-in reads no sparse lines (AllowSparse).");
        }

        if (!string.IsNullOrWhiteSpace(options.HeaderFile))
        {
            throw new NotSupportedException("This stand-in reads the header of the file itself only, not a HeaderFile.");
        }

        MaxRows = options.MaxRows ?? long.MaxValue;
        Contracts.CheckParam(MaxRows >= 0, nameof(options.MaxRows), $"The number of rows is not negative, but {MaxRows} was given.");
        InputSize = options.InputSize ?? 0;
        Contracts.Check(InputSize >= 0, $"InputSize is not negative, but {InputSize} was given.");
        Separators = [.. options.Separators.Distinct()];
        Contracts.CheckParam(Separators.Length > 0, nameof(options.Separators), "Must specify a separator");
        foreach (var separator in Separators)
        {
            Contracts.CheckParam(separator is '\t' or >= ' ' and not '"' and not (>= '0' and <= '9'), nameof(options.Separators),
                $"Illegal separator: '{separator}'");
        }

        Contracts.CheckParam(options.DecimalMarker is '.' or ',', nameof(options.DecimalMarker),
            $"Decimal marker cannot be the '{options.DecimalMarker}' character. It must be '.' or ','.");
        Contracts.CheckParam(options.AllowQuoting || options.DecimalMarker != ',' || !IsSeparator(','), nameof(options.AllowQuoting),
            "Quoting must be allowed if decimal marker and separator are the ',' character.");
        Contracts.CheckParam(!IsSeparator(options.EscapeChar), nameof(options.EscapeChar),
            $"EscapeChar '{options.EscapeChar}' can't be used both as EscapeChar and separator");
        EscapeChar = options.EscapeChar;
        AllowQuoting = options.AllowQuoting;
        ReadMultilines = options.AllowQuoting && options.ReadMultilines;
        TrimWhitespace = options.TrimWhitespace;
        HasHeader = options.HasHeader;
        MissingRealsAsNaNs = options.MissingRealsAsNaNs;
        Numbers = options.DecimalMarker == '.' ? NumberFormatInfo.InvariantInfo : new NumberFormatInfo { NumberDecimalSeparator = "," };
    }

    public char[] Separators { get; }

    public char EscapeChar { get; }

    public bool AllowQuoting { get; }

    public bool ReadMultilines { get; }

    public bool TrimWhitespace { get; }

    public bool HasHeader { get; }

    public bool MissingRealsAsNaNs { get; }

    public long MaxRows { get; }

    /// <summary>0 when it is not known.</summary>
    public int InputSize { get; }

    public NumberFormatInfo Numbers { get; }

    /// <summary>Spaces before a field belong to it only where a space separates fields.</summary>
    public bool KeepsSpaces => IsSeparator(' ');

    public bool IsSeparator(char character) => Array.IndexOf(Separators, character) >= 0;
}
