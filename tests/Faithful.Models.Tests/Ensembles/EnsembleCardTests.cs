using Faithful.Models.Ensembles;

namespace Faithful.Models.Tests.Ensembles;

public sealed class EnsembleCardTests
{
    private static readonly EnsembleCard Good = new()
    {
        Task = new ModelTask { Name = "tqc", Kind = TaskKind.Classification, Classes = ["a", "b", "c"], UsesSymmetry = true },
        Method = EnsembleMethod.Weighted,
        Members = [new() { Folder = "../cgnn-tqc", CardSha256 = new string('1', 64) }, new() { Folder = "members/1", CardSha256 = new string('2', 64) }],
        Weights = [0.75, 0.25],
        Fit = new EnsembleFit { Data = "tqc.jsonl.gz", DataSha256 = new string('0', 64), Part = "validation", Crystals = 1489 },
        Calibration = new ModelCalibration { Method = CalibrationMethod.Temperature, Value = 1.1, Part = "validation", Crystals = 1489 },
    };

    public static TheoryData<string, EnsembleCard> Bad => new()
    {
        { "format version 1", Good with { FormatVersion = 2 } },
        { "at least one member", Good with { Members = [], Weights = [] } },
        { "a finite weight for each of the 2 members", Good with { Weights = [1] } },
        { "weights that are not negative and sum to 1", Good with { Weights = [1.5, -0.5] } },
        { "weights that are not negative and sum to 1", Good with { Weights = [0.5, 0.4] } },
        { "the same weight for each member", Good with { Method = EnsembleMethod.Mean } },
        { "no biases", Good with { Biases = [0, 0, 0] } },
        { "3 biases or none", Good with { Method = EnsembleMethod.Stacked, Biases = [0, 0] } },
        { "members named by folders relative", Good with { Members = [Good.Members[0], Good.Members[1] with { Folder = "/absolute" }] } },
        { "members named by folders relative", Good with { Members = [Good.Members[0], Good.Members[1] with { Folder = " " }] } },
        { "a temperature from 0.05 to 20", Good with { Calibration = Good.Calibration! with { Value = 0 } } },
        { "a temperature from 0.05 to 20", Good with { Members = [Good.Members[0], Good.Members[1] with { Calibration = Good.Calibration! with { Value = 1e9 } }] } },
        { "at least two classes", Good with { Task = Good.Task with { Classes = ["a"] } } },
    };

    [Fact]
    public void What_is_written_is_read()
    {
        EnsembleCard read = EnsembleCard.Parse(Good.ToJson(), "ensemble.json");
        Assert.Equal(Good.ToJson(), read.ToJson());
        Assert.Equal(Good.Weights, read.Weights);
        Assert.Equal(Good.Members, read.Members);
    }

    [Theory]
    [MemberData(nameof(Bad))]
    public void What_contradicts_itself_is_refused(string expected, EnsembleCard bad) =>
        Assert.Contains(
            expected, Assert.Throws<ModelFolderException>(() => EnsembleCard.Parse(bad.ToJson(), "ensemble.json")).Expected, StringComparison.Ordinal);

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"members": null}""")]
    public void What_is_no_ensemble_is_refused(string text) => Assert.Throws<ModelFolderException>(() => EnsembleCard.Parse(text, "ensemble.json"));

    [Fact]
    public void Numbers_that_are_not_finite_are_refused()
    {
        Assert.Throws<ModelFolderException>(() => EnsembleCard.Parse(Good.ToJson().Replace("0.75", "1e999", StringComparison.Ordinal), "ensemble.json"));
        Assert.Throws<ModelFolderException>(() => EnsembleCard.Parse(Good.ToJson().Replace("0.75", "\"NaN\"", StringComparison.Ordinal), "ensemble.json"));
        Assert.Throws<ModelFolderException>(() => EnsembleCard.Parse(Good.ToJson().Replace("../cgnn-tqc\"", "x\", \"extra\": null, \"card_sha256\": null", StringComparison.Ordinal), "ensemble.json"));
    }
}
