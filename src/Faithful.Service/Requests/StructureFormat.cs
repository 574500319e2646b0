namespace Faithful.Service.Requests;

/// <summary>What a request says that the text of a structure is.</summary>
internal enum StructureFormat
{
    /// <summary>Whatever the text looks like: POSCAR, CIF, extended XYZ, materials JSONL or OPTIMADE JSON.</summary>
    Auto,

    /// <summary>A POSCAR.</summary>
    Poscar,

    /// <summary>A CIF.</summary>
    Cif,

    /// <summary>Materials JSONL or OPTIMADE JSON.</summary>
    Json,
}
