using System.Collections.Immutable;

namespace Faithful.Models;

/// <summary>
/// One input of the model contract: its name in the ONNX file, what one row belongs to, and the shape of a row. A model
/// declares the inputs that it uses, and training, export and serving read that one declaration.
/// </summary>
/// <param name="Name">The name of the graph input.</param>
/// <param name="Rows">What a row describes.</param>
/// <param name="RowShape">
/// The shape of one row: empty for a number, (3) for a vector, (3, 3) for a lattice; <see cref="Open"/> where it depends on the model.
/// </param>
/// <param name="IsInteger">True for int64, false for float32.</param>
/// <param name="Meaning">The meaning, for model cards.</param>
public sealed record ModelInput(string Name, ModelInputRows Rows, ImmutableArray<int> RowShape, bool IsInteger, string Meaning)
{
    /// <summary>Stands for a size that depends on the model.</summary>
    public const int Open = -1;

    /// <summary>Gets the atomic number of each atom, 1..118.</summary>
    public static ModelInput AtomicNumbers { get; } = new(
        "atomic_numbers", ModelInputRows.Atoms, [], true, "atomic number, 1..118");

    /// <summary>Gets the fractional position of each atom, wrapped to [0, 1).</summary>
    public static ModelInput Positions { get; } = new(
        "positions", ModelInputRows.Atoms, [3], false, "fractional position, wrapped to [0, 1)");

    /// <summary>Gets the crystal that each atom belongs to, ascending.</summary>
    public static ModelInput CrystalIndex { get; } = new(
        "crystal_index", ModelInputRows.Atoms, [], true, "crystal of the atom within the batch, ascending from 0");

    /// <summary>Gets the lattice of each crystal: rows are vectors, Å.</summary>
    public static ModelInput Lattices { get; } = new(
        "lattices", ModelInputRows.Crystals, [3, 3], false, "lattice, rows are vectors, Å");

    /// <summary>Gets the space group of each crystal, 1..230, 0 unknown.</summary>
    public static ModelInput SpaceGroups { get; } = new(
        "space_groups", ModelInputRows.Crystals, [], true, "space group number, 1..230, 0 unknown");

    /// <summary>Gets the point group of each atom's site, 1..32, 0 unknown.</summary>
    public static ModelInput SiteSymmetries { get; } = new(
        "site_symmetries", ModelInputRows.Atoms, [], true, "site-symmetry point group, 1..32 in the order of the International Tables, 0 unknown");

    /// <summary>Gets the atom at the far end of each edge.</summary>
    public static ModelInput EdgeSource { get; } = new(
        "edge_source", ModelInputRows.Edges, [], true, "neighbouring atom, index into the batch's atoms");

    /// <summary>Gets the atom that receives each edge, ascending.</summary>
    public static ModelInput EdgeTarget { get; } = new(
        "edge_target", ModelInputRows.Edges, [], true, "central atom, index into the batch's atoms, ascending");

    /// <summary>Gets the lattice translation of the source atom of each edge.</summary>
    public static ModelInput EdgeImage { get; } = new(
        "edge_image", ModelInputRows.Edges, [3], true, "lattice translation of the neighbouring atom");

    /// <summary>Gets the descriptors of each crystal, NaN where a value does not exist; the only input of a model that has it.</summary>
    public static ModelInput Descriptors { get; } = new(
        "descriptors", ModelInputRows.Crystals, [Open], false, "descriptors, NaN where a value does not exist");

    /// <summary>Gets every input of the contract that networks may take.</summary>
    public static IReadOnlyList<ModelInput> All { get; } =
        [AtomicNumbers, Positions, CrystalIndex, Lattices, SpaceGroups, SiteSymmetries, EdgeSource, EdgeTarget, EdgeImage];

    /// <summary>Finds an input by its name.</summary>
    /// <param name="name">The name in the ONNX file.</param>
    /// <returns>The input, or null for a name that the contract does not have.</returns>
    public static ModelInput? Find(string name) => All.Append(Descriptors).FirstOrDefault(input => input.Name == name);
}
