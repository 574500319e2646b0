using System.Text;
using Faithful.Crystals.Formats;
using Faithful.Crystals.Formats.Cif;

namespace Faithful.Crystals.Tests.Formats.Cif;

/// <summary>CIF texts for tests, and what is read from them.</summary>
internal static class CifTexts
{
    public const string Cell = "_cell_length_a 4\n_cell_length_b 5\n_cell_length_c 6\n_cell_angle_alpha 90\n_cell_angle_beta 90\n_cell_angle_gamma 90\n";

    public const string Cubic = "_cell_length_a 5.43\n_cell_length_b 5.43\n_cell_length_c 5.43\n_cell_angle_alpha 90\n_cell_angle_beta 90\n_cell_angle_gamma 90\n";

    public const string Hexagonal = "_cell_length_a 4\n_cell_length_b 4\n_cell_length_c 12\n_cell_angle_alpha 90\n_cell_angle_beta 90\n_cell_angle_gamma 120\n";

    public const string P1 = "_symmetry_space_group_name_H-M 'P 1'\n";

    public const string Atoms = "loop_\n_atom_site_label\n_atom_site_fract_x\n_atom_site_fract_y\n_atom_site_fract_z\n";

    public const string Salt = "data_salt\n" + Cell + P1 + Atoms + "Na1 0 0 0\nCl1 0.5 0.5 0.5\n";

    public static List<CrystalReadResult> ReadAll(string text, CifReaderOptions? options = null) =>
        [.. CifReader.Read(new MemoryStream(Encoding.UTF8.GetBytes(text)), "a.cif", "a", options)];

    public static CrystalRecord Read(string text, CifReaderOptions? options = null) => Assert.Single(ReadAll(text, options)).GetRecordOrThrow();

    public static CrystalFormatException ReadError(string text, CifReaderOptions? options = null)
    {
        var result = Assert.Single(ReadAll(text, options));
        Assert.False(result.IsSuccess, "a crystal was read");
        return result.Error!;
    }

    public static string Write(params CrystalRecord[] records)
    {
        using var stream = new MemoryStream();
        CifWriter.Write(stream, records);
        return Encoding.UTF8.GetString(stream.ToArray());
    }

    public static CrystalRecord Record(Crystal crystal, string id = "a") => new(id, crystal, new Dictionary<string, string>(), "test");

    /// <summary>The same atoms in the same places of the same cell, in any order and up to lattice translations.</summary>
    public static void AssertSameAtoms(Crystal expected, Crystal found, string name, double tolerance = 1e-9)
    {
        Assert.True(expected.Count == found.Count, $"{name}: {expected.Formula} became {found.Formula}");
        var free = Enumerable.Range(0, found.Count).ToList();
        for (var atom = 0; atom < expected.Count; atom++)
        {
            var place = free.FindIndex(other => found.Species[other] == expected.Species[atom]
                && Distance(expected.FractionalPositions[atom] - found.FractionalPositions[other]) < tolerance);
            Assert.True(place >= 0, $"{name}: {expected.Species[atom]} at {expected.FractionalPositions[atom]} is lost");
            free.RemoveAt(place);
        }
    }

    private static double Distance(Vector3D difference) =>
        Math.Max(Whole(difference.X), Math.Max(Whole(difference.Y), Whole(difference.Z)));

    private static double Whole(double number) => Math.Abs(number - Math.Round(number));
}
