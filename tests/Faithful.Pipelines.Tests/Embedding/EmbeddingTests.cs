using Faithful.Crystals.Descriptors;
using Faithful.Models;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Faithful.Pipelines.Tests.Embedding;

/// <summary>Embedded rows hold what models get when crystals are given to them directly.</summary>
public sealed class EmbeddingTests
{
    private readonly MLContext _context = new(1);

    [Theory]
    [InlineData("best")]
    [InlineData("best-no-symmetry")]
    [InlineData("claussen")]
    public void Descriptors_are_those_of_the_set(string name)
    {
        DescriptorSet set = DescriptorSet.Find(name);
        IDataView data = _context.View(TestCrystals.WithOneUnreadable);
        EmbedCrystalsTransformer embedding = _context.Transforms.EmbedCrystals(name).Fit(data);
        IDataView embedded = embedding.Transform(data);
        float[][] values = [.. embedded.GetColumn<float[]>(CrystalColumns.Descriptors)];
        for (int row = 0, crystal = 0; row < values.Length; row++)
        {
            Assert.Equal(row == 3 ? [.. Enumerable.Repeat(float.NaN, set.Count)] : set.Compute(TestCrystals.Named[crystal++].Crystal), values[row]);
        }

        VBuffer<ReadOnlyMemory<char>> names = default;
        embedded.Schema[CrystalColumns.Descriptors].GetSlotNames(ref names);
        Assert.Equal(set.Names, names.DenseValues().Select(slot => slot.ToString()));
        Assert.Equal(1, embedding.BadStructures);
        Assert.StartsWith("broken(5)", embedded.GetColumn<string>(CrystalColumns.Note).ElementAt(3), StringComparison.Ordinal);
    }

    [Fact]
    public void Arrays_are_those_of_a_batch_of_one()
    {
        var preparation = new PreparationOptions { Cutoff = 4, UsesSymmetry = true };
        IDataView data = _context.View(TestCrystals.Rows);
        IDataView embedded = _context.Transforms.EmbedCrystals(preparation).Fit(data).Transform(data);
        CrystalBatch[] batches = [.. TestCrystals.Named.Select(row => CrystalBatch.Pack([CrystalPreparation.Prepare(row.Crystal, preparation)]))];
        Assert.Equal(batches.Select(batch => batch.AtomicNumbers), embedded.GetColumn<long[]>("atomic_numbers"));
        Assert.Equal(batches.Select(batch => batch.CrystalIndex), embedded.GetColumn<long[]>("crystal_index"));
        Assert.Equal(batches.Select(batch => batch.Positions), embedded.GetColumn<float[]>("positions"));
        Assert.Equal(batches.Select(batch => batch.Lattices), embedded.GetColumn<float[]>("lattices"));
        Assert.Equal(batches.Select(batch => batch.SpaceGroups[0]), embedded.GetColumn<long>("space_groups"));
        Assert.Equal(batches.Select(batch => batch.SiteSymmetries), embedded.GetColumn<long[]>("site_symmetries"));
        Assert.Equal(batches.Select(batch => batch.EdgeSource), embedded.GetColumn<long[]>("edge_source"));
        Assert.Equal(batches.Select(batch => batch.EdgeTarget), embedded.GetColumn<long[]>("edge_target"));
        Assert.Equal(batches.Select(batch => batch.EdgeImage), embedded.GetColumn<long[]>("edge_image"));
        Assert.Equal("Vector<Single, 9>", embedded.Schema["lattices"].Type.ToString());
    }

    [Fact]
    public void A_crystal_that_the_model_cannot_take_has_empty_arrays_and_a_reason()
    {
        IDataView data = _context.View(TestCrystals.Rows[..1]);
        IDataView embedded = _context.Transforms.EmbedCrystals(new PreparationOptions { MaxAtoms = 1 }, ["atomic_numbers", "space_groups"]).Fit(data).Transform(data);
        Assert.Empty(Assert.Single(embedded.GetColumn<long[]>("atomic_numbers")));
        Assert.Equal(0, Assert.Single(embedded.GetColumn<long>("space_groups")));
        Assert.Contains("at most 1", Assert.Single(embedded.GetColumn<string>(CrystalColumns.Note)), StringComparison.Ordinal);
    }

    [Fact]
    public void Unknown_sets_inputs_and_values_are_refused()
    {
        Assert.Throws<ArgumentException>(() => _context.Transforms.EmbedCrystals("magic"));
        Assert.Contains("positions", Assert.Throws<ArgumentException>(() => _context.Transforms.EmbedCrystals(new PreparationOptions(), ["magic"])).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => _context.Transforms.EmbedCrystals(new PreparationOptions { Cutoff = -1 }));
        Assert.Throws<ArgumentException>(() => _context.Transforms.EmbedCrystals(options: new() { ReadAhead = 0 }));
    }

    [Fact]
    public void Options_have_documented_defaults_and_name_all_faults()
    {
        var options = new CrystalEmbeddingOptions();
        Assert.Equal(
            ("Structure", "Id", BadStructure.Missing, 256),
            (options.StructureColumnName, options.IdColumnName, options.OnBadStructure, options.ReadAhead));
        Assert.Empty(options.Validate());
        Assert.Equal(
            ["IdColumnName must name a column, found none.", "ReadAhead must lie in 1..65536, found 65537."],
            (options with { IdColumnName = "", ReadAhead = 65_537 }).Validate());
    }
}
