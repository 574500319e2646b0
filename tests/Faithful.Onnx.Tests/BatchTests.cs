using Faithful.Crystals;
using Faithful.Models;
using Faithful.Networks;
using Faithful.Networks.Operations;
using Faithful.Networks.Training;
using Faithful.Serving;
using Faithful.Testing;
using TorchSharp;

namespace Faithful.Onnx.Tests;

/// <summary>
/// What a crystal is answered does not depend on its company: random batches agree with training in both variants of the file, and
/// neither the batch, nor the order, nor the number of threads changes a prediction.
/// </summary>
public sealed class BatchTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string, string> Networks
    {
        get
        {
            var networks = new TheoryData<string, string>();
            foreach (string model in NetworkPresets.Models)
            {
                foreach (string preset in NetworkPresets.Presets)
                {
                    networks.Add(model, preset);
                }
            }

            return networks;
        }
    }

    public static TheoryData<string> Shipped => [.. PretrainedModels.Find(TestData.RepositoryRoot).Select(folder => Path.GetFileName(folder)!)];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Networks))]
    public void Random_batches_of_1_to_64_crystals_agree_with_training_in_both_variants(string model, string preset)
    {
        foreach ((bool classification, bool symmetry) in (ReadOnlySpan<(bool, bool)>)[(true, false), (false, true)])
        {
            ExportedNetwork exported = ExportedNetwork.Create(_folder["model"], classification, symmetry, model, preset, portable: true);
            using var state = new NetworkState(exported.Network.Layout, exported.Values, torch.CPU);
            using CrystalPredictor predictor = Open(_folder["model"]), portable = OpenPortable();
            var random = new RandomCrystals(41);
            foreach (int count in (int[])[1, 2, 7, 64, random.Integer(3, 63)])
            {
                CrystalBatch batch = Pack(exported.Card, count, random);
                float[] eager = Trainer.Predict(exported.Network, state, batch);
                AssertClose(eager, Answers(predictor.Run(batch)), Tolerances.SingleParity, $"{batch.Crystals} crystals");
                AssertClose(eager, Answers(portable.Run(batch)), Tolerances.SingleParity, $"{batch.Crystals} crystals, portable");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Networks))]
    public void The_largest_crystal_that_is_allowed_is_taken_and_a_larger_one_takes_the_fallback(string model, string preset)
    {
        ExportedNetwork exported = ExportedNetwork.Create(_folder.Path, classification: true, usesSymmetry: false, model, preset);
        PreparationOptions preparation = exported.Card.Preparation;
        using var state = new NetworkState(exported.Network.Layout, exported.Values, torch.CPU);
        using CrystalPredictor predictor = Open(_folder.Path);
        Crystal largest = Salt(preparation.MaxAtoms), larger = Salt(preparation.MaxAtoms + 1);
        PreparedCrystal prepared = CrystalPreparation.Prepare(largest, preparation);
        if (prepared.FallbackReason is null)
        {
            CrystalBatch batch = CrystalBatch.Pack([prepared, CrystalPreparation.Prepare(Salt(1), preparation)]);
            AssertClose(Trainer.Predict(exported.Network, state, batch), Answers(predictor.Run(batch)), Tolerances.SingleParity, $"{prepared.Atoms} atoms");
        }
        else
        {
            Assert.NotEmpty(preparation.MaxAtomsOfSpecies); // two species cannot make as many atoms
        }

        IReadOnlyList<Prediction> predictions = predictor.Predict([("one", Salt(1)), ("larger", larger), ("largest", largest)]);
        Assert.Equal([false, true, prepared.FallbackReason is not null], predictions.Select(prediction => prediction.IsFallback));
        Assert.Equal(exported.Card.Fallback.ClassFrequencies, predictions[1].Probabilities);
    }

    [Theory]
    [MemberData(nameof(Networks))]
    public void Batch_order_and_threads_change_nothing(string model, string preset)
    {
        ExportedNetwork.Create(_folder.Path, classification: true, usesSymmetry: true, model, preset);
        AssertIndependent(_folder.Path, 24);
    }

    [Theory]
    [MemberData(nameof(Shipped))]
    public void Batch_order_and_threads_change_nothing_of_a_model_that_comes_with_the_project(string name) =>
        AssertIndependent(Path.Combine(TestData.RepositoryRoot, PretrainedModels.FolderName, name), 10);

    [Theory]
    [MemberData(nameof(Networks))]
    public void Rounding_to_float16_stays_within_the_bound_that_is_stated(string model, string preset)
    {
        ExportedNetwork exact = ExportedNetwork.Create(_folder["exact"], classification: true, usesSymmetry: true, model, preset);
        ExportedNetwork.Create(_folder["rounded"], classification: true, usesSymmetry: true, model, preset, WeightFormat.Float16);
        RoundingError error = RoundingMeasurement.Measure(exact.Network, exact.Values, WeightFormat.Float16, Crystals(60, new RandomCrystals(5)));
        Assert.InRange(error.Mean, 1e-9, error.Largest);
        using CrystalPredictor one = Open(_folder["exact"]), two = Open(_folder["rounded"]);
        CrystalBatch batch = CrystalBatch.Pack([.. Prepare(exact.Card, 60, new RandomCrystals(47))]);
        Assert.InRange(one.Run(batch).Probabilities.Zip(two.Run(batch).Probabilities, (a, b) => Math.Abs(a - b)).Max(), 1e-9, error.Bound);
        Assert.Equal(0, RoundingMeasurement.Measure(exact.Network, exact.Values, WeightFormat.Float32, Crystals(5, new RandomCrystals(5))).Largest);
    }

    /// <summary>What a prediction says, probabilities or a value, is the same whatever else is asked, in which order, and by how many threads.</summary>
    private static void AssertIndependent(string folder, int count)
    {
        using CrystalPredictor predictor = Open(folder);
        var random = new RandomCrystals(43);
        Crystal[] crystals = [.. Crystals(10 * count + 10, random).Where(Takes).Take(count)];
        int[] order = random.Permutation(crystals.Length);
        float[][] together = Predict(predictor, crystals);
        AssertClose(together, [.. crystals.Select(crystal => Predict(predictor, [crystal])[0])], "alone");
        AssertClose([.. order.Select(index => together[index])], Predict(predictor, [.. order.Select(index => crystals[index])]), "in another order");
        foreach (int threads in (int[])[1, 2, 5])
        {
            using CrystalPredictor other = CrystalPredictor.Open(folder, new ServingOptions { Device = ServingDevice.Cpu, IntraOpThreads = threads });
            AssertClose(together, Predict(other, crystals), $"{threads} threads");
        }

        bool Takes(Crystal crystal) => predictor.Cards.All(card => CrystalPreparation.Prepare(crystal, card.Preparation).FallbackReason is null);

        static float[][] Predict(CrystalPredictor predictor, Crystal[] crystals) =>
        [
            .. predictor.Predict([.. crystals.Select(crystal => ("", crystal))])
                .Select(prediction => prediction.Value is double value ? [(float)value] : prediction.Probabilities.Select(probability => (float)probability).ToArray()),
        ];

        static void AssertClose(float[][] expected, float[][] found, string what) =>
            BatchTests.AssertClose([.. expected.SelectMany(row => row)], [.. found.SelectMany(row => row)], Tolerances.BatchComposition, what);
    }

    private static CrystalPredictor Open(string folder) => CrystalPredictor.Open(folder, new ServingOptions { Device = ServingDevice.Cpu });

    /// <summary>The portable variant in a folder of its own, as if it were the model.</summary>
    private CrystalPredictor OpenPortable()
    {
        ModelCard card = ModelCard.Read(_folder["model"]);
        Directory.CreateDirectory(_folder["portable"]);
        File.Copy(_folder[$"model/{ModelCard.PortableFileName}"], _folder[$"portable/{ModelCard.ModelFileName}"], overwrite: true);
        AtomicFile.WriteText(_folder[$"portable/{ModelCard.FileName}"], (card with { ModelSha256 = card.PortableSha256! }).ToJson());
        return Open(_folder["portable"]);
    }

    private static CrystalBatch Pack(ModelCard card, int count, RandomCrystals random) => CrystalBatch.Pack([.. Prepare(card, count, random)]);

    private static IEnumerable<PreparedCrystal> Prepare(ModelCard card, int count, RandomCrystals random) =>
        Crystals(10 * count + 10, random).Select(crystal => CrystalPreparation.Prepare(crystal, card.Preparation)).Where(crystal => crystal.FallbackReason is null).Take(count);

    /// <summary>Random crystals, and now and then one of one atom or without a neighbour.</summary>
    private static IEnumerable<Crystal> Crystals(int count, RandomCrystals random) => Enumerable.Range(0, count).Select(index => (index % 9) switch
    {
        4 => new Crystal(Lattice.Cubic(random.Uniform(2.5, 5)), [random.Element()], [default]),
        7 => new Crystal(Lattice.Cubic(30), [random.Element()], [random.Vector(0, 1)]),
        _ => random.Crystal(),
    });

    /// <summary>A chain of some atoms, Na and Cl in turn, far from each other.</summary>
    private static Crystal Salt(int atoms) => new(
        Lattice.FromParameters(4, 4, 3 * atoms, 90, 90, 90),
        [.. Enumerable.Range(0, atoms).Select(index => Element.FromSymbol(index % 2 == 0 ? "Na" : "Cl"))],
        [.. Enumerable.Range(0, atoms).Select(index => new Vector3D(0, 0, (index + 0.1 * (index % 3)) / atoms))]);

    private static float[] Answers(ModelOutput output) => output.Logits.Length > 0 ? output.Logits : output.Values;

    private static void AssertClose(float[] expected, float[] found, double tolerance, string what)
    {
        Assert.Equal(expected.Length, found.Length);
        double scale = Math.Max(1, expected.Max(MathF.Abs));
        double difference = expected.Zip(found, (a, b) => Math.Abs(a - b)).Max() / scale;
        Assert.True(difference <= tolerance, $"{what}: relative difference {difference:g3}");
    }
}
