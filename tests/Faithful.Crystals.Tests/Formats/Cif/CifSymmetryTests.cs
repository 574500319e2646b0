using Faithful.Crystals.Formats.Cif;
using Faithful.Crystals.Symmetry;

namespace Faithful.Crystals.Tests.Formats.Cif;

public sealed class CifSymmetryTests
{
    private const string Silicon = CifTexts.Atoms + "Si1 0.125 0.125 0.125\n";

    [Theory]
    [InlineData("P 21/c", 14, "-P 2ybc")]
    [InlineData("P21/c", 14, "-P 2ybc")]
    [InlineData("P2_1/c", 14, "-P 2ybc")]
    [InlineData("p 21/C", 14, "-P 2ybc")]
    [InlineData("P 1 21/c 1", 14, "-P 2ybc")]
    [InlineData("P 2(1)/c", 14, "-P 2ybc")]
    [InlineData("P 2~1~/c", 14, "-P 2ybc")]
    [InlineData("P 2<sub>1</sub>/c", 14, "-P 2ybc")]
    [InlineData("<i>P</i>2<sub>1</sub>/<i>c</i>", 14, "-P 2ybc")]
    [InlineData("P 21/c (No. 14)", 14, "-P 2ybc")]
    [InlineData("P 21/n", 14, "-P 2yn")]
    [InlineData("P 21/a", 14, "-P 2yab")]
    [InlineData("P 1 1 21/b", 14, "-P 2bc")]
    [InlineData("P 21/b", 14, "-P 2bc")]
    [InlineData("C 2/c", 15, "-C 2yc")]
    [InlineData("I 2/a", 15, "-I 2ya")]
    [InlineData("I 1 2/a 1", 15, "-I 2ya")]
    [InlineData("B 2/b", 15, "-B 2b")]
    [InlineData("C c", 9, "C -2yc")]
    [InlineData("P 21", 4, "P 2yb")]
    [InlineData("P -1", 2, "-P 1")]
    [InlineData("P-1", 2, "-P 1")]
    [InlineData("P \u22121", 2, "-P 1")]
    [InlineData("P 21 21 21", 19, "P 2ac 2ab")]
    [InlineData("P212121", 19, "P 2ac 2ab")]
    [InlineData("P n m a", 62, "-P 2ac 2n")]
    [InlineData("P b n m", 62, "-P 2c 2ab")]
    [InlineData("P 21/n 21/m 21/a", 62, "-P 2ac 2n")]
    [InlineData("C m c a", 64, "-C 2bc 2")]
    [InlineData("C m c e", 64, "-C 2bc 2")]
    [InlineData("A b m 2", 39, "A 2 -2c")]
    [InlineData("C m m b", 67, "-C 2b 2b")]
    [InlineData("C c c a:1", 68, "C 2 2 -1bc")]
    [InlineData("I 4/m m m", 139, "-I 4 2")]
    [InlineData("P 42/m n m", 136, "-P 4n 2n")]
    [InlineData("P 63/m m c", 194, "-P 6c 2c")]
    [InlineData("P 3 2 1", 150, "P 3 2\"")]
    [InlineData("P 32 2 1", 154, "P 32 2\"")]
    [InlineData("R -3 m :H", 166, "-R 3 2\"")]
    [InlineData("R -3 m H", 166, "-R 3 2\"")]
    [InlineData("R-3m:R", 166, "-P 3* 2")]
    [InlineData("H 3 2", 155, "R 3 2\"")]
    [InlineData("F m -3 m", 225, "-F 4 2 3")]
    [InlineData("Fm3m", 225, "-F 4 2 3")]
    [InlineData("F 4/m -3 2/m", 225, "-F 4 2 3")]
    [InlineData("I a 3 d", 230, "-I 4bd 2c 3")]
    [InlineData("F d -3 m :1", 227, "F 4d 2 3 -1d")]
    [InlineData("F d -3 m S", 227, "F 4d 2 3 -1d")]
    [InlineData("F d -3 m :2", 227, "-F 4vw 2vw 3")]
    [InlineData("Fd-3mZ", 227, "-F 4vw 2vw 3")]
    [InlineData("F d 3 m (origin choice 2)", 227, "-F 4vw 2vw 3")]
    [InlineData("P n n n :2", 48, "-P 2ab 2bc")]
    public void Symbols_are_known_in_all_their_spellings(string symbol, int number, string hall)
    {
        var setting = SpaceGroupSettings.OfSymbol(symbol)[0];
        Assert.Equal((number, hall), (setting.Number, setting.HallSymbol));
    }

