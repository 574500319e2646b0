using Faithful.Crystals.Descriptors;

namespace Faithful.Crystals.Tests.Descriptors;

/// <summary>Compares the descriptors of two crystals that ought to have the same ones.</summary>
internal static class DescriptorAssert
{
    // A step of the grid that descriptors are rounded to, where a value lies in the middle between two points of it.
    private const double Relative = 1e-4;
    private const double Absolute = 2e-5;

    public static void Same(DescriptorSet set, float[] expected, float[] actual, string what, Func<string, double>? factor = null)
    {
        Assert.Equal(set.Count, expected.Length);
        Assert.Equal(set.Count, actual.Length);
        for (var index = 0; index < set.Count; index++)
        {
            var wanted = expected[index] * (factor?.Invoke(set.Names[index]) ?? 1);
            var isSame = double.IsNaN(wanted)
                ? float.IsNaN(actual[index])
                : Math.Abs(actual[index] - wanted) <= Absolute + (Relative * Math.Abs(wanted));
            Assert.True(isSame, $"{what}, {set.Name}, {set.Names[index]}: {wanted} expected, {actual[index]} found");
        }
    }

    public static float Value(DescriptorSet set, float[] values, string name)
    {
        var index = set.Names.IndexOf(name);
        Assert.True(index >= 0, $"no column {name}");
        return values[index];
    }
}
