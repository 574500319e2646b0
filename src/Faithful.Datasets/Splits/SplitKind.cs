namespace Faithful.Datasets;

/// <summary>What is never divided between the parts of a <see cref="DataSplit"/>, from the weakest demand to the strongest.</summary>
public enum SplitKind
{
    /// <summary>
    /// The rows of one reduced formula and space group (of one reduced formula where a row has no label <c>space_group</c>): the
    /// groups of which purification keeps one crystal.
    /// </summary>
    Group,

    /// <summary>
    /// Nothing: every row goes by itself. So the paper splits (90 % and 10 %), and near-duplicates may sit on both sides.
    /// </summary>
    Random,

    /// <summary>The rows of one reduced formula, for example <c>Bi2Se3</c>: its polymorphs stay together.</summary>
    Formula,

    /// <summary>The rows of one anonymous formula and space group, for example <c>ABC3|221</c>: a test of unseen structure types.</summary>
    Prototype,

    /// <summary>The rows of one set of elements, for example <c>O-Sr-Ti</c>: a test of unseen chemistries.</summary>
    ChemicalSystem,
}
