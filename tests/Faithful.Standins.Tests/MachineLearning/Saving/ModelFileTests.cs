using System.IO.Compression;
using Faithful.Testing;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers.FastTree;
using Microsoft.ML.Transforms;

namespace Faithful.Standins.Tests.MachineLearning.Saving;

/// <summary>Transformers written to files and read again.</summary>
public sealed class ModelFileTests : IDisposable
{
    private readonly MLContext context = new(1);
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Every_transformation_comes_back_as_it_was()
    {
        IDataView data = Rows();
        var conversion = context.Transforms.Conversion;
        var model = conversion.MapValueToKey([new InputOutputColumnPair("Key", "Label"), new InputOutputColumnPair("NumberKey", "X")],
                keyOrdinality: ValueToKeyMappingEstimator.KeyOrdinality.ByValue)
            .Append(conversion.MapKeyToValue("Back", "Key"))
            .Append(context.Transforms.Concatenate("Features", "X", "V"))
            .Append(context.Transforms.CopyColumns("Copy", "NumberKey"))
            .Append(context.Transforms.DropColumns("V"))
            .Append(context.Transforms.SelectColumns("Key", "NumberKey", "Back", "Features", "Copy"))
            .Fit(data);
        ITransformer loaded = SaveAndLoad(model, data.Schema, out DataViewSchema schema);
        Assert.Equal(ColumnNames.Types(data.Schema), ColumnNames.Types(schema));
        IDataView expected = model.Transform(data);
        IDataView actual = loaded.Transform(data);
        Assert.Equal(ColumnNames.Types(expected.Schema), ColumnNames.Types(actual.Schema));
        Assert.Equal(expected.GetColumn<uint>("Key"), actual.GetColumn<uint>("Key"));
        Assert.Equal(expected.GetColumn<uint>("Copy"), actual.GetColumn<uint>("Copy"));
        Assert.Equal(expected.GetColumn<string>("Back"), actual.GetColumn<string>("Back"));
        Assert.Equal(expected.GetColumn<float[]>("Features"), actual.GetColumn<float[]>("Features"));
        Assert.Equal(["a", "b"], ColumnNames.Keys(actual.Schema["Key"]));
        Assert.Equal(["X", "", ""], ColumnNames.Slots(actual.Schema["Features"]));
    }

    [Fact]
    public void A_loaded_chain_is_a_chain_of_its_steps()
    {
        IDataView data = Rows();
        ITransformer model = context.Transforms.CopyColumns("A", "X").Append(context.Transforms.Conversion.MapValueToKey("B", "Label")).Fit(data);
        var chain = Assert.IsType<TransformerChain<ITransformer>>(SaveAndLoad(model, data.Schema, out _));
        Assert.Collection(chain, step => Assert.IsType<ColumnCopyingTransformer>(step), step => Assert.IsType<ValueToKeyMappingTransformer>(step));
        Assert.IsType<ValueToKeyMappingTransformer>(chain.LastTransformer);
        Assert.IsType<ColumnCopyingTransformer>(SaveAndLoad(chain.First(), null, out _));
    }

    [Fact]
    public void The_schema_keeps_its_annotations()
    {
        IDataView data = Rows();
        IDataView keyed = context.Transforms.Conversion.MapValueToKey("Label").Append(context.Transforms.Concatenate("F", "X", "V")).Fit(data).Transform(data);
        SaveAndLoad(context.Transforms.CopyColumns("A", "X").Fit(data), keyed.Schema, out DataViewSchema schema);
        Assert.Equal(["b", "a"], ColumnNames.Keys(schema["Label"]));
        Assert.Equal(["X", "", ""], ColumnNames.Slots(schema["F"]));
        Assert.Equal(keyed.Schema.Count, schema.Count);
        Assert.Equal(keyed.Schema.Select(column => column.IsHidden), schema.Select(column => column.IsHidden));
    }

    [Fact]
    public void Without_a_schema_none_comes_back()
    {
        ITransformer loaded = SaveAndLoad(context.Transforms.CopyColumns("A", "X").Fit(Rows()), null, out DataViewSchema schema);
        Assert.Null(schema);
        Assert.Equal([1f, 2f, 3f], loaded.Transform(Rows()).GetColumn<float>("A"));
    }

