using System.Text;
using Faithful.Crystals.Formats.Cif;
using Faithful.Testing.Fuzzing;

namespace Faithful.Crystals.Tests.Fuzzing;

/// <summary>What CIF files are made of.</summary>
internal static class CifFuzzing
{
    private const string Atoms = "loop_\n_atom_site_label\n_atom_site_type_symbol\n_atom_site_fract_x\n_atom_site_fract_y\n_atom_site_fract_z\n_atom_site_occupancy\n";

    private static readonly string[] Seeds =
    [
        "data_Si\n_cell_length_a 5.431(2)\n_cell_length_b 5.431(2)\n_cell_length_c 5.431(2)\n_cell_angle_alpha 90\n_cell_angle_beta 90\n"
            + "_cell_angle_gamma 90\n_symmetry_space_group_name_H-M 'F d -3 m :2'\n" + Atoms + "Si1 Si 0.125 0.125 0.125 1\n",
        "#\\#CIF_1.1\ndata_text\n_publ_section_title\n;\nOn a salt\n;\ndata_x # with a list\n_chemical_formula_sum 'C H2'\n_cell_length_a 4\n_cell_length_b 5\n"
            + "_cell_length_c 6\n_cell_angle_alpha 90\n_cell_angle_beta 101.5(1)\n_cell_angle_gamma 90\n_space_group_IT_number 14\nloop_\n"
            + "_symmetry_equiv_pos_site_id\n_symmetry_equiv_pos_as_xyz\n1 x,y,z\n2 '-x,-y,-z'\n3 '-x, y+1/2, -z+1/2'\n4 \"x,1/2-y,z+0.5\"\n" + Atoms
            + "C1 C 0.1 0.2(1) 0.3 1\nH1 H 0.25 0.3 .4 1.0\nH2 ? 0 0.5 6e-1 .\n",
        "data_R\r\n_cell.length_a 4.13\r\n_cell.length_b 4.13\r\n_cell.length_c 28.6\r\n_cell.angle_gamma 120\r\n_symmetry.Int_Tables_number 166\r\n"
            + "_symmetry.space_group_name_Hall '-R 3 2\"'\r\nloop_ _atom_site.label _atom_site.fract_x _atom_site.fract_y _atom_site.fract_z\r\n"
            + "Bi1 0 0 0.4\r\nSe1 0.0 0.0 0.0000 Se2 0 0 0.2117\r\n",
        "data_one\n_faithful_id 'a b'\n_faithful_label_gap 1.5\n_cell_length_a 3\n_cell_length_b 3\n_cell_length_c 7\n_cell_angle_alpha 90\n"
            + "_cell_angle_beta 90\n_cell_angle_gamma 120\n_symmetry_Int_Tables_number 194\n" + Atoms + "C1 C 0 0 0.25 1\nC2 C 0.3333 0.6667 0.25 1\n"
            + "data_two\nsave_f\n_a b\nsave_\n_cell_length_a 3\n_cell_length_b 3\n_cell_length_c 3\n_cell_angle_alpha 90\n_cell_angle_beta 90\n"
            + "_cell_angle_gamma 90\n_symmetry_space_group_name_H-M Pm-3m\n" + Atoms + "Cs1 Cs+ 0 0 0 1\nCl1 Cl- 0.5 0.5 0.5 1\n",
    ];

    private static readonly string[] Words =
    [
        "data_", "data_x", "loop_", "save_", "save_f", "global_", "stop_", "?", ".", "'", "\"", ";", "\n;\n", "\n;", "#", "#\\#CIF_2.0", "[", "{", "'''", "_",
        "_cell_length_a", "_cell_angle_gamma", "_symmetry_equiv_pos_as_xyz", "_space_group_symop_operation_xyz", "_symmetry_space_group_name_Hall",
        "_space_group_name_H-M_alt", "_symmetry_Int_Tables_number", "_atom_site_label", "_atom_site_fract_x", "_atom_site_disorder_group",
        "_atom_site_calc_flag", "_atom_site_symmetry_multiplicity", "_faithful_label_%", "_faithful_label_%ff", "_faithful_id", "x,y,z", "'x,y,z'",
        "-x,-y,-z", "-y,x-y,z+1/3", "x+1/2,y,z", "2x+y,x+y,z", "x,y,z+1/1000", "'F m -3 m'", "'R 3 :R'", "P21/c", "'-F 4vw 2vw 3'", "'P 31 2 (0 0 4)'",
        "C1 C 0 0 0 1\n", "Na1", "Fe3+", "D", "OH", "0.3333", "0.5(1)", "5.43(2)", "1/3", "dum", "data_x _cell_length_a 3\n", "\rdata_y\r",
    ];

    public static FuzzFormat Format { get; } =
        new("cif", [.. Seeds.Select(Encoding.UTF8.GetBytes)], Words, stream => CifReader.Read(stream, "a.cif", "a"));
}