    [Theory]
    [InlineData("")]
    [InlineData("P")]
    [InlineData("P 5")]
    [InlineData("P 21/c:7")]
    [InlineData("P 21/m n")]
    [InlineData("R -3 m X")]
    [InlineData("Nonsense")]
    public void Other_symbols_are_not(string symbol) => Assert.Empty(SpaceGroupSettings.OfSymbol(symbol));

    [Fact]
    public void Every_symbol_of_the_table_means_its_space_group_alone()
    {
        foreach (var setting in SpaceGroupSettings.All)
        {
            var symbol = setting.Symbols.Split('=')[^1].Trim();
            Assert.All(SpaceGroupSettings.OfSymbol(symbol), other => Assert.Equal(setting.Number, other.Number));
            Assert.Contains(setting, SpaceGroupSettings.OfSymbol(symbol));
            Assert.Contains(setting, SpaceGroupSettings.OfSymbol(setting.FullSymbol));
        }
    }

    [Theory]
    [InlineData("_symmetry_space_group_name_H-M 'R -3 m'\n", "_cell_angle_gamma 120\n", 4, 12, 9)]
    [InlineData("_symmetry_Int_Tables_number 166\n", "_cell_angle_gamma 120\n", 4, 12, 9)]
    [InlineData("_symmetry_space_group_name_H-M 'R -3 m'\n", "_cell_angle_alpha 60\n_cell_angle_beta 60\n_cell_angle_gamma 60\n", 4, 4, 3)]
    [InlineData("_symmetry_Int_Tables_number 166\n", "_cell_angle_alpha 60\n_cell_angle_beta 60\n_cell_angle_gamma 60\n", 4, 4, 3)]
    public void The_cell_says_which_axes_a_rhombohedral_group_has(string symmetry, string angles, double a, double c, int atoms)
    {
        var cell = FormattableString.Invariant($"data_x\n_cell_length_a {a}\n_cell_length_b {a}\n_cell_length_c {c}\n") + angles + symmetry;
        var position = atoms == 9 ? "0 0 0.2" : "0.2 0.2 0.2";
        Assert.Equal(atoms, CifTexts.Read(cell + CifTexts.Atoms + $"Bi1 {position}\nSe 0 0 0\n").Crystal.Count);
    }

    [Fact]
    public void The_cell_says_the_unique_axis_of_a_monoclinic_group()
    {
        var cell = "data_x\n_cell_length_a 4\n_cell_length_b 5\n_cell_length_c 6\n_cell_angle_alpha 90\n_cell_angle_beta 90\n_cell_angle_gamma 100\n";
        foreach (var symmetry in new[] { "_symmetry_space_group_name_H-M 'P 2'\n", "_symmetry_Int_Tables_number 3\n" })
        {
            var crystal = CifTexts.Read(cell + symmetry + CifTexts.Atoms + "Bi1 0.1 0.2 0.3\n").Crystal;
            Assert.True((crystal.FractionalPositions[1] - new Vector3D(0.9, 0.8, 0.3)).Length < 1e-12);
        }
    }

