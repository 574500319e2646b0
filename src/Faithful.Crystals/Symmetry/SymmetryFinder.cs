using System.Diagnostics.CodeAnalysis;

namespace Faithful.Crystals.Symmetry;

/// <summary>Finds the symmetry of crystals with spglib. All methods may be called from many threads at once.</summary>
public static class SymmetryFinder
{
    /// <summary>Gets the version of spglib, for example <c>2.0.2</c>.</summary>
    /// <exception cref="MissingNativeLibraryException">spglib is missing or unusable.</exception>
    public static string Version => Spglib.Version;

    /// <summary>Tries to get the version of spglib.</summary>
    /// <param name="version">The version, or null.</param>
    /// <param name="problem">What is missing and what to install, or null.</param>
    /// <returns>Whether spglib can be used.</returns>
    public static bool TryGetVersion([NotNullWhen(true)] out string? version, [NotNullWhen(false)] out string? problem)
    {
        try
        {
            (version, problem) = (Spglib.Version, null);
            return true;
        }
        catch (MissingNativeLibraryException exception)
        {
            (version, problem) = (null, exception.Message);
            return false;
        }
    }

    /// <summary>Finds the space group of a crystal and the symmetry of its sites.</summary>
    /// <param name="crystal">The crystal, in any cell and orientation.</param>
    /// <param name="options">The tolerances; null for the defaults.</param>
    /// <returns>The symmetry.</returns>
    /// <exception cref="SymmetryException">spglib finds none with these tolerances.</exception>
    /// <exception cref="MissingNativeLibraryException">spglib is missing or unusable.</exception>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public static CrystalSymmetry Analyze(Crystal crystal, SymmetryOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(crystal);
        options ??= new();
        options.Validate();
        Spglib.Require();
        return OperationSearch.Find(crystal, options) is { } operations && operations.TryIdentify(options.DistanceTolerance, out var type)
            ? new CrystalSymmetry(crystal, options, operations, type, isPrimitive: true)
            : CentredSearch.Find(crystal, options) ?? AnalyzeWithSpglib(crystal, options);
    }

    /// <summary>As <see cref="Analyze"/>, by spglib alone.</summary>
    internal static unsafe CrystalSymmetry AnalyzeWithSpglib(Crystal crystal, SymmetryOptions options) =>
        WithDataset(crystal, options, dataset => new CrystalSymmetry(crystal, options, (SpglibDataset*)dataset));

    /// <summary>Finds the setting and the Wyckoff positions.</summary>
    internal static unsafe SpglibSites FindSites(Crystal crystal, SymmetryOptions options) =>
        WithDataset(crystal, options, dataset => new SpglibSites((SpglibDataset*)dataset, crystal.Count));

    /// <summary>Finds the operations by spglib.</summary>
    /// <param name="crystal">The crystal, in a right-handed basis.</param>
    /// <param name="options">The tolerances.</param>
    /// <returns>Matrices for columns of fractions, nine numbers each, and translations in fractions, three each.</returns>
    /// <exception cref="SymmetryException">spglib finds none with these tolerances.</exception>
    internal static unsafe (int[] Rotations, double[] Translations) FindOperations(Crystal crystal, SymmetryOptions options) =>
        WithDataset(crystal, options, pointer =>
        {
            var dataset = (SpglibDataset*)pointer;
            return (
                new ReadOnlySpan<int>(dataset->Rotations, 9 * dataset->OperationCount).ToArray(),
                new ReadOnlySpan<double>(dataset->Translations, 3 * dataset->OperationCount).ToArray());
        });

    /// <summary>Finds the way to the standard primitive cell of a crystal that has more atoms and the same operations.</summary>
    internal static unsafe PrimitiveReduction FindReduction(Crystal part, SymmetryOptions options) =>
        WithDataset(part, options, dataset => new PrimitiveReduction((SpglibDataset*)dataset, null));

    /// <summary>Finds the standard primitive cell.</summary>
    /// <param name="crystal">The crystal, in any cell and orientation.</param>
    /// <param name="options">The tolerances; null for the defaults.</param>
    /// <returns>The same crystal in its smallest cell, which is right-handed.</returns>
    /// <exception cref="SymmetryException">spglib finds none, or one that is not the same crystal.</exception>
    /// <exception cref="MissingNativeLibraryException">spglib is missing or unusable.</exception>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public static Crystal Primitive(Crystal crystal, SymmetryOptions? options = null) => Standardize(crystal, options ?? new(), true);

    /// <summary>As <see cref="Primitive(Crystal, SymmetryOptions?)"/>, with what spglib has said of the same crystal before.</summary>
    internal static Crystal Primitive(Crystal crystal, SymmetryOptions options, PrimitiveReduction? reduction)
    {
        if (reduction is not null && !options.Idealize)
        {
            var given = new SpglibCell(crystal);
            if (reduction.Apply(given.ToCrystal(given.Count), options.DistanceTolerance) is { } primitive)
            {
                CheckSameCrystal(crystal, primitive, options);
                return primitive;
            }
        }

        return Standardize(crystal, options, true);
    }

    /// <summary>Finds the conventional cell of the International Tables.</summary>
    /// <param name="crystal">The crystal, in any cell and orientation.</param>
    /// <param name="options">The tolerances; null for the defaults.</param>
    /// <returns>The same crystal in its conventional cell, which is right-handed.</returns>
    /// <exception cref="SymmetryException">spglib finds none, or one that is not the same crystal.</exception>
    /// <exception cref="MissingNativeLibraryException">spglib is missing or unusable.</exception>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public static Crystal Conventional(Crystal crystal, SymmetryOptions? options = null) => Standardize(crystal, options ?? new(), false);

    private static unsafe T WithDataset<T>(Crystal crystal, SymmetryOptions options, Func<nint, T> read)
    {
        var cell = new SpglibCell(crystal);
        fixed (double* lattice = cell.Lattice, positions = cell.Positions)
        fixed (int* types = cell.Types)
        {
            var dataset = Spglib.spgat_get_dataset(
                lattice, positions, types, cell.Count, options.DistanceTolerance, options.AngleTolerance);
            if (dataset is null)
            {
                throw new SymmetryException(crystal.Formula, options.DistanceTolerance, "spglib gives no answer");
            }

            try
            {
                return dataset->SpaceGroupNumber is >= 1 and <= SpaceGroups.Count && dataset->AtomCount == crystal.Count
                    ? read((nint)dataset)
                    : throw new SymmetryException(crystal.Formula, options.DistanceTolerance, "spglib gives no space group");
            }
            finally
            {
                Spglib.spg_free_dataset(dataset);
            }
        }
    }

    private static unsafe Crystal Standardize(Crystal crystal, SymmetryOptions options, bool toPrimitive)
    {
        ArgumentNullException.ThrowIfNull(crystal);
        options.Validate();
        Spglib.Require();
        var cell = new SpglibCell(crystal);
        int count;
        fixed (double* lattice = cell.Lattice, positions = cell.Positions)
        fixed (int* types = cell.Types)
        {
            count = Spglib.spgat_standardize_cell(
                lattice,
                positions,
                types,
                cell.Count,
                toPrimitive ? 1 : 0,
                options.Idealize ? 0 : 1,
                options.DistanceTolerance,
                options.AngleTolerance);
        }

        return count < 1
            ? throw new SymmetryException(crystal.Formula, options.DistanceTolerance, "spglib gives no standard cell")
            : Standard(crystal, cell, count, options);
    }

    private static Crystal Standard(Crystal crystal, SpglibCell cell, int count, SymmetryOptions options)
    {
        try
        {
            var standard = cell.ToCrystal(count);
            CheckSameCrystal(crystal, standard, options);
            return standard;
        }
        catch (InvalidCrystalException exception)
        {
            var reason = $"spglib gives an impossible cell: {exception.Message}";
            throw new SymmetryException(crystal.Formula, options.DistanceTolerance, reason);
        }
    }

    // What must hold whatever spglib does: the same composition at the same density.
    private static void CheckSameCrystal(Crystal before, Crystal after, SymmetryOptions options)
    {
        var densityRatio = after.VolumePerAtom / before.VolumePerAtom;
        var largestStrain = options.Idealize ? 0.3 : 1e-6; // idealizing may strain the cell, by about the tolerance over its edge
        if (before.ReducedFormula != after.ReducedFormula || !(Math.Abs(densityRatio - 1) < largestStrain))
        {
            var found = FormattableString.Invariant($"{after.Formula} at {densityRatio:0.######} times the volume per atom");
            throw new SymmetryException(before.Formula, options.DistanceTolerance, $"the standard cell of spglib holds {found}");
        }
    }
}
