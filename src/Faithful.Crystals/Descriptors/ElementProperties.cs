using System.Collections.Immutable;

namespace Faithful.Crystals.Descriptors;

/// <summary>The properties of elements whose statistics describe a composition.</summary>
public static class ElementProperties
{
    private const string Definition = "follows from the atomic number";
    private const string Configuration = "follows from the ground state in elements.csv (NIST Atomic Spectra Database)";

    /// <summary>Gets all properties, always in the same order.</summary>
    public static ImmutableArray<ElementProperty> All { get; } =
    [
        Of("atomic_number", "1", "Atomic number", Definition, element => element.AtomicNumber),
        Of(
            "atomic_mass",
            "u",
            "Standard atomic weight, or mass number of the longest-lived isotope",
            "IUPAC 2021 (T. Prohaska et al., Pure Appl. Chem. 94, 573 (2022))",
            element => element.AtomicMass),
        Of("period", "1", "Period of the usual table", Definition, element => element.Period),
        Of("group", "1", "Group of the usual table; missing in the f block", Definition, element => element.Group > 0 ? element.Group : double.NaN),
        Of("left_step_row", "1", "Row of the left-step table, n + l − 1", Definition, element => element.LeftStepRow),
        Of("left_step_column", "1", "Column of the left-step table: f 0..13, d 14..23, p 24..29, s 30..31", Definition, element => element.LeftStepColumn),
        Of(
            "covalent_radius",
            "Å",
            "Covalent radius",
            "B. Cordero et al., Dalton Trans. 2008, 2832; Bk to Og P. Pyykkö and M. Atsumi, Chem. Eur. J. 15, 186 (2009)",
            element => element.CovalentRadius),
        .. ElementTable.Embedded.Columns.Select(column =>
            new ElementProperty(column.Name, column.Unit, column.Description, column.Source, ElementTable.Embedded.Values(column.Name))),
        .. Orbitals("valence_", "valence electrons", configuration => configuration.Valence),
        .. Orbitals("unfilled_", "free places in the subshells of the valence electrons", configuration => configuration.Unfilled),
        Of(
            "unpaired_electrons",
            "1",
            "Unpaired electrons of the free atom by Hund's first rule",
            Configuration,
            element => ElectronConfiguration.Of(element).UnpairedElectrons),
    ];

    /// <summary>Finds a property.</summary>
    /// <param name="name">Its name, for example <c>electronegativity</c>.</param>
    /// <returns>The property.</returns>
    /// <exception cref="ArgumentException">There is none of this name.</exception>
    public static ElementProperty Find(string name) => All.FirstOrDefault(property => property.Name == name)
        ?? throw new ArgumentException($"\"{name}\" is no property of elements; there are {string.Join(", ", All)}.", nameof(name));

    private static IEnumerable<ElementProperty> Orbitals(string prefix, string what, Func<ElectronConfiguration, ImmutableArray<int>> numbers)
    {
        for (var azimuthal = 0; azimuthal < Subshell.Letters.Length; azimuthal++)
        {
            var (l, letter) = (azimuthal, Subshell.Letters[azimuthal]);
            yield return Of($"{prefix}{letter}", "1", $"Number of {letter} {what}", Configuration, element => numbers(ElectronConfiguration.Of(element))[l]);
        }

        yield return Of($"{prefix}all", "1", $"Number of {what}", Configuration, element => numbers(ElectronConfiguration.Of(element)).Sum());
    }

    private static ElementProperty Of(string name, string unit, string description, string source, Func<Element, double> value) =>
        new(name, unit, description, source, [.. Element.All.Select(value)]);
}
