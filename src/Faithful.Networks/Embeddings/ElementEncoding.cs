namespace Faithful.Networks.Embeddings;

/// <summary>What an element is to a network before anything is trained.</summary>
public enum ElementEncoding
{
    /// <summary>One-hot row ⊕ one-hot (column mod 2) ⊕ one-hot ⌊column / 2⌋ of the left-step table, as in the paper.</summary>
    LeftStep,

    /// <summary>The left-step vector ⊕ valence electrons by shell ⊕ the measured properties of the element.</summary>
    Properties,

    /// <summary>One-hot atomic number.</summary>
    OneHot,

    /// <summary>A trained vector for each element.</summary>
    Learned,
}
