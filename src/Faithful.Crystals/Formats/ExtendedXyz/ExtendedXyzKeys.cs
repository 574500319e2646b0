namespace Faithful.Crystals.Formats.ExtendedXyz;

/// <summary>The keys of the second line that mean something to the format itself.</summary>
internal static class ExtendedXyzKeys
{
    public const string Id = "id";
    public const string Lattice = "Lattice";
    public const string Periodicity = "pbc";
    public const string Properties = "Properties";

    /// <summary>The keys that name a crystal in the files of others, the strongest first.</summary>
    public static readonly string[] Names = [Id, "material_id", "name"];

    /// <summary>The atoms' columns where the file does not list them, those of plain XYZ.</summary>
    public const string PlainProperties = "species:S:1:pos:R:3";

    public static bool IsReserved(string key) => key is Id or Lattice or Periodicity or Properties;
}
