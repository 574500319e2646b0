using Faithful.Crystals.Formats.Cif;

namespace Faithful.Crystals.Tests.Formats.Cif;

public sealed class CifReaderTests
{
    [Fact]
    public void A_data_block_with_a_cell_and_atoms_is_a_crystal()
    {
        var record = CifTexts.Read(CifTexts.Salt);
        Assert.Equal(("a", "NaCl", "a.cif"), (record.Id, record.Crystal.Formula, record.Origin));
        Assert.Equal(new(4, 5, 6), record.Crystal.Lattice.Lengths);
        Assert.Equal([Vector3D.Zero, new(0.5, 0.5, 0.5)], record.Crystal.FractionalPositions.AsEnumerable());
        Assert.Empty(record.Labels);
        Assert.Empty(record.Warnings);
    }

    [Theory]
    [InlineData("\uFEFFdata_x\n@")]
    [InlineData("#\\#CIF_2.0\ndata_x\n@")]
    [InlineData("# a comment\n\n  DATA_x _a 'b c' _d\n;\ndata_y\n;\n@")]
    [InlineData("data_x loop_ _a _b 1 2 3 '4' @")]
    [InlineData("data_x\n_publ_author_name ?\nsave_f\n_cell_length_a 1\nloop_ _atom_site_fract_x 0 0 0\nsave_\n@")]
    [InlineData("data_text\n_publ_section_title\n;\nOn salt\n;\ndata_x\n@\ndata_more _text .\n")]
    public void What_is_no_crystal_is_passed_over(string start) =>
        Assert.Equal("NaCl", CifTexts.Read(start.Replace("@", CifTexts.Salt[10..], StringComparison.Ordinal)).Crystal.Formula);

    [Fact]
    public void Names_may_have_dots_and_capitals_and_lines_any_end()
    {
        var text = CifTexts.Salt
            .Replace("_cell_", "_cell.", StringComparison.Ordinal)
            .Replace("_atom_site_", "_ATOM_SITE.", StringComparison.Ordinal)
            .Replace("_symmetry_", "_symmetry.", StringComparison.Ordinal);
        foreach (var newline in new[] { "\n", "\r", "\r\n" })
        {
            CifTexts.AssertSameAtoms(CifTexts.Read(CifTexts.Salt).Crystal, CifTexts.Read(text.Replace("\n", newline, StringComparison.Ordinal)).Crystal, "dots");
        }
    }

    [Theory]
    [InlineData("5.43(2)", 5.43)]
    [InlineData("5.43(12)", 5.43)]
    [InlineData("'5.43'", 5.43)]
    [InlineData("+5.43E0", 5.43)]
    [InlineData("543e-2", 5.43)]
    [InlineData("5.", 5.0)]
    [InlineData("5(1)", 5.0)]
    [InlineData(";5.43\n;", null)]
    [InlineData("5,43", null)]
    [InlineData("5.43(", null)]
    [InlineData("5.43()", null)]
    [InlineData("5.43(2)x", null)]
    [InlineData("5.43(-2)", null)]
    [InlineData("-5.43", null)]
    [InlineData("0", null)]
    [InlineData("NaN", null)]
    [InlineData("Infinity", null)]
    [InlineData("1e999", null)]
    [InlineData("0x5", null)]
    [InlineData("?", null)]
    [InlineData(".", null)]
    public void Numbers_may_have_an_uncertainty(string number, double? value)
    {
        var text = CifTexts.Salt.Replace("_a 4\n", $"_a\n{number}\n", StringComparison.Ordinal);
        if (value is { } expected || number[0] == ';')
        {
            Assert.Equal(value ?? 5.43, CifTexts.Read(text).Crystal.Lattice.Lengths.X);
            return;
        }

        var error = CifTexts.ReadError(text);
        Assert.Equal((3, "_cell_length_a, a positive number in Å such as 5.431(2)", $"\"{number}\""), (error.Line, error.Expected, error.Found));
    }

