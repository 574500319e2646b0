using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers;
using Microsoft.ML.Trainers.FastTree;

namespace Faithful.Standins.Tests.MachineLearning.FastTree;

/// <summary>One classifier a class, each against all others.</summary>
public sealed class OneVersusAllTests
{
    private const int Classes = 3;
    private readonly MLContext _context = new(seed: 1);

    [Fact]
    public void Scores_are_the_probabilities_of_the_classes_divided_by_their_sum()
    {
        TreeRow[] rows = TreeRow.Random(600, 1);
        TreeRow[] asked = TreeRow.Random(80, 2);
        float[][] scores = Scores(Fit(rows, true), asked);
        float[][] single = SingleColumns(rows, asked, "Probability");
        for (int i = 0; i < asked.Length; i++)
        {
            float sum = Enumerable.Range(0, Classes).Sum(c => single[c][i]);
            Assert.Equal(1, scores[i].Sum(), 5);
            for (int c = 0; c < Classes; c++)
            {
                Assert.Equal(single[c][i] / sum, scores[i][c], 5);
            }
        }
    }

    [Fact]
    public void Without_probabilities_scores_are_those_of_the_classifiers()
    {
        TreeRow[] rows = TreeRow.Random(400, 3);
        TreeRow[] asked = TreeRow.Random(40, 4);
        float[][] scores = Scores(Fit(rows, false), asked);
        float[][] single = SingleColumns(rows, asked, "Score");
        Assert.All(Enumerable.Range(0, asked.Length), i => Assert.Equal(single.Select(column => column[i]), scores[i]));
    }

    [Fact]
    public void The_predicted_label_is_the_key_of_the_largest_score()
    {
        TreeRow[] rows = TreeRow.Random(600, 5);
        IDataView scored = Fit(rows, true).Transform(_context.Data.LoadFromEnumerable(rows));
        KeyDataViewType key = Assert.IsType<KeyDataViewType>(scored.Schema["PredictedLabel"].Type);
        Assert.Equal(typeof(uint), key.RawType);
        Assert.Equal((ulong)Classes, key.Count);
        Assert.Equal(Classes, Assert.IsType<VectorDataViewType>(scored.Schema["Score"].Type).Size);
        uint[] predicted = [.. scored.GetColumn<uint>("PredictedLabel")];
        float[][] scores = [.. scored.GetColumn<float[]>("Score")];
        Assert.All(predicted.Zip(scores), pair => Assert.Equal(Array.IndexOf(pair.Second, pair.Second.Max()) + 1, (int)pair.First));
        Assert.InRange(predicted.Zip(rows).Count(pair => pair.First == pair.Second.Class + 1), 540, 600);
    }

    [Fact]
    public void A_missing_label_is_of_no_class()
    {
        TreeRow[] rows = TreeRow.Random(300, 6);
        foreach (TreeRow row in rows.Where(row => row.Class == 1))
        {
            row.Class = 7;
        }

        float[][] scores = Scores(Fit(rows, false), rows);
        Assert.All(scores, row => Assert.InRange(row[1], float.MinValue, 0)); // no row is of the class
    }

    [Fact]
    public void The_label_is_a_key()
    {
        IDataView data = _context.Data.LoadFromEnumerable(TreeRow.Random(50, 7));
        FastTreeBinaryTrainer binary = _context.BinaryClassification.Trainers.FastTree(nameof(TreeRow.IsLarge));
        Assert.Throws<ArgumentOutOfRangeException>(() => _context.MulticlassClassification.Trainers.OneVersusAll(binary, nameof(TreeRow.IsLarge)).Fit(data));
        Assert.ThrowsAny<Exception>(() => _context.MulticlassClassification.Trainers.OneVersusAll(binary, nameof(TreeRow.Value)).Fit(data)); // as numbers classes would be whole
        Assert.Throws<ArgumentOutOfRangeException>(() => _context.MulticlassClassification.Trainers.OneVersusAll(binary, "None").Fit(data));
    }

    private MulticlassPredictionTransformer<OneVersusAllModelParameters> Fit(TreeRow[] rows, bool useProbabilities) =>
        _context.MulticlassClassification.Trainers.OneVersusAll(
            Binary(nameof(TreeRow.Class)), nameof(TreeRow.Class), useProbabilities: useProbabilities).Fit(_context.Data.LoadFromEnumerable(rows));

    private FastTreeBinaryTrainer Binary(string label) =>
        _context.BinaryClassification.Trainers.FastTree(label, numberOfTrees: 10, numberOfLeaves: 8);

    private float[][] Scores(MulticlassPredictionTransformer<OneVersusAllModelParameters> model, TreeRow[] rows) =>
        [.. model.Transform(_context.Data.LoadFromEnumerable(rows)).GetColumn<float[]>("Score")];

    /// <summary>What a classifier of each class alone gives.</summary>
    private float[][] SingleColumns(TreeRow[] rows, TreeRow[] asked, string column)
    {
        float[][] columns = new float[Classes][];
        for (int c = 0; c < Classes; c++)
        {
            TreeRow[] labelled = [.. rows.Select(row => new TreeRow { Features = row.Features, IsLarge = row.Class == c })];
            columns[c] = TreeScores.Column(
                Binary(nameof(TreeRow.IsLarge)).Fit(_context.Data.LoadFromEnumerable(labelled)).Transform(_context.Data.LoadFromEnumerable(asked)), column);
        }

        return columns;
    }
}
