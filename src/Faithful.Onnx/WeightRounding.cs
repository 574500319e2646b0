using System.Globalization;
using Faithful.Models;
using Faithful.Networks.Operations;

namespace Faithful.Onnx;

/// <summary>Rounds trained parameters to the format in which an ONNX file stores them.</summary>
public static class WeightRounding
{
    /// <summary>Rounds parameters: the network with the result is the one that the ONNX file holds.</summary>
    /// <param name="layout">The network's layout.</param>
    /// <param name="values">Its flat parameter values.</param>
    /// <param name="format">The format.</param>
    /// <returns>The rounded values in layout order; a copy.</returns>
    /// <exception cref="WeightRangeException">A parameter is no number, or larger than the format can hold.</exception>
    public static float[] Round(ParameterLayout layout, float[] values, WeightFormat format)
    {
        ArgumentNullException.ThrowIfNull(layout);
        ArgumentNullException.ThrowIfNull(values);
        if (values.Length != layout.Count)
        {
            throw new ArgumentException($"expected {layout.Count} parameter values, found {values.Length}", nameof(values));
        }

        float[] rounded = [.. values];
        if (format == WeightFormat.Float32)
        {
            return rounded;
        }

        int offset = 0;
        foreach (ParameterReference parameter in layout.Parameters)
        {
            foreach (ref float value in rounded.AsSpan(offset, checked((int)parameter.Count)))
            {
                float nearest = (float)(Half)value;
                if (!float.IsFinite(nearest))
                {
                    throw new WeightRangeException(
                        parameter.Name, $"numbers of at most ±{(float)Half.MaxValue:0} (float16)", value.ToString("R", CultureInfo.InvariantCulture));
                }

                value = nearest;
                offset++;
            }
        }

        return rounded;
    }
}
