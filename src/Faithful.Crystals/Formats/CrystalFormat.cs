namespace Faithful.Crystals.Formats;

/// <summary>The formats of crystals that are read and written.</summary>
public enum CrystalFormat
{
    /// <summary>POSCAR and CONTCAR of VASP: one crystal a file.</summary>
    Poscar,

    /// <summary>CIF of the International Union of Crystallography: any number of crystals, with labels.</summary>
    Cif,

    /// <summary>Materials JSONL: one crystal a line, with labels.</summary>
    MaterialsJson,

    /// <summary>Extended XYZ as ASE and libAtoms write it: any number of crystals, with labels.</summary>
    ExtendedXyz,

    /// <summary>Structures of an OPTIMADE server as JSON: any number of crystals, with labels.</summary>
    Optimade,
}