    [Fact]
    public void Trees_score_alike_after_loading()
    {
        IDataView data = Rows(200);
        FastTreeRegressionTrainer.Options options = new() { NumberOfTrees = 5, MinimumExampleCountPerLeaf = 5, LabelColumnName = "Target", NumberOfThreads = 1 };
        var model = context.Transforms.Concatenate("Features", "X", "V").Append(context.Regression.Trainers.FastTree(options)).Fit(data);
        ITransformer loaded = SaveAndLoad(model, data.Schema, out _);
        Assert.Equal(model.Transform(data).GetColumn<float>("Score"), loaded.Transform(data).GetColumn<float>("Score"));
        var last = Assert.IsAssignableFrom<ISingleFeaturePredictionTransformer<object>>(((TransformerChain<ITransformer>)loaded).LastTransformer);
        var trees = Assert.IsType<FastTreeRegressionModelParameters>(last.Model);
        Assert.Equal(model.LastTransformer.Model.TrainedTreeEnsemble.Trees.Select(tree => tree.LeafValues), trees.TrainedTreeEnsemble.Trees.Select(tree => tree.LeafValues));
    }

    [Fact]
    public void A_stream_works_like_a_file_and_stays_open()
    {
        IDataView data = Rows();
        using MemoryStream stream = new();
        context.Model.Save(context.Transforms.CopyColumns("A", "X").Fit(data), data.Schema, stream);
        stream.Position = 0;
        ITransformer loaded = context.Model.Load(stream, out _);
        Assert.True(stream.CanRead);
        Assert.Equal([1f, 2f, 3f], loaded.Transform(data).GetColumn<float>("A"));
    }

    [Fact]
    public void Transformers_from_outside_cannot_write_into_a_model_file()
    {
        IDataView data = Rows();
        Assert.Throws<NotSupportedException>(() => context.Model.Save(new TransformerChain<ITransformer>(new Refusing()), data.Schema, folder["a.zip"]));
        Assert.ThrowsAny<Exception>(() => context.Model.Save(new TransformerChain<ITransformer>(new Silent()), data.Schema, folder["b.zip"]));
    }

    [Fact]
    public void What_is_no_model_is_refused()
    {
        Assert.Throws<FormatException>(() => context.Model.Load(folder.Write("a.zip", "no zip archive"), out _));
        Assert.Throws<FileNotFoundException>(() => context.Model.Load(folder["none.zip"], out _));
        Assert.ThrowsAny<Exception>(() => context.Model.Load("", out _));
        using (ZipArchive archive = ZipFile.Open(folder["empty.zip"], ZipArchiveMode.Create))
        {
            archive.CreateEntry("something");
        }

        Exception fault = Assert.ThrowsAny<Exception>(() => context.Model.Load(folder["empty.zip"], out _));
        Assert.True(fault is FormatException or InvalidOperationException, $"{fault.GetType()}");
    }

    [Fact]
    public void A_model_of_a_newer_format_is_refused()
    {
        string file = folder["newer.zip"];
        context.Model.Save(context.Transforms.CopyColumns("A", "X").Fit(Rows()), Rows().Schema, file);
        using (ZipArchive archive = ZipFile.Open(file, ZipArchiveMode.Update))
        {
            // Both formats start with a signature of 8 bytes, the version of the format, and the oldest version that can read it.
            ZipArchiveEntry entry = archive.Entries.Single(entry => entry.FullName.Replace('\\', '/') == "TransformerChain/Model.key");
            using Stream stream = entry.Open();
            stream.Position = 8;
            stream.Write([0xFF, 0xFF, 0xFF, 0x7F, 0xFF, 0xFF, 0xFF, 0x7F]);
        }

        FormatException fault = Assert.Throws<FormatException>(() => context.Model.Load(file, out _));
        Assert.Contains("too new", fault.Message, StringComparison.Ordinal);
    }

    private ITransformer SaveAndLoad(ITransformer model, DataViewSchema? schema, out DataViewSchema loadedSchema)
    {
        string file = folder[$"{Guid.NewGuid()}.zip"];
        context.Model.Save(model, schema, file);
        return new MLContext().Model.Load(file, out loadedSchema);
    }

    private IDataView Rows(int count = 3) => context.Data.LoadFromEnumerable(Enumerable.Range(0, count).Select(i => new Row
    {
        Label = i % 2 == 0 ? "b" : "a",
        X = i + 1,
        V = [i * i, 1],
        Target = i % 7,
    }).ToArray());

    private sealed class Row
    {
        public string Label { get; set; } = "";

        public float X { get; set; }

        [VectorType(2)]
        public float[] V { get; set; } = [];

        public float Target { get; set; }
    }

    private class Silent : ITransformer
    {
        public bool IsRowToRowMapper => false;

        public DataViewSchema GetOutputSchema(DataViewSchema inputSchema) => inputSchema;

        public IRowToRowMapper GetRowToRowMapper(DataViewSchema inputSchema) => throw new InvalidOperationException();

        public IDataView Transform(IDataView input) => input;

        public virtual void Save(ModelSaveContext ctx)
        {
        }
    }

    private sealed class Refusing : Silent
    {
        public override void Save(ModelSaveContext ctx) => throw new NotSupportedException("This transformer has a way of its own.");
    }
}