    [Fact]
    public void The_atoms_say_which_origin_is_meant()
    {
        foreach (var symmetry in new[] { "_symmetry_space_group_name_H-M 'F d -3 m'\n", "_symmetry_Int_Tables_number 227\n" })
        {
            foreach (var (position, origin) in new[] { ("0 0 0", 1), ("0.125 0.125 0.125", 2) })
            {
                var record = CifTexts.Read("data_x\n" + CifTexts.Cubic + symmetry + CifTexts.Atoms + $"Si1 {position}\n");
                Assert.Equal(8, record.Crystal.Count);
                Assert.Contains($"origin choice {origin} was taken, with 8 atoms in the cell (the other: 16).", record.Warnings[^1], StringComparison.Ordinal);
            }
        }

        // Spinel has as many atoms about the wrong origin, but another composition; or the multiplicities say it.
        const string Spinel = CifTexts.Atoms + "Mg 0.125 0.125 0.125\nAl 0.5 0.5 0.5\nO 0.2624 0.2624 0.2624\n";
        var spinel = "data_x\n" + CifTexts.Cubic.Replace("5.43", "8.08", StringComparison.Ordinal) + "_space_group_name_H-M_alt 'F d -3 m'\n";
        Assert.Equal("MgAl2O4", CifTexts.Read(spinel + "_chemical_formula_sum 'Al2 Mg O4'\n" + Spinel).Crystal.ReducedFormula);
        Assert.Equal("MgAl2O4", CifTexts.Read(spinel + Spinel
            .Replace("fract_z\n", "fract_z\n_atom_site_site_symmetry_multiplicity\n", StringComparison.Ordinal)
            .Replace("0.125\nAl", "0.125 8\nAl", StringComparison.Ordinal)
            .Replace("0.5\nO", "0.5 16\nO", StringComparison.Ordinal)
            .Replace("0.2624\n", "0.2624 32\n", StringComparison.Ordinal)).Crystal.ReducedFormula);
        Assert.Equal("MgAl2O4", CifTexts.Read(spinel.Replace("m'", "m:2'", StringComparison.Ordinal) + Spinel).Crystal.ReducedFormula);
    }

    [Fact]
    public void Atoms_near_special_positions_are_on_them()
    {
        // A honeycomb layer, with 3 to 6 decimals, rounded or cut; and a cell of 40 Å.
        foreach (var (third, twoThirds) in new[] { ("0.333", "0.667"), ("0.3333", "0.6667"), ("0.333", "0.666"), ("0.3333", "0.6666"), ("0.333333", "0.666667"), ("0.3333(2)", "0.6667(2)"), (".33", ".67") })
        {
            foreach (var length in new[] { "2.5", "10", "40" })
            {
                var text = "data_x\n" + CifTexts.Hexagonal.Replace("_a 4", $"_a {length}", StringComparison.Ordinal).Replace("_b 4", $"_b {length}", StringComparison.Ordinal)
                    + "_symmetry_space_group_name_H-M 'P 6/m m m'\n" + CifTexts.Atoms + $"C1 {third} {twoThirds} 0.5\n";
                if (third == ".33" && length == "40")
                {
                    continue; // 0.2 Å off: two decimals are too few for such a cell
                }

                var crystal = CifTexts.Read(text).Crystal;
                Assert.Equal(2, crystal.Count);
                Assert.All(crystal.FractionalPositions, position => Assert.True(
                    Math.Abs(Math.Min(position.X, position.Y) - (1.0 / 3)) < 1e-12 && Math.Abs(Math.Max(position.X, position.Y) - (2.0 / 3)) < 1e-12, $"{third} {position}"));
            }
        }
    }

    [Fact]
    public void Sixths_are_exact_unless_they_are_measured_or_in_P1()
    {
        string With(string z, string symbol = "P -1") => "data_x\n" + CifTexts.Cell + $"_symmetry_space_group_name_H-M '{symbol}'\n" + CifTexts.Atoms + $"C1 0.1 0.2 {z}\n";
        Assert.Equal(1.0 / 6, CifTexts.Read(With("0.1667")).Crystal.FractionalPositions[0].Z);
        Assert.Equal(5.0 / 6, CifTexts.Read(With("0.833")).Crystal.FractionalPositions[0].Z, 1e-15);
        Assert.Equal(1.0 / 3, CifTexts.Read(With("0.33333")).Crystal.FractionalPositions[0].Z);
        Assert.Equal(0.1667, CifTexts.Read(With("0.1667(1)")).Crystal.FractionalPositions[0].Z);
        Assert.Equal(0.33, CifTexts.Read(With("0.33")).Crystal.FractionalPositions[0].Z);
        Assert.Equal(0.334, CifTexts.Read(With("0.334")).Crystal.FractionalPositions[0].Z);
        Assert.Equal(0.1667, CifTexts.Read(With("0.1667", "P 1")).Crystal.FractionalPositions[0].Z);
    }

