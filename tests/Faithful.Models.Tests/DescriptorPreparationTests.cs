using System.Text.Json.Nodes;
using Faithful.Crystals;
using Faithful.Crystals.Descriptors;
using Faithful.Crystals.Formats;
using Faithful.Crystals.Symmetry;
using Faithful.Crystals.Transformations;
using Faithful.Models.Packing;
using Faithful.Models.Tests.Packing;
using Faithful.Testing;

namespace Faithful.Models.Tests;

public sealed class DescriptorPreparationTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string> Sets => [.. DescriptorSet.All.Select(set => set.Name)];

    public void Dispose() => _folder.Dispose();

    [SkippableTheory]
    [MemberData(nameof(Sets))]
    public void Prepared_packed_and_batched_descriptors_are_those_of_the_set(string name)
    {
        Skip.IfNot(SymmetryFinder.TryGetVersion(out _, out string? problem), problem);
        DescriptorSet set = DescriptorSet.Find(name);
        PreparationOptions options = PreparationOptions.OfDescriptors(set);
        CrystalRecord[] records = PackedSamples.Records(12);
        string path = _folder["a.packed"];
        PackedDatasetBuilder.Build(path, PackedSamples.Key(options), records.Select(CrystalReadResult.Success));
        using var data = PackedDataset.Open(path);
        data.Verify();
        PreparedCrystal[] prepared = [.. records.Select(record => CrystalPreparation.Prepare(record.Crystal, options))];
        for (int i = 0; i < records.Length; i++)
        {
            Assert.Equal(set.Compute(records[i].Crystal), prepared[i].Descriptors);
            Assert.Equal((0, 0), (prepared[i].Atoms, prepared[i].Edges));
            Assert.Equal(set.UsesSymmetry, prepared[i].SpaceGroup > 0);
            Assert.Equal(prepared[i].Descriptors, data[i].Descriptors);
            PackedSamples.AssertEqual(prepared[i], data[i]);
            Assert.Equal(records[i].Crystal.Species.ToHashSet(), data.Composition(i).ToHashSet());
        }

        var batch = CrystalBatch.Pack(prepared);
        Assert.Equal(prepared.SelectMany(crystal => crystal.Descriptors), (float[])batch.Values(ModelInput.Descriptors));
        Assert.Equal([records.Length, set.Count], batch.Shape(ModelInput.Descriptors));
        Assert.Throws<ArgumentException>(() => data.Join([0]));
        Assert.Throws<ArgumentException>(() => CrystalBatch.Pack([prepared[0], CrystalPreparation.Prepare(records[0].Crystal, new())]));
    }

    [SkippableFact]
    public void A_crystal_with_too_many_atoms_takes_the_fallback_but_only_in_its_primitive_cell()
    {
        Skip.IfNot(SymmetryFinder.TryGetVersion(out _, out string? problem), problem);
        var copper = new Crystal(Lattice.Cubic(2.5), [Element.FromSymbol("Cu")], [default]);
        PreparationOptions options = PreparationOptions.OfDescriptors(DescriptorSet.Find("claussen")) with { MaxAtoms = 1 };
        Assert.Null(CrystalPreparation.Prepare(copper.Supercell(2, 2, 1), options).FallbackReason);
        Crystal salt = new RandomCrystals(1).Crystal(atoms: 2);
        Assert.Equal("2 atoms in the cell; the model takes at most 1", CrystalPreparation.Prepare(salt, options).FallbackReason);
    }

    [Fact]
    public void File_names_say_the_set_and_other_columns_are_another_key()
    {
        PreparationOptions options = PreparationOptions.OfDescriptors(DescriptorSet.Find("best-no-symmetry"));
        PackedDatasetKey key = PackedSamples.Key(options), other = PackedSamples.Key(options with { DescriptorDigest = "0123456789abcdef" });
        Assert.Contains("-best-no-symmetry-", key.FileName(), StringComparison.Ordinal);
        Assert.NotEqual(key.FileName(), other.FileName());
        Assert.Equal("other options", key.Difference(other));
    }

    [Fact]
    public void Options_that_do_not_go_with_descriptors_are_named()
    {
        DescriptorSet set = DescriptorSet.Find("claussen");
        PreparationOptions good = PreparationOptions.OfDescriptors(set);
        Assert.Equal(
            ["Descriptors must be one of claussen, best, best-bands, best-no-symmetry, found magpie."], (good with { Descriptors = "magpie" }).Validate());
        Assert.Equal(["Descriptors must be one of claussen, best, best-bands, best-no-symmetry, found none."], (good with { Descriptors = null }).Validate());
        Assert.Contains(set.Digest, Assert.Single((good with { DescriptorDigest = "x" }).Validate()), StringComparison.Ordinal);
        Assert.Equal(["UsesSymmetry must be True for the descriptors claussen."], (good with { UsesSymmetry = false }).Validate());
        Assert.Equal(
            ["Descriptors take no Cutoff, Cell or limits by species; found some with claussen."], (good with { Cutoff = 5 }).Validate());
    }

    [Fact]
    public void A_card_with_other_columns_or_inputs_is_refused()
    {
        JsonObject card = JsonNode.Parse(Card().ToJson())!.AsObject();
        card["preparation"]!["descriptor_digest"] = "0123456789abcdef";
        AssertRefused(card, $"columns that this program computes for the descriptors claussen (digest {DescriptorSet.Find("claussen").Digest}), found one trained on others (digest 0123456789abcdef)");
        Assert.True(card["preparation"]!.AsObject().Remove("descriptor_digest"));
        AssertRefused(card, "found no digest");
        card = JsonNode.Parse(Card().ToJson())!.AsObject();
        card["inputs"] = new JsonArray("descriptors", "space_groups");
        AssertRefused(card, "the input descriptors alone");
        card["preparation"] = new JsonObject { ["uses_symmetry"] = true };
        AssertRefused(card, "a preparation with descriptors");
    }

    /// <summary>Cards and packed data sets of networks do not speak of descriptors: older programs read them as before.</summary>
    [Fact]
    public void Options_without_descriptors_are_written_as_before() =>
        Assert.DoesNotContain("descriptor", System.Text.Json.JsonSerializer.Serialize(new PreparationOptions(), PackedJson.Default.PreparationOptions), StringComparison.Ordinal);

    private static ModelCard Card() => RandomTrees.Card(new RandomTrees(1).Model(0), RandomTrees.Task(0));

    private static void AssertRefused(JsonObject card, string words) => Assert.Contains(
        words, Assert.Throws<ModelFolderException>(() => ModelCard.Parse(card.ToJsonString(), "card")).Message, StringComparison.Ordinal);
}
