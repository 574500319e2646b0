using Faithful.Networks.Operations;

namespace Faithful.Networks.Embeddings;

/// <summary>Angles from numbers of turns.</summary>
internal static class Turns
{
    /// <summary>
    /// Leaves whole turns out and multiplies by 2π: the sine of a large angle differs in the last digits from one runtime to the
    /// next, and a network would make more of it.
    /// </summary>
    public static TensorValue ToAngles(TensorValue turns) => (turns - turns.Operations.Floor(turns)) * (2 * Math.PI);
}
