namespace Faithful.Crystals.Formats.Cif;

/// <summary>The crystals of a CIF, one after the other.</summary>
internal sealed class CifEntries
{
    private readonly CifErrors errors;
    private readonly CifReaderOptions options;
    private readonly CifParser parser;
    private CifBlock? firstWithoutAtoms;
    private bool isAtEnd;

    public CifEntries(TextReader reader, string source, CifReaderOptions options)
    {
        this.options = options;
        errors = new(source);
        parser = new(new(reader, errors), errors, options);
    }

    /// <summary>Reads the next data block with atoms.</summary>
    /// <returns>The crystal or what is wrong; null at the end.</returns>
    public CifEntry? Next()
    {
        while (!isAtEnd)
        {
            CifBlock? block = null;
            try
            {
                block = parser.Read();
                if (block is null)
                {
                    isAtEnd = true;
                }
                else if (CifCrystal.HasAtoms(block))
                {
                    return new(block, new CifCrystal(block, errors, options).Make(), null);
                }
                else
                {
                    firstWithoutAtoms ??= block;
                }
            }
            catch (CrystalFormatException exception)
            {
                return new(block, null, exception);
            }
            catch (InvalidCrystalException exception)
            {
                return new(block, null, errors.Because(block?.Line ?? 0, exception));
            }
            catch (Exception exception) when (exception is IOException or InvalidDataException)
            {
                isAtEnd = true;
                return new(null, null, errors.Unreadable(exception));
            }
        }

        return null;
    }

    /// <summary>Gets what is wrong with a text that was read to its end without finding a crystal.</summary>
    public CrystalFormatException NoCrystal() => firstWithoutAtoms is { } block
        ? errors.With(
            block.Line,
            "a data block with atoms (_atom_site_fract_x, _atom_site_fract_y, _atom_site_fract_z)",
            block[CifItem.CellLengthA] is null ? "none with a cell or atoms" : "a cell without atoms")
        : errors.With(0, "a CIF: data_, the name of a data block, and its items", "an empty file");
}
