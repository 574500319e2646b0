namespace Faithful.Networks;

/// <summary>How the tokens of a crystal become one vector.</summary>
public enum TokenPooling
{
    /// <summary>Their mean.</summary>
    Mean,

    /// <summary>Twelve trained seeds attend to them, then to each other, and the first is read, as in the paper's code.</summary>
    Seeds,
}
