using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Faithful.Crystals.Formats;
using Faithful.Crystals.Symmetry;

namespace Faithful.Datasets;

/// <summary>The tasks that the project knows by name.</summary>
public static class LearningTasks
{
    /// <summary>Gets the space group, 1 to 230. Its models never see what the symmetry finder found.</summary>
    public static LearningTask SpaceGroup { get; } = LearningTask.Classification(
        "space-group",
        "space_group",
        Enumerable.Range(1, 230).Select(number => number.ToString(CultureInfo.InvariantCulture)),
        usesSymmetry: false);

    /// <summary>
    /// Gets the crystallographic point group, 32 symbols in the order of the International Tables. As <see cref="SpaceGroup"/>,
    /// without symmetry.
    /// </summary>
    public static LearningTask PointGroup { get; } = LearningTask.Classification(
        "point-group",
        "point_group",
        Enumerable.Range(1, 230).Select(SpaceGroups.PointGroupSymbol).Distinct(StringComparer.Ordinal),
        usesSymmetry: false);

    /// <summary>Gets the formation energy per atom, eV/atom.</summary>
    public static LearningTask FormationEnergy { get; } = LearningTask.Regression("formation-energy", "formation_energy_per_atom", "eV/atom");

    /// <summary>Gets the magnetic ordering: none, ferromagnetic, ferrimagnetic, antiferromagnetic.</summary>
    public static LearningTask MagneticOrdering { get; } =
        LearningTask.Classification("magnetic-ordering", "magnetic_ordering", ["NM", "FM", "FiM", "AFM"]);

    /// <summary>
    /// Gets the topological class in the five classes of topological quantum chemistry (M. G. Vergniory et al., Nature 566, 480
    /// (2019), doi:10.1038/s41586-019-0954-4): linear combination of elementary band representations, not a linear combination,
    /// split elementary band representation, enforced semimetal, enforced semimetal with Fermi degeneracy.
    /// </summary>
    public static LearningTask TopologicalClass { get; } = LearningTask.Classification("tqc", "tqc", ["LCEBR", "NLC", "SEBR", "ES", "ESFD"]);

    /// <summary>Gets the topological class in three: trivial (LCEBR), topological insulator (NLC, SEBR), semimetal (ES, ESFD).</summary>
    public static LearningTask BasicTopologicalClass { get; } = LearningTask.Merged(
        "tqc-basic",
        "tqc",
        ["trivial", "TI", "SM"],
        new Dictionary<string, string> { ["LCEBR"] = "trivial", ["NLC"] = "TI", ["SEBR"] = "TI", ["ES"] = "SM", ["ESFD"] = "SM" });

    /// <summary>Gets the band gap, eV.</summary>
    public static LearningTask BandGap { get; } = LearningTask.Regression("band-gap", "band_gap", "eV");

    /// <summary>Gets all tasks that have a name.</summary>
    public static ImmutableArray<LearningTask> All { get; } =
        [SpaceGroup, PointGroup, FormationEnergy, MagneticOrdering, TopologicalClass, BasicTopologicalClass, BandGap];

    /// <summary>Finds a task by its name.</summary>
    /// <param name="name">The name, for example <c>point-group</c>; capital letters count.</param>
    /// <param name="task">The task, or null.</param>
    /// <returns>Whether there is a task of this name.</returns>
    public static bool TryFind(string name, [NotNullWhen(true)] out LearningTask? task)
    {
        task = All.FirstOrDefault(candidate => candidate.Name == name);
        return task is not null;
    }

    /// <summary>Finds a task by its name.</summary>
    /// <param name="name">The name, for example <c>point-group</c>; capital letters count.</param>
    /// <returns>The task.</returns>
    /// <exception cref="ArgumentException">There is no task of this name; the message lists all of them.</exception>
    public static LearningTask Find(string name) => TryFind(name, out var task)
        ? task
        : throw new ArgumentException($"\"{name}\" is not a task; the tasks are {string.Join(", ", All.Select(known => known.Name))}.", nameof(name));

    /// <summary>Finds a task by its name or by its label column, or makes one of any other label column.</summary>
    /// <param name="nameOrColumn">The name of a task or of a label column.</param>
    /// <param name="records">The records that show what the column holds.</param>
    /// <returns>The task.</returns>
    /// <exception cref="LabelException">It is neither a task nor a column that can make one.</exception>
    public static LearningTask Resolve(string nameOrColumn, IEnumerable<CrystalRecord> records) =>
        Known(nameOrColumn) ?? LearningTask.FromColumn(nameOrColumn, records);

    /// <summary>Finds a task by its name or by its label column, or makes one of any other label column, from labels alone.</summary>
    /// <param name="nameOrColumn">The name of a task or of a label column.</param>
    /// <param name="rows">The rows that show what the column holds.</param>
    /// <returns>The task.</returns>
    /// <exception cref="LabelException">It is neither a task nor a column that can make one.</exception>
    public static LearningTask Resolve(string nameOrColumn, IEnumerable<LabelRow> rows) =>
        Known(nameOrColumn) ?? LearningTask.FromColumn(nameOrColumn, rows);

    private static LearningTask? Known(string nameOrColumn) =>
        TryFind(nameOrColumn, out var task) ? task : All.FirstOrDefault(known => known.LabelColumn == nameOrColumn);
}
