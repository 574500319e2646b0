namespace Faithful.Crystals.Formats.Optimade;

/// <summary>What a property of a top-level object says about the object.</summary>
internal enum OptimadeProperty
{
    /// <summary>Nothing: responses and resources both have it.</summary>
    Undecided,

    /// <summary>The object is a response, and this is its data.</summary>
    Data,

    /// <summary>The object is a response without data: a report of errors, or the first line of a file of lines.</summary>
    Other,

    /// <summary>The object is a resource: a structure, perhaps.</summary>
    Resource,
}
