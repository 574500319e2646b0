using System.Reflection;
using System.Text.Json;
using Faithful.Models.Packing;

namespace Faithful.Models.Tests;

public class PreparationOptionsTests
{
    private static readonly PreparationOptions Full = new()
    {
        Cutoff = 6,
        UsesSymmetry = true,
        DistanceTolerance = 0.05,
        AngleTolerance = 4,
        MaxAtoms = 100,
        MaxEdges = 5000,
        Cell = CellChoice.Canonical,
        MaxSpecies = 6,
        MaxAtomsOfSpecies = [40, 20, 10],
        Descriptors = "best",
        DescriptorDigest = "0123456789abcdef",
    };

    [Fact]
    public void Defaults_are_what_models_before_these_options_had()
    {
        var options = new PreparationOptions();
        Assert.Equal((0, false, 0.1, 5, 400, 100_000), (options.Cutoff, options.UsesSymmetry, options.DistanceTolerance, options.AngleTolerance, options.MaxAtoms, options.MaxEdges));
        Assert.Equal((CellChoice.AsGiven, 0), (options.Cell, options.MaxSpecies));
        Assert.Empty(options.MaxAtomsOfSpecies);
        Assert.Equal((null, null), (options.Descriptors, options.DescriptorDigest));
        Assert.Empty(options.Validate());
    }

    [Fact]
    public void Equal_options_are_one_key()
    {
        PreparationOptions same = Full with { MaxAtomsOfSpecies = [.. Full.MaxAtomsOfSpecies] };
        Assert.NotSame(Full.MaxAtomsOfSpecies, same.MaxAtomsOfSpecies);
        Assert.Equal(Full, same);
        Assert.Equal(Full.GetHashCode(), same.GetHashCode());
        Assert.Equal(new PreparationOptions().GetHashCode(), new PreparationOptions().GetHashCode());
    }

    [Fact]
    public void Every_option_counts_in_the_comparison()
    {
        var defaults = new PreparationOptions();
        foreach (PropertyInfo property in typeof(PreparationOptions).GetProperties())
        {
            PreparationOptions changed = Full with { };
            property.SetValue(changed, property.GetValue(defaults));
            Assert.NotEqual(Full, changed);
        }
    }

    [Fact]
    public void A_list_that_changes_later_changes_no_options()
    {
        int[] limits = [4, 2];
        var options = new PreparationOptions { MaxAtomsOfSpecies = limits };
        limits[0] = 99;
        Assert.Equal([4, 2], options.MaxAtomsOfSpecies);
    }

    [Fact]
    public void All_faults_are_named()
    {
        var wrong = new PreparationOptions
        {
            Cutoff = -1,
            DistanceTolerance = 0,
            MaxAtoms = 0,
            MaxEdges = 0,
            Cell = (CellChoice)7,
            MaxSpecies = -1,
            MaxAtomsOfSpecies = [3, 0],
        };
        Assert.Equal(
            [
                "Cutoff must lie in 0..20 Å, found -1.",
                "DistanceTolerance must lie in (0, 1] Å, found 0.",
                "MaxAtoms must be at least 1, found 0.",
                "MaxEdges must be at least 1, found 0.",
                "Cell must be AsGiven or Canonical, found 7.",
                "MaxSpecies must be 0 (no limit) or more, found -1.",
                "MaxAtomsOfSpecies must be a list of at most 118 numbers of 1 or more, found [3, 0].",
            ],
            wrong.Validate());
    }

    [Fact]
    public void Options_survive_the_way_through_the_header_of_a_packed_data_set()
    {
        string json = JsonSerializer.Serialize(Full, PackedJson.Default.PreparationOptions);
        Assert.Contains("\"cell\":\"canonical\"", json, StringComparison.Ordinal);
        Assert.Contains("\"max_atoms_of_species\":[40,20,10]", json, StringComparison.Ordinal);
        Assert.Equal(Full, JsonSerializer.Deserialize(json, PackedJson.Default.PreparationOptions));
    }

    [Fact]
    public void Options_that_an_older_program_wrote_mean_what_they_meant()
    {
        const string Older = """{"cutoff":6,"uses_symmetry":true,"distance_tolerance":0.1,"angle_tolerance":5,"max_atoms":400,"max_edges":100000}""";
        Assert.Equal(new PreparationOptions { Cutoff = 6, UsesSymmetry = true }, JsonSerializer.Deserialize(Older, PackedJson.Default.PreparationOptions));
    }
}
