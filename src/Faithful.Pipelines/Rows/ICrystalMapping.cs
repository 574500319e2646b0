using System.Collections.Immutable;

namespace Faithful.Pipelines;

/// <summary>What a component makes of crystals: columns, several rows at a time.</summary>
/// <typeparam name="TResult">The result of a row, from which all added columns are filled.</typeparam>
internal interface ICrystalMapping<TResult>
    where TResult : class
{
    /// <summary>Gets the columns it reads.</summary>
    CrystalInputColumns Inputs { get; }

    /// <summary>Gets the columns it adds.</summary>
    ImmutableArray<OutputColumn<TResult>> Columns { get; }

    /// <summary>Gets the number of rows that are read ahead and mapped together.</summary>
    int ReadAhead { get; }

    /// <summary>Gets a value indicating whether rows may be left out.</summary>
    bool DropsRows { get; }

    /// <summary>Maps rows. Several threads may do so at once.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="wantsResults">Whether a column is asked for; otherwise only which rows stay.</param>
    /// <returns>One result a row; null for a row that is left out. Without results any object stands for a row that stays.</returns>
    IReadOnlyList<TResult?> Map(IReadOnlyList<CrystalRow> rows, bool wantsResults);

    /// <summary>Gets the mapping for one pass through rows, in their order; it may remember what it has seen.</summary>
    /// <returns>This mapping where it does not depend on the order.</returns>
    ICrystalMapping<TResult> BeginPass() => this;
}
