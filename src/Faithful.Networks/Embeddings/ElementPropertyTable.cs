using Faithful.Crystals;
using Faithful.Crystals.Descriptors;

namespace Faithful.Networks.Embeddings;

/// <summary>
/// Properties of the elements as numbers of one size: each property is replaced by its rank among the elements, from −1 to 1,
/// so that no unit and no outlier outweighs the others; valence electrons by shell are divided by the size of the shell.
/// </summary>
public static class ElementPropertyTable
{
    private static readonly Lazy<float[]> Cached = new(Make);

    /// <summary>Gets the number of properties of an element.</summary>
    public static int Width => ElementProperties.All.Length + 2 * Shells;

    private static int Shells => ElectronConfiguration.Of(Element.All[0]).Valence.Length;

    /// <summary>Gets the properties of all elements, shape (119, width) in row-major order; row 0 is zero.</summary>
    /// <returns>The table, in −1..1; 0 where a source lacks the value.</returns>
    public static float[] Values() => [.. Cached.Value];

    private static float[] Make()
    {
        int width = Width, column = 0;
        var table = new float[ElementEmbedding.TableRows * width];
        foreach (ElementProperty property in ElementProperties.All)
        {
            double[] known = [.. Element.All.Select(element => property[element]).Where(double.IsFinite).Distinct().Order()];
            foreach (Element element in Element.All)
            {
                int rank = Array.BinarySearch(known, property[element]);
                table[element.AtomicNumber * width + column] = double.IsFinite(property[element]) && known.Length > 1
                    ? (float)(2.0 * rank / (known.Length - 1) - 1)
                    : 0;
            }

            column++;
        }

        foreach (Element element in Element.All)
        {
            var configuration = ElectronConfiguration.Of(element);
            for (int shell = 0; shell < Shells; shell++)
            {
                float size = 2 * (2 * shell + 1);
                table[element.AtomicNumber * width + column + shell] = configuration.Valence[shell] / size;
                table[element.AtomicNumber * width + column + Shells + shell] = configuration.Unfilled[shell] / size;
            }
        }

        return table;
    }
}