    [Fact]
    public void Images_within_the_tolerance_are_one_atom_at_their_mean()
    {
        string With(string x) => "data_x\n" + CifTexts.Cell + "_symmetry_space_group_name_H-M 'P -1'\n" + CifTexts.Atoms + $"C1 {x} 0.000000 0.000000\n";
        Assert.Equal([Vector3D.Zero], CifTexts.Read(With("0.001200")).Crystal.FractionalPositions.AsEnumerable()); // 0.0096 Å
        Assert.Equal(2, CifTexts.Read(With("0.001300")).Crystal.Count);
        Assert.Single(CifTexts.Read(With("0.001300"), new() { SiteTolerance = 0.02 }).Crystal.Species);
        Assert.Contains("0.0048 Å between two images of \"C1\"", CifTexts.ReadError(With("0.000600"), new() { SiteTolerance = 0 }).Found, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_without_symmetry_is_P1_with_a_warning()
    {
        var text = CifTexts.Salt.Replace(CifTexts.P1, string.Empty, StringComparison.Ordinal);
        Assert.Contains("says nothing about symmetry", Assert.Single(CifTexts.Read(text).Warnings), StringComparison.Ordinal);
        Assert.Equal(2, CifTexts.Read(text).Crystal.Count);
        var unknown = CifTexts.Salt.Replace("'P 1'", "?", StringComparison.Ordinal) + "_symmetry_equiv_pos_as_xyz ?\n_symmetry_Int_Tables_number .\n";
        Assert.Contains("given as unknown", Assert.Single(CifTexts.Read(unknown).Warnings), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("loop_ _symmetry_equiv_pos_as_xyz 'x,y,z' '-x,-y'\n", "a symmetry operation that keeps the lattice", "\"-x,-y\"")]
    [InlineData("loop_ _symmetry_equiv_pos_as_xyz 'x,y,z' ?\n", "a symmetry operation that keeps the lattice", "\"?\"")]
    [InlineData("loop_ _symmetry_equiv_pos_as_xyz 'x,y,z' '-x,-y,z' '-x,y,-z'\n", "symmetry operations that form a group", "3 that do not")]
    [InlineData("loop_ _space_group_symop.operation_xyz '-x,-y,-z'\n", "symmetry operations that form a group", "1 that do not")]
    [InlineData("_space_group_symop_magn_operation.xyz 'x,y,z,+1'\n", "operations of a space group", "only those of a magnetic one")]
    [InlineData("_symmetry_space_group_name_H-M 'P 99'\n", "a Hermann-Mauguin symbol of a space group", "\"P 99\"")]
    [InlineData("_symmetry_space_group_name_Hall 'P 99'\n", "a Hall symbol of a space group", "\"P 99\"")]
    [InlineData("_symmetry_Int_Tables_number 231\n", "the number of a space group, 1 to 230", "\"231\"")]
    [InlineData("_symmetry_Int_Tables_number x\n", "the number of a space group, 1 to 230", "\"x\"")]
    [InlineData("_symmetry_space_group_name_H-M 'P 4'\n", "a cell that has the symmetry of the symbol \"P 4\"", "4 5 6 Å, 90 90 90°, whose vectors the operations change by 56.25 %")]
    public void Symmetry_that_cannot_be_meant_is_an_error(string symmetry, string expected, string found)
    {
        var error = CifTexts.ReadError(CifTexts.Salt.Replace(CifTexts.P1, symmetry, StringComparison.Ordinal));
        Assert.Equal(8, error.Line);
        Assert.StartsWith(expected, error.Expected, StringComparison.Ordinal);
        Assert.StartsWith(found, error.Found, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("_symmetry_Int_Tables_number 3\nloop_ _symmetry_equiv_pos_as_xyz 'x,y,z' '-x,-y,-z'\n", "The group of the symmetry operations has the number 2, but the file also says the number 3; the former was taken.")]
    [InlineData("_symmetry_space_group_name_H-M 'P 2'\nloop_ _symmetry_equiv_pos_as_xyz 'x,y,z' '-x,-y,-z'\n", "The group of the symmetry operations has the number 2, but the file also says the symbol \"P 2\"; the former was taken.")]
    [InlineData("_symmetry_space_group_name_H-M 'P 2'\nloop_ _symmetry_equiv_pos_as_xyz 'x,y,z' '0.2-x,-y,-z'\n", "The symmetry operations are not of the crystal class of the symbol \"P 2\"; the operations were taken.")]
    [InlineData("_symmetry_space_group_name_H-M 'P -1'\n_symmetry_Int_Tables_number 1\n", "The space-group symbol \"P -1\" has the number 2, but the file also says the number 1; the former was taken.")]
    [InlineData("_symmetry_space_group_name_Hall 'nonsense'\n_symmetry_space_group_name_H-M 'P -1'\n", "The Hall symbol \"nonsense\" was not understood and not used.")]
    [InlineData("_symmetry_space_group_name_H-M 'nonsense'\n_symmetry_Int_Tables_number 2\n", "The Hermann-Mauguin symbol \"nonsense\" was not understood and not used.")]
    [InlineData("loop_ _symmetry_equiv_pos_as_xyz 'x,y,z' loop_ _space_group_symop_operation_xyz 'x,y,z' '-x,-y,-z'\n", "_space_group_symop_operation_xyz lists 2 operations and _symmetry_equiv_pos_as_xyz 1; the former were taken.")]
    [InlineData("loop_ _a\nloop_ _symmetry_equiv_pos_as_xyz 'x,y,z' '-x,-y,-z'\n", "The loop of line 8 has no values.")]
    [InlineData("loop_ _symmetry_equiv_pos_as_xyz 'x,y,z' '-x,-y,-z'\n", null)]
    [InlineData("_symmetry_Int_Tables_number 2\nloop_ _symmetry_equiv_pos_as_xyz 'x,y,z' '0.2-x,-y,-z'\n", null)]
    [InlineData("_symmetry_Int_Tables_number 2\n_space_group_name_H-M_alt P-1\n_space_group_name_Hall '-P 1'\n", null)]
    [InlineData("_symmetry_Int_Tables_number 2\n", null)]
    public void What_disagrees_is_a_warning(string symmetry, string? warning)
    {
        var record = CifTexts.Read("data_x\n" + CifTexts.Cell + symmetry + CifTexts.Atoms + "Si1 0.1 0.2 0.3\n");
        Assert.Equal(2, record.Crystal.Count);
        Assert.Equal(warning is null ? [] : [warning], record.Warnings);
    }

    [Fact]
    public void A_cell_that_is_nearly_symmetric_is_taken_with_a_warning()
    {
        var text = "data_x\n" + CifTexts.Cubic.Replace("_b 5.43", "_b 5.40", StringComparison.Ordinal) + "_symmetry_space_group_name_H-M 'F d -3 m:2'\n" + Silicon;
        Assert.Equal(
            "The cell has the symmetry of the symbol \"F d -3 m:2\" only roughly: the operations change it by 1.11 %.",
            Assert.Single(CifTexts.Read(text).Warnings));
    }

    [Theory]
    [InlineData("F d -3 m:2", CifTexts.Cubic, "Si1 0.125 0.125 0.125\n", "Si8", 227)]
    [InlineData("F m -3 m", CifTexts.Cubic, "Na1 0 0 0\nCl1 0.5 0.5 0.5\n", "Na4Cl4", 225)]
    [InlineData("P 63/m m c", CifTexts.Hexagonal, "C1 0 0 0.25\nC2 0.3333 0.6667 0.25\n", "C4", 194)]
    [InlineData("R -3 m", CifTexts.Hexagonal, "Bi1 0 0 0.4000\nSe1 0 0 0\nSe2 0 0 0.2112\n", "Bi6Se9", 166)]
    [InlineData("P a -3", CifTexts.Cubic, "Fe1 0 0 0\nS1 0.3848 0.3848 0.3848\n", "Fe4S8", 205)]
    [InlineData("P n m a", CifTexts.Cell, "Ca1 0.03 0.25 -0.01\nTi1 0 0 0.5\nO1 0.48 0.25 0.07\nO2 0.29 0.04 0.71\n", "Ca4Ti4O12", 62)]
    public void Well_known_crystals_have_their_atoms_and_their_space_group(string symbol, string cell, string atoms, string formula, int number)
    {
        var record = CifTexts.Read($"data_x\n{cell}_symmetry_space_group_name_H-M '{symbol}'\n{CifTexts.Atoms}{atoms}");
        Assert.Equal(formula, record.Crystal.Formula);
        Assert.Equal(number, SymmetryFinder.Analyze(record.Crystal, new() { DistanceTolerance = 1e-5 }).SpaceGroupNumber);
    }
}
