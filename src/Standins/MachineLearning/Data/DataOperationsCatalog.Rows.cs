using Microsoft.ML.Data;

namespace Microsoft.ML;

public sealed partial class DataOperationsCatalog
{
    /// <summary>Holds what is read in memory.</summary>
    public IDataView Cache(IDataView input, params string[] columnsToPrefetch)
    {
        Contracts.CheckValue(input, nameof(input));
        return new CachedDataView(input, Array.ConvertAll(columnsToPrefetch ?? [], name => input.Schema.GetColumnOrNull(name)
            ?? throw Contracts.MissingColumn(nameof(columnsToPrefetch), "prefetch", name)));
    }

    /// <summary>The rows with a value of at least the lower and less than the upper bound; NaN is not among them.</summary>
    public IDataView FilterRowsByColumn(
        IDataView input, string columnName, double lowerBound = double.NegativeInfinity, double upperBound = double.PositiveInfinity)
    {
        Contracts.CheckValue(input, nameof(input));
        Contracts.CheckNonEmpty(columnName, nameof(columnName));
        Contracts.CheckParam(lowerBound < upperBound, nameof(upperBound), $"The lower bound {lowerBound} must be less than the upper bound {upperBound}.");
        var column = input.Schema[columnName];
        if (column.Type == NumberDataViewType.Single)
        {
            return new FilteredDataView(input, [column], cursor => Between<float>(cursor, column, value => value, lowerBound, upperBound), false);
        }

        if (column.Type == NumberDataViewType.Double)
        {
            return new FilteredDataView(input, [column], cursor => Between<double>(cursor, column, value => value, lowerBound, upperBound), false);
        }

        throw Contracts.SchemaMismatch(nameof(columnName), "filter", columnName, "Single or Double", column.Type.ToString());
    }

    /// <summary>The rows that have neither NaN nor a missing key in the columns.</summary>
    public IDataView FilterRowsByMissingValues(IDataView input, params string[] columns)
    {
        Contracts.CheckValue(input, nameof(input));
        Contracts.CheckParam(columns is { Length: > 0 }, nameof(columns), "At least one column was expected.");
        var tested = Array.ConvertAll(columns, name => input.Schema.GetColumnOrNull(name)
            ?? throw new ArgumentOutOfRangeException(nameof(columns), $"Source column '{name}' not found"));
        foreach (var column in tested)
        {
            Contracts.CheckParam(MissingValues.CanBeMissing(column.Type), nameof(columns),
                $"Column '{column.Name}' has type {column.Type} which does not support missing values, so we cannot filter on them");
        }

        return new FilteredDataView(input, tested, cursor => MissingValues.TestFor(cursor, tested), false);
    }

    /// <summary>All rows in a random order, the same whenever they are read; a pool of one row shuffles nothing by itself.</summary>
    public IDataView ShuffleRows(IDataView input, int? seed = null, int shufflePoolSize = 1000, bool shuffleSource = true)
    {
        Contracts.CheckValue(input, nameof(input));
        Contracts.CheckParam(shufflePoolSize > 0, nameof(shufflePoolSize), $"Must be positive, not {shufflePoolSize}.");
        return shufflePoolSize > 1 || shuffleSource && input.CanShuffle
            ? new ShuffledDataView(input, seed ?? environment.CreateRandom().Next())
            : input;
    }

    public IDataView SkipRows(IDataView input, long count)
    {
        Contracts.CheckValue(input, nameof(input));
        Contracts.CheckParam(count > 0, nameof(count), $"Must be greater than zero, not {count}.");
        return new RowRangeDataView(input, count, long.MaxValue);
    }

    public IDataView TakeRows(IDataView input, long count)
    {
        Contracts.CheckValue(input, nameof(input));
        Contracts.CheckParam(count > 0, nameof(count), $"Must be greater than zero, not {count}.");
        return new RowRangeDataView(input, 0, count);
    }

    private static Func<bool> Between<T>(DataViewRowCursor row, DataViewSchema.Column column, Func<T, double> number, double lower, double upper)
    {
        var getter = row.GetGetter<T>(column);
        T value = default;
        return () =>
        {
            getter(ref value);
            return number(value) >= lower && number(value) < upper;
        };
    }
}
