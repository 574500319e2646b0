namespace Faithful.Pipelines;

/// <summary>A crystal as a row of a data view holds it.</summary>
/// <param name="Id">Its identifier; where there is none, the row's place.</param>
/// <param name="Structure">Its text.</param>
/// <param name="HasId">Whether it has an identifier.</param>
internal readonly record struct CrystalRow(string Id, string Structure, bool HasId);
