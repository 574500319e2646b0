namespace Faithful.Datasets.Purification;

/// <summary>
/// The order of ids in which people count: runs of digits by their value (<c>mp-9</c> before <c>mp-10</c>), other characters by
/// their code; ids that are equal so far (<c>mp-7</c>, <c>mp-07</c>) by their codes. A total order: only equal ids compare as 0.
/// </summary>
internal sealed class NaturalOrder : IComparer<string>
{
    public static NaturalOrder Instance { get; } = new();

    /// <inheritdoc/>
    public int Compare(string? x, string? y)
    {
        if (x is null || y is null)
        {
            return string.CompareOrdinal(x, y);
        }

        var left = x.AsSpan();
        var right = y.AsSpan();
        while (left.Length > 0 && right.Length > 0)
        {
            int result;
            if (char.IsAsciiDigit(left[0]) && char.IsAsciiDigit(right[0]))
            {
                var one = TakeNumber(ref left);
                var other = TakeNumber(ref right);
                result = one.Length != other.Length ? one.Length.CompareTo(other.Length) : one.SequenceCompareTo(other);
            }
            else
            {
                result = left[0].CompareTo(right[0]);
                left = left[1..];
                right = right[1..];
            }

            if (result != 0)
            {
                return result;
            }
        }

        return left.Length != right.Length ? left.Length.CompareTo(right.Length) : string.CompareOrdinal(x, y);
    }

    // The digits without leading zeros, so that of two numbers the longer is the larger, however long they are.
    private static ReadOnlySpan<char> TakeNumber(ref ReadOnlySpan<char> text)
    {
        var end = text.IndexOfAnyExceptInRange('0', '9');
        var digits = end < 0 ? text : text[..end];
        text = text[digits.Length..];
        return digits.TrimStart('0');
    }
}
