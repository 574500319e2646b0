using System.Diagnostics.CodeAnalysis;

namespace Faithful.Crystals.Formats;

/// <summary>One outcome of reading many crystals: a record, or why there is none. A bad crystal does not end the reading.</summary>
public readonly record struct CrystalReadResult
{
    private CrystalReadResult(CrystalRecord? record, CrystalFormatException? error)
    {
        Record = record;
        Error = error;
    }

    /// <summary>Gets the crystal, or null.</summary>
    public CrystalRecord? Record { get; }

    /// <summary>Gets what is wrong, or null.</summary>
    public CrystalFormatException? Error { get; }

    /// <summary>Gets a value indicating whether there is a crystal.</summary>
    [MemberNotNullWhen(true, nameof(Record))]
    [MemberNotNullWhen(false, nameof(Error))]
    public bool IsSuccess => Record is not null;

    /// <summary>Creates the outcome of a crystal that was read.</summary>
    /// <param name="record">The crystal.</param>
    /// <returns>A result with a record.</returns>
    public static CrystalReadResult Success(CrystalRecord record) => new(record, null);

    /// <summary>Creates the outcome of a crystal that could not be read.</summary>
    /// <param name="error">What is wrong.</param>
    /// <returns>A result with an error.</returns>
    public static CrystalReadResult Failure(CrystalFormatException error) => new(null, error);

    /// <summary>Gets the crystal or throws what is wrong.</summary>
    /// <returns>The record.</returns>
    /// <exception cref="CrystalFormatException">There is none.</exception>
    public CrystalRecord GetRecordOrThrow() =>
        Record ?? throw (Error ?? new CrystalFormatException("(no file)", 0, "a crystal", "an empty result"));
}
