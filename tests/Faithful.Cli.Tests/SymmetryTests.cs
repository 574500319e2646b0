using System.Text.Json;
using Faithful.Testing;

namespace Faithful.Cli.Tests;

public sealed class SymmetryTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly string _iron;

    public SymmetryTests()
    {
        _iron = _folder["iron.vasp"];
        File.WriteAllText(_iron, "Fe\n2.87\n1 0 0\n0 1 0\n0 0 1\nFe\n2\nDirect\n0 0 0\n0.5 0.5 0.51\n");
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Json_has_the_documented_fields()
    {
        JsonElement iron = Assert.Single(ProgramRun.Of("symmetry", _iron, "--json").Json.EnumerateArray());
        Assert.Equal("iron", iron.GetProperty("id").GetString());
        Assert.Equal(229, iron.GetProperty("space_group").GetInt32());
        Assert.Equal("Im-3m", iron.GetProperty("symbol").GetString());
        Assert.Equal("m-3m", iron.GetProperty("point_group").GetString());
        Assert.Equal(1, iron.GetProperty("atoms_primitive").GetInt32());
    }

    [Fact]
    public void A_narrower_tolerance_sees_the_shifted_atom()
    {
        JsonElement iron = Assert.Single(ProgramRun.Of("symmetry", _iron, "--symprec", "0.001", "--json").Json.EnumerateArray());
        Assert.NotEqual(229, iron.GetProperty("space_group").GetInt32());
        Assert.Equal(2, iron.GetProperty("atoms_primitive").GetInt32());
    }

    [Fact]
    public void The_table_names_group_and_crystal()
    {
        string row = Assert.Single(ProgramRun.Of("symmetry", _iron).Output.Split('\n'), line => line.Contains("iron", StringComparison.Ordinal));
        Assert.Contains("Im-3m", row, StringComparison.Ordinal);
        Assert.Contains("229", row, StringComparison.Ordinal);
    }
}