    [Theory]
    [InlineData("Fe3+", "Fe")]
    [InlineData("O2-", "O")]
    [InlineData("Cl-1", "Cl")]
    [InlineData("FE", "Fe")]
    [InlineData("fe0", "Fe")]
    [InlineData("Si0.00", "Si")]
    [InlineData("Na", "Na")]
    [InlineData("CO", "Co")]
    [InlineData("OH", null)]
    [InlineData("Wat", null)]
    [InlineData("Xx", null)]
    [InlineData("Fe,Ni", null)]
    [InlineData("3", null)]
    public void Type_symbols_are_elements_with_a_charge(string type, string? symbol)
    {
        var text = "data_x\n" + CifTexts.Cell + CifTexts.P1 + "loop_ _atom_site_type_symbol _atom_site_fract_x _atom_site_fract_y _atom_site_fract_z\n" + $"{type} 0 0 0\n";
        if (symbol is not null)
        {
            Assert.Equal(symbol, CifTexts.Read(text).Crystal.Formula);
            return;
        }

        var error = CifTexts.ReadError(text);
        Assert.Equal((10, $"\"{type}\""), (error.Line, error.Found));
        Assert.StartsWith("an element symbol", error.Expected, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Fe1A", "", "Fe")]
    [InlineData("CaM2", "", "Ca")]
    [InlineData("Co", "", "Co")]
    [InlineData("C1", "", "C")]
    [InlineData("OW1", "", "O")]
    [InlineData("O-H", "", "O")]
    [InlineData("MN2", "", "Mn")]
    [InlineData("FE1", "Fe2 O3", "Fe")]
    [InlineData("CA1", "C2 H6", "C")]
    [InlineData("HO1", "H2 O", "H")]
    [InlineData("FE1", "", null)]
    [InlineData("CA1", "C Ca O3", null)]
    [InlineData("Wat", "", null)]
    [InlineData("Wat", "W O3", "W")]
    [InlineData("T1", "", null)]
    [InlineData("M1", "", null)]
    [InlineData("1Fe", "", null)]
    [InlineData("'?'", "", null)]
    public void Labels_name_one_element_or_none(string label, string formula, string? symbol)
    {
        var text = "data_x\n" + (formula.Length > 0 ? $"_chemical_formula_sum '{formula}'\n" : "\n") + CifTexts.Cell + CifTexts.P1 + CifTexts.Atoms + $"{label} 0 0 0\n";
        if (symbol is not null)
        {
            Assert.Equal(symbol, CifTexts.Read(text).Crystal.Formula);
            return;
        }

        var error = CifTexts.ReadError(text);
        Assert.Equal((15, "a label that begins with the symbol of one element, such as Fe1, or _atom_site_type_symbol"), (error.Line, error.Expected));
    }

    [Fact]
    public void Deuterium_is_hydrogen_with_a_warning_and_dummies_are_left_out()
    {
        var text = "data_x\n" + CifTexts.Cell + CifTexts.P1 + "_chemical_formula_sum 'D2 O'\n"
            + "loop_ _atom_site_label _atom_site_type_symbol _atom_site_calc_flag _atom_site_fract_x _atom_site_fract_y _atom_site_fract_z\n"
            + "O1 O d 0 0 0\nD1 D calc 0.2 0 0\nD2 ? . 0 0.2 0\nX1 . dum ? ? ?\n";
        var record = CifTexts.Read(text);
        Assert.Equal("H2O", record.Crystal.Formula);
        Assert.Equal(["1 dummy sites", "2 sites of deuterium"], record.Warnings.Select(warning => string.Join(' ', warning.Split(' ').Take(warning[0] == '1' ? 3 : 4))));
    }

    [Theory]
    [InlineData("_atom_site_occupancy", "0.5", "an occupancy of 0.5 for \"Cl1\"")]
    [InlineData("_atom_site_occupancy", "0.98(1)", "an occupancy of 0.98(1) for \"Cl1\"")]
    [InlineData("_atom_site_occupancy", "0", "an occupancy of 0 for \"Cl1\"")]
    [InlineData("_atom_site_disorder_group", "1", "\"Cl1\" in the disorder group \"1\"")]
    [InlineData("_atom_site_disorder_group", "-1", "\"Cl1\" in the disorder group \"-1\"")]
    [InlineData("_atom_site_disorder_assembly", "A", "\"Cl1\" in the disorder assembly \"A\"")]
    [InlineData("_atom_site_occupancy", "1", null)]
    [InlineData("_atom_site_occupancy", "0.9995", null)]
    [InlineData("_atom_site_occupancy", "0.99(1)", null)]
    [InlineData("_atom_site_occupancy", "1.000(3)", null)]
    [InlineData("_atom_site_occupancy", "?", null)]
    [InlineData("_atom_site_disorder_group", ".", null)]
    [InlineData("_atom_site_disorder_group", "0", null)]
    public void Disorder_is_refused_as_such(string tag, string value, string? found)
    {
        var text = CifTexts.Salt
            .Replace("_fract_z\n", $"_fract_z\n{tag}\n", StringComparison.Ordinal)
            .Replace("Na1 0 0 0", "Na1 0 0 0 .", StringComparison.Ordinal)
            .Replace("0.5 0.5 0.5", $"0.5 0.5 0.5 {value}", StringComparison.Ordinal);
        if (found is null)
        {
            Assert.Equal("NaCl", CifTexts.Read(text).Crystal.Formula);
            return;
        }

        var error = CifTexts.ReadError(text);
        Assert.Equal((16, found, true), (error.Line, error.Found, error.IsDisordered));
    }

    [Fact]
    public void Two_species_on_a_site_are_disorder_and_two_equal_atoms_a_mistake()
    {
        var mixed = CifTexts.ReadError(CifTexts.Salt + "K1 0 1 0.0001\n");
        Assert.Equal((16, true, "\"K1\" on the site of \"Na1\", line 14"), (mixed.Line, mixed.IsDisordered, mixed.Found));
        var twice = CifTexts.ReadError(CifTexts.Salt + "Na2 0 1 0.0001\n");
        Assert.Equal((16, false, "0.0006 Å between images of \"Na1\", line 14, and \"Na2\""), (twice.Line, twice.IsDisordered, twice.Found));
        Assert.Contains("only 0.300 Å apart", Assert.Single(CifTexts.Read(CifTexts.Salt + "Na2 0 1 0.05\n").Warnings), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", 0, "a CIF: data_, the name of a data block, and its items", "an empty file")]
    [InlineData("  # nothing\n", 0, "a CIF: data_, the name of a data block, and its items", "an empty file")]
    [InlineData("hello", 1, "data_ and the name of a data block", "\"hello\"")]
    [InlineData("\n_cell_length_a 4", 2, "data_ and the name of a data block", "\"_cell_length_a\"")]
    [InlineData("data_x\n_publ_author_name 'A B'", 1, "a data block with atoms", "none with a cell or atoms")]
    [InlineData("\ndata_x\n" + CifTexts.Cell, 2, "a data block with atoms", "a cell without atoms")]
    [InlineData("data_x\nstray", 2, "a data name, loop_ or data_", "\"stray\"")]
    [InlineData("data_x\n_a b c", 2, "a data name, loop_ or data_", "\"c\"")]
    [InlineData("data_x\n_a _b c", 2, "a value of the data name before", "\"_b\"")]
    [InlineData("data_x\n_cell_length_a\n_cell_length_b 4", 3, "a value of _cell_length_a", "\"_cell_length_b\"")]
    [InlineData("data_x _a", 1, "a value of the data name before", "the end of the file")]
    [InlineData("data_x\nloop_\n1 2", 3, "data names after loop_", "\"1\"")]
    [InlineData("data_x\nloop_ _a _b\n1 2 3\n_c 4", 4, "full rows in the loop of line 2", "3 values for 2 data names, and then \"_c\"")]
    [InlineData("data_x\nglobal_\n_a 1", 2, "a data name, loop_ or data_", "\"global_\"")]
    [InlineData("data_x\nsave_f\n_a 1", 3, "a data name, loop_, or save_ to end the save frame of line 2", "the end of the file")]
    [InlineData("data_x\nsave_", 2, "a data name, loop_ or data_", "\"save_\"")]
    [InlineData("data_x\n_a 'b\n", 2, "a closing ' before the end of the line", "'b")]
    [InlineData("data_x\n_a \0", 2, "a text", "a binary file")]
    [InlineData("data_x\n_cell_length_a 4\n_cell_length_a 4\n", 3, "the data name _cell_length_a once in a data block", "a second time")]
    [InlineData("data_x\n" + CifTexts.P1 + CifTexts.Atoms + "Na1 0 0 0\n", 1, "_cell_length_a in the data block, as it has atoms", "none")]
    [InlineData("data_x\n" + CifTexts.Cell + "loop_ _atom_site_label _atom_site_Cartn_x Na 0", 8, "positions of atoms (_atom_site_fract_x", "only Cartesian ones, which are not supported")]
    [InlineData("data_x\n" + CifTexts.Cell + "loop_ _atom_site_label _atom_site_fract_x Na 0", 1, "positions of atoms (_atom_site_fract_x", "none")]
    [InlineData("data_x\n" + CifTexts.Cell + "loop_ _atom_site_fract_x _atom_site_fract_y _atom_site_fract_z 0 0 0", 8, "names of atoms", "none")]
    [InlineData("data_x\n" + CifTexts.Cell + "loop_ _atom_site_label Na Cl loop_ _atom_site_fract_x _atom_site_fract_y _atom_site_fract_z 0 0 0", 8, "as many values of _atom_site_label as of _atom_site_fract_x (1)", "2")]
    [InlineData("data_x\n" + CifTexts.Cell + CifTexts.Atoms + "Na1 0 ? 0", 13, "3 coordinates of \"Na1\"", "\"?\": an atom without a position")]
    [InlineData("data_x\n" + CifTexts.Cell + CifTexts.Atoms + "Na1 0 1/2 0", 13, "a coordinate of \"Na1\"", "\"1/2\"")]
    [InlineData("data_x\n" + CifTexts.Cell + CifTexts.Atoms + "Na1 0 1e9 0", 13, "a coordinate of \"Na1\"", "\"1e9\"")]
    [InlineData("data_x\n" + CifTexts.Cell + CifTexts.Atoms, 0, "", "")]
    [InlineData("data_x\n_cell_length_a 4\n_cell_length_b 4\n_cell_length_c 4\n_cell_angle_alpha 30\n_cell_angle_beta 30\n_cell_angle_gamma 90\n" + CifTexts.Atoms + "Na1 0 0 0", 2, "cell angles between 0 and 180 degrees that close a cell", "30, 30, 90")]
    [InlineData("data_x\n_cell_length_a 1e-5\n_cell_length_b 4\n_cell_length_c 4\n_cell_angle_gamma x\n" + CifTexts.Atoms + "Na1 0 0 0", 5, "_cell_angle_gamma, a positive number of degrees", "\"x\"")]
    public void Errors_name_the_line_what_was_expected_and_what_was_found(string text, int line, string expected, string found)
    {
        var error = CifTexts.ReadError(text);
        if (expected.Length == 0)
        {
            (line, expected, found) = (10, "at least one atom", "none");
        }

        Assert.Equal(("a.cif", line), (error.File, error.Line));
        Assert.StartsWith(expected, error.Expected, StringComparison.Ordinal);
        Assert.StartsWith(found, error.Found, StringComparison.Ordinal);
        Assert.False(error.IsDisordered);
    }

    [Fact]
    public void Several_crystals_are_named_by_their_blocks_and_a_bad_one_does_not_end_the_reading()
    {
        var results = CifTexts.ReadAll(
            CifTexts.Salt + "data_bad\n_a b c d\n'data_no\n" + "data_text _a b\n" + CifTexts.Salt.Replace("data_salt", "data_Salt", StringComparison.Ordinal)
            + CifTexts.Salt.Replace("data_salt", "data_", StringComparison.Ordinal)
            + "data_disordered\n" + CifTexts.Salt[10..].Replace("Na1 0 0 0", "Na1 ? 0 0", StringComparison.Ordinal));
        Assert.Equal([true, false, true, true, false], results.Select(result => result.IsSuccess));
        Assert.Equal(["a#salt", "a#Salt(3)", "a#4"], results.Where(result => result.IsSuccess).Select(result => result.Record!.Id));
        Assert.Equal(["a.cif(1)", "a.cif(20)", "a.cif(35)"], results.Where(result => result.IsSuccess).Select(result => result.Record!.Origin));
        Assert.Equal([17, 63], results.Where(result => !result.IsSuccess).Select(result => result.Error!.Line));
    }

    [Fact]
    public void Ids_have_no_control_characters() => Assert.Equal(
        ["a#salt", "a#x_[2J"], CifTexts.ReadAll(CifTexts.Salt + CifTexts.Salt.Replace("salt", "x\u001b[2J", StringComparison.Ordinal)).Select(result => result.Record!.Id));

    [Fact]
    public void Any_number_of_disordered_crystals_may_follow_one_another()
    {
        var disordered = CifTexts.Salt.Replace("0.5 0.5 0.5", "0 0 0", StringComparison.Ordinal);
        var results = CifTexts.ReadAll(string.Concat(Enumerable.Repeat(disordered, 1500)) + CifTexts.Salt);
        Assert.Equal((1501, true), (results.Count, results[^1].IsSuccess));
    }

    [Fact]
    public void A_missing_value_before_a_block_does_not_lose_the_block()
    {
        var results = CifTexts.ReadAll("data_x\n_a\n" + CifTexts.Salt);
        Assert.Equal([false, true], results.Select(result => result.IsSuccess));
    }

    [Fact]
    public void Reading_is_lazy_and_disposes_of_the_stream()
    {
        var stream = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(CifTexts.Salt + "\n" + CifTexts.Salt));
        Assert.Equal("a#salt", CifReader.Read(stream, "a.cif", "a").First().Record!.Id);
        Assert.Throws<ObjectDisposedException>(() => stream.ReadByte());
        Assert.Throws<ArgumentOutOfRangeException>(() => CifReader.Read(Stream.Null, "a", "a", new() { SiteTolerance = 1 }));
    }

    [Fact]
    public void Garbage_ends_soon_and_limits_hold()
    {
        var words = new System.Text.StringBuilder();
        while (words.Length < 10_000_000)
        {
            words.Append("data_x y\n");
        }

        var results = CifTexts.ReadAll(words.ToString());
        Assert.Equal(1001, results.Count);
        Assert.Equal("1000 bad data blocks in a row; the rest was not read", results[^1].Error!.Found);

        var many = CifTexts.Salt + string.Concat(Enumerable.Range(0, 100).Select(atom => $"Na{atom} 0.1 0.{atom:00} 0.3\n"));
        Assert.Equal("at most 50 atoms in the cell", CifTexts.ReadError(many, new() { MaximumAtoms = 50 }).Expected);
        Assert.StartsWith("a data block of which at most 2000 characters", CifTexts.ReadError(many, new() { MaximumBlockLength = 2000 }).Expected, StringComparison.Ordinal);
        Assert.StartsWith("a data block of which at most", CifTexts.ReadError($"data_x _cell_length_a\n;{new string('x', 5000)}\n;", new() { MaximumBlockLength = 2000 }).Expected, StringComparison.Ordinal);

        // What is no part of a crystal may be as long as it likes.
        Assert.Equal("NaCl", CifTexts.Read(CifTexts.Salt + $"_shelx_hkl_file\n;{new string('x', 100_000)}\n;", new() { MaximumBlockLength = 2000 }).Crystal.Formula);
    }

    [Fact]
    public void Composition_multiplicities_and_missing_hydrogens_are_checked()
    {
        var record = CifTexts.Read(CifTexts.Salt
            .Replace("data_salt", "data_x\n_chemical_formula_sum 'Na2 Cl'", StringComparison.Ordinal)
            .Replace("_fract_z\n", "_fract_z\n_atom_site_symmetry_multiplicity\n_atom_site_attached_hydrogens\n", StringComparison.Ordinal)
            .Replace("0 0 0", "0 0 0 1 .", StringComparison.Ordinal)
            .Replace("0.5 0.5 0.5", "0.5 0.5 0.5 2 3", StringComparison.Ordinal));
        Assert.Equal(
            [
                "3 hydrogen atoms have no position and are not in the crystal (_atom_site_attached_hydrogens).",
                "The multiplicities of 1 of 2 sites are others than in the file: \"Cl1\" has 1 images, but the file says 2.",
                "The atoms in the cell are NaCl, but the file has the formula \"Na2 Cl\".",
            ],
            record.Warnings);
    }
}
