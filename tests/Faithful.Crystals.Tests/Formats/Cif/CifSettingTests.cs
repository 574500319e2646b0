using Faithful.Crystals.Formats.Cif;
using Faithful.Crystals.Symmetry;
using Faithful.Testing;

namespace Faithful.Crystals.Tests.Formats.Cif;

/// <summary>All 530 settings of the 230 space groups, each described in four ways.</summary>
public sealed class CifSettingTests
{
    [Fact]
    public void Hall_symbols_mean_the_operations_of_the_table()
    {
        foreach (var setting in SpaceGroupSettings.All)
        {
            var group = HallSymbol.TryParse(setting.HallSymbol);
            Assert.True(group is not null, setting.HallSymbol);
            Assert.True(setting.Group.Signature == group.Signature, $"{setting.HallNumber} {setting.HallSymbol}");
            Assert.NotEqual(0UL, group.Signature.Hash);
            Assert.Equal(group.Signature, HallSymbol.TryParse(setting.HallSymbol.ToLowerInvariant().Replace(' ', '_'))!.Signature);
        }
    }

    [Fact]
    public void A_crystal_is_the_same_however_its_symmetry_is_told()
    {
        foreach (var setting in SpaceGroupSettings.All)
        {
            var name = $"{setting.HallNumber} ({setting.HallSymbol})";
            var (start, crystal) = General(setting);
            AssertNoWarnings(crystal);
            Assert.True(setting.Number == SymmetryFinder.Analyze(crystal.Crystal).SpaceGroupNumber, name);

            var byHall = CifTexts.Read(start.Replace("@", $"_space_group_name_Hall '{setting.HallSymbol}'\n_space_group_IT_number {setting.Number}\n", StringComparison.Ordinal));
            AssertNoWarnings(byHall);
            CifTexts.AssertSameAtoms(crystal.Crystal, byHall.Crystal, name);

            var symbol = $"{setting.Symbols.Split('=').Take(2).Last().Trim()}{(setting.Choice.Length > 0 ? ":" : string.Empty)}{setting.Choice}";
            var bySymbol = CifTexts.Read(start.Replace("@", $"_symmetry_space_group_name_H-M '{symbol}'\n_symmetry_Int_Tables_number {setting.Number}\n", StringComparison.Ordinal));
            AssertNoWarnings(bySymbol);
            CifTexts.AssertSameAtoms(crystal.Crystal, bySymbol.Crystal, $"{name} {symbol}");

            var inP1 = CifTexts.Read(CifTexts.Write(crystal));
            AssertNoWarnings(inP1);
            CifTexts.AssertSameAtoms(crystal.Crystal, inP1.Crystal, name);
        }
    }

    [Fact]
    public void Signatures_tell_all_space_groups_apart()
    {
        var numbers = SpaceGroupSettings.All.GroupBy(setting => setting.Group.Signature).Select(group => group.Select(setting => setting.Number).Distinct());
        Assert.All(numbers, number => Assert.Single(number));
        Assert.All(SpaceGroupSettings.All, setting => Assert.Equal(setting.Number, SpaceGroupSettings.NumberOf(setting.Group)));
    }

    // Three atoms in general positions of a cell that has the symmetry and nothing else; "@" stands for the symmetry.
    private static (string Text, Faithful.Crystals.Formats.CrystalRecord Record) General(SpaceGroupSetting setting)
    {
        var operations = setting.Group.Operations;
        for (var seed = setting.HallNumber; ; seed += 1000)
        {
            var random = new RandomCrystals(seed);
            var lattice = Symmetric(random.Lattice(operations.Length * 60.0), setting.Group);
            var (lengths, angles) = (lattice.Lengths, lattice.Angles);
            var text = FormattableString.Invariant($"data_x\n_cell_length_a {lengths.X:F9}\n_cell_length_b {lengths.Y:F9}\n_cell_length_c {lengths.Z:F9}\n")
                + FormattableString.Invariant($"_cell_angle_alpha {angles.X:F9}\n_cell_angle_beta {angles.Y:F9}\n_cell_angle_gamma {angles.Z:F9}\n@")
                + CifTexts.Atoms
                + string.Concat(new[] { "Fe1", "Si1", "O1" }.Select(label => Site(label, GeneralPosition(random, lattice, setting.Group))));
            var list = "loop_\n_space_group_symop_operation_xyz\n" + string.Concat(operations.Select(operation => $"'{Write(operation)}'\n"));
            var result = Assert.Single(CifTexts.ReadAll(text.Replace("@", list + $"_space_group_IT_number {setting.Number}\n", StringComparison.Ordinal)));
            if (result.IsSuccess && result.Record.Crystal.Count == 3 * operations.Length && result.Record.Warnings.Count == 0)
            {
                return (text, result.Record);
            }

            Assert.True(seed < 20_000, $"{setting.HallNumber}: {result.Error?.Message ?? string.Join(' ', result.Record!.Warnings)}");
        }
    }

    // Far from all elements of symmetry.
    private static Vector3D GeneralPosition(RandomCrystals random, Lattice lattice, CifSpaceGroup group)
    {
        while (true)
        {
            var position = random.Vector(0, 1);
            if (group.Operations.Skip(1).All(operation => Distance(operation.Apply(position) - position) > 0.8))
            {
                return position;
            }
        }

        double Distance(Vector3D difference) =>
            lattice.ToCartesian(difference - new Vector3D(Math.Round(difference.X), Math.Round(difference.Y), Math.Round(difference.Z))).Length;
    }

    private static string Site(string label, Vector3D position) =>
        FormattableString.Invariant($"{label} {position.X:F9} {position.Y:F9} {position.Z:F9}\n");

    // The mean of the metric over the operations.
    private static Lattice Symmetric(Lattice lattice, CifSpaceGroup group)
    {
        Vector3D[] basis = [lattice.A, lattice.B, lattice.C];
        var metric = new double[9];
        foreach (var operation in group.Operations)
        {
            var r = operation.Rotation;
            var images = Enumerable.Range(0, 3).Select(axis => (r[axis] * basis[0]) + (r[axis + 3] * basis[1]) + (r[axis + 6] * basis[2])).ToArray();
            for (var place = 0; place < 9; place++)
            {
                metric[place] += images[place / 3].Dot(images[place % 3]) / group.Operations.Length;
            }
        }

        double Length(int axis) => Math.Sqrt(metric[4 * axis]);
        double Angle(int first, int second) => Math.Acos(metric[(3 * first) + second] / (Length(first) * Length(second))) * 180 / Math.PI;
        return Lattice.FromParameters(Length(0), Length(1), Length(2), Angle(1, 2), Angle(0, 2), Angle(0, 1));
    }

    private static string Write(CifOperation operation) => string.Join(',', Enumerable.Range(0, 3).Select(row =>
        string.Concat(Enumerable.Range(0, 3).Select(column => operation.Rotation[(3 * row) + column] switch
        {
            1 => $"+{"xyz"[column]}",
            -1 => $"-{"XYZ"[column]}",
            _ => string.Empty,
        }))
        + (operation.Translation[row] == 0 ? string.Empty : FormattableString.Invariant($" + {Math.Round(operation.Translation[row] * 24)}/24"))));

    private static void AssertNoWarnings(Faithful.Crystals.Formats.CrystalRecord record) => Assert.Empty(record.Warnings);
}
