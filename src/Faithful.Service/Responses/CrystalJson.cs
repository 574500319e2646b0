using System.Text.Json;
using Faithful.Crystals;
using Faithful.Crystals.Symmetry;

namespace Faithful.Service.Responses;

/// <summary>The JSON form of a crystal, for drawing it.</summary>
internal static class CrystalJson
{
    /// <summary>Writes a crystal as an object: lattice (rows are vectors, Å), symbols, fractional positions in [0, 1), and its symmetry where there is one.</summary>
    /// <param name="json">The writer.</param>
    /// <param name="crystal">The crystal.</param>
    /// <param name="symmetry">Its symmetry; null when it was not found.</param>
    public static void Write(Utf8JsonWriter json, Crystal crystal, CrystalSymmetry? symmetry)
    {
        json.WriteStartObject();
        json.WriteStartArray("lattice");
        Write(json, crystal.Lattice.A);
        Write(json, crystal.Lattice.B);
        Write(json, crystal.Lattice.C);
        json.WriteEndArray();
        json.WriteStartArray("symbols");
        foreach (Element element in crystal.Species)
        {
            json.WriteStringValue(element.Symbol);
        }

        json.WriteEndArray();
        json.WriteStartArray("positions");
        foreach (Vector3D position in crystal.FractionalPositions)
        {
            Write(json, new Vector3D(Wrap(position.X), Wrap(position.Y), Wrap(position.Z)));
        }

        json.WriteEndArray();
        if (symmetry is not null)
        {
            json.WriteNumber("space_group", symmetry.SpaceGroupNumber);
            json.WriteString("symbol", symmetry.InternationalSymbol);
            json.WriteString("point_group", symmetry.PointGroup);
        }

        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, Vector3D vector)
    {
        json.WriteStartArray();
        json.WriteNumberValue(vector.X);
        json.WriteNumberValue(vector.Y);
        json.WriteNumberValue(vector.Z);
        json.WriteEndArray();
    }

    private static double Wrap(double coordinate)
    {
        double wrapped = coordinate - Math.Floor(coordinate);
        return wrapped < 1 ? wrapped : 0;
    }
}
