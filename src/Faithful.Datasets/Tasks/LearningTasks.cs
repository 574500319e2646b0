using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Faithful.Crystals.Formats;

namespace Faithful.Datasets;

/// <summary>The tasks that the project knows by name: those of <see cref="LearningTaskTable.Standard"/>.</summary>
public static class LearningTasks
{
    /// <summary>Gets the space group, 1 to 230. Its models never see what the symmetry finder found.</summary>
    public static LearningTask SpaceGroup { get; } = Find("space-group");

    /// <summary>
    /// Gets the crystallographic point group, 32 symbols in the order of the International Tables. As <see cref="SpaceGroup"/>,
    /// without symmetry.
    /// </summary>
    public static LearningTask PointGroup { get; } = Find("point-group");

    /// <summary>Gets the formation energy per atom, eV/atom.</summary>
    public static LearningTask FormationEnergy { get; } = Find("formation-energy");

    /// <summary>Gets the magnetic ordering: none, ferromagnetic, ferrimagnetic, antiferromagnetic.</summary>
    public static LearningTask MagneticOrdering { get; } = Find("magnetic-ordering");

    /// <summary>Gets the topological class in the five classes of topological quantum chemistry.</summary>
    public static LearningTask TopologicalClass { get; } = Find("tqc");

    /// <summary>Gets the topological class in three: trivial (LCEBR), topological insulator (NLC, SEBR), semimetal (ES, ESFD).</summary>
    public static LearningTask BasicTopologicalClass { get; } = Find("tqc-basic");

    /// <summary>Gets the band gap, eV.</summary>
    public static LearningTask BandGap { get; } = Find("band-gap");

    /// <summary>Gets all tasks that have a name.</summary>
    public static ImmutableArray<LearningTask> All => LearningTaskTable.Standard.Tasks;

    /// <summary>Finds a task by its name.</summary>
    /// <param name="name">The name, for example <c>point-group</c>; capital letters count.</param>
    /// <param name="task">The task, or null.</param>
    /// <returns>Whether there is a task of this name.</returns>
    public static bool TryFind(string name, [NotNullWhen(true)] out LearningTask? task) => LearningTaskTable.Standard.TryFind(name, out task);

    /// <summary>Finds a task by its name.</summary>
    /// <param name="name">The name, for example <c>point-group</c>; capital letters count.</param>
    /// <returns>The task.</returns>
    /// <exception cref="ArgumentException">There is no task of this name; the message lists all of them.</exception>
    public static LearningTask Find(string name) => LearningTaskTable.Standard.Find(name);

    /// <summary>Finds a task by its name or by its label column, or makes one of any other label column.</summary>
    /// <param name="nameOrColumn">The name of a task or of a label column.</param>
    /// <param name="records">The records that show what the column holds.</param>
    /// <returns>The task.</returns>
    /// <exception cref="LabelException">It is neither a task nor a column that can make one.</exception>
    public static LearningTask Resolve(string nameOrColumn, IEnumerable<CrystalRecord> records) =>
        Resolve(nameOrColumn, records.Select(record => new LabelRow(record.Id, record.Labels, record.Origin)));

    /// <summary>Finds a task by its name or by its label column, or makes one of any other label column, from labels alone.</summary>
    /// <param name="nameOrColumn">The name of a task or of a label column.</param>
    /// <param name="rows">The rows that show what the column holds.</param>
    /// <returns>The task.</returns>
    /// <exception cref="LabelException">It is neither a task nor a column that can make one.</exception>
    public static LearningTask Resolve(string nameOrColumn, IEnumerable<LabelRow> rows) => LearningTaskTable.Standard.Resolve(nameOrColumn, rows);
}
