namespace Faithful.Crystals;

/// <summary>Arithmetic of whole numbers.</summary>
internal static class WholeNumber
{
    /// <summary>Gets the greatest number that divides both; zero is divided by all.</summary>
    public static int GreatestCommonDivisor(int left, int right)
    {
        while (right != 0)
        {
            (left, right) = (right, left % right);
        }

        return left;
    }
}
