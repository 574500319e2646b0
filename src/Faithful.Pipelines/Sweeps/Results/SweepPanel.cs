using System.Globalization;
using System.Text;

namespace Faithful.Pipelines;

/// <summary>A panel of a plot: where values lie in pixels, and its frame. Values outside lie on the edge.</summary>
/// <param name="Left">The left edge in pixels.</param>
/// <param name="Top">The upper edge in pixels.</param>
/// <param name="Width">The width in pixels.</param>
/// <param name="Height">The height in pixels.</param>
/// <param name="Lowest">The value at the left edge.</param>
/// <param name="Highest">The value at the right edge.</param>
/// <param name="Bottom">The value at the lower edge.</param>
/// <param name="Upper">The value at the upper edge.</param>
/// <param name="IsLogarithmic">Whether equal factors are equally far apart from left to right.</param>
internal sealed record SweepPanel(
    double Left, double Top, double Width, double Height, double Lowest, double Highest, double Bottom, double Upper, bool IsLogarithmic)
{
    private const double Inset = 8; // pixels between frame and outermost points

    /// <summary>Gets the place of a value from left to right.</summary>
    /// <param name="value">The value.</param>
    /// <returns>Pixels.</returns>
    public double X(double value) => Left + Inset + ((Width - (2 * Inset)) * (IsLogarithmic
        ? Part(Math.Log(value), Math.Log(Lowest), Math.Log(Highest))
        : Part(value, Lowest, Highest)));

    /// <summary>Gets the place of a value from the top down.</summary>
    /// <param name="value">The value.</param>
    /// <returns>Pixels.</returns>
    public double Y(double value) => Top + Height - (Height * Part(value, Bottom, Upper));

    /// <summary>Draws frame, titles and the numbers at the ends.</summary>
    /// <param name="svg">The plot.</param>
    /// <param name="across">The title from left to right.</param>
    /// <param name="up">The title of the values; none where it is empty.</param>
    public void Frame(StringBuilder svg, string across, string up)
    {
        ArgumentNullException.ThrowIfNull(svg);
        double bottom = Top + Height;
        svg.Append(CultureInfo.InvariantCulture, $"<rect x=\"{Left}\" y=\"{Top}\" width=\"{Width}\" height=\"{Height}\" fill=\"none\" stroke=\"#ccc\"/>\n");
        Text(Left + (Width / 2), bottom + 16, "middle", across);
        Text(Left, bottom + 16, "start", Number(Lowest));
        Text(Left + Width, bottom + 16, "end", Number(Highest));
        if (up.Length > 0)
        {
            Text(Left, Top - 6, "start", up);
            for (int tick = 0; tick <= 4; tick++)
            {
                double value = Bottom + ((Upper - Bottom) * tick / 4);
                Text(Left - 4, Y(value) + 4, "end", Number(value));
            }
        }

        void Text(double x, double y, string anchor, string text) => svg.Append(
            CultureInfo.InvariantCulture, $"<text x=\"{x:0.#}\" y=\"{y:0.#}\" text-anchor=\"{anchor}\" fill=\"#333\">{text}</text>\n");
    }

    private static double Part(double value, double from, double to) => to > from ? Math.Clamp((value - from) / (to - from), 0, 1) : 0.5;

    private static string Number(double value) => value.ToString("G4", CultureInfo.InvariantCulture);
}
