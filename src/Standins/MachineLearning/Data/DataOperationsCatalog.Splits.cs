using Microsoft.ML.Data;

namespace Microsoft.ML;

public sealed partial class DataOperationsCatalog
{
    /// <summary>Rows to train on and rows to test with.</summary>
    public struct TrainTestData
    {
        public readonly IDataView TrainSet;

        public readonly IDataView TestSet;

        internal TrainTestData(IDataView trainSet, IDataView testSet)
        {
            TrainSet = trainSet;
            TestSet = testSet;
        }
    }

    /// <summary>
    /// Each row goes to the test set with this probability; rows with equal values in the sampling key column stay together. Without a
    /// seed that of the context counts, and without that a random one.
    /// </summary>
    public TrainTestData TrainTestSplit(IDataView data, double testFraction = 0.1, string samplingKeyColumnName = null, int? seed = null)
    {
        Contracts.CheckValue(data, nameof(data));
        Contracts.CheckParam(testFraction is > 0 and < 1, nameof(testFraction), $"Must be between 0 and 1 exclusive, not {testFraction}.");
        var (train, test) = RowFractions.Of(data, samplingKeyColumnName, seed, environment).Split(testFraction);
        return new TrainTestData(train, test);
    }

    /// <summary>As many splits as folds: each row is in the test set of one of them.</summary>
    public IReadOnlyList<TrainTestData> CrossValidationSplit(
        IDataView data, int numberOfFolds = 5, string samplingKeyColumnName = null, int? seed = null)
    {
        Contracts.CheckValue(data, nameof(data));
        Contracts.CheckParam(numberOfFolds > 1, nameof(numberOfFolds), $"Must be more than 1, not {numberOfFolds}.");
        return [.. RowFractions.Of(data, samplingKeyColumnName, seed, environment).Folds(numberOfFolds)
            .Select(split => new TrainTestData(split.Train, split.Test))];
    }
}
