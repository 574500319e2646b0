namespace Microsoft.ML.Data;

/// <summary>Adds score columns to a row; the model sees a row once, however many of them are read.</summary>
/// <typeparam name="TScores">Where a cursor keeps the scores of its current row.</typeparam>
internal abstract class ScoreMapper<TScores>(DataViewSchema.Column features, DataViewSchema.DetachedColumn[] columns) : IRowMapper
    where TScores : class
{
    public DataViewSchema.DetachedColumn[] GetOutputColumns() => columns;

    public Func<int, bool> GetDependencies(Func<int, bool> activeOutput)
    {
        var isNeeded = Enumerable.Range(0, columns.Length).Any(activeOutput);
        return index => isNeeded && index == features.Index;
    }

    public Delegate[] CreateGetters(DataViewRow input, Func<int, bool> activeOutput)
    {
        var getters = new Delegate[columns.Length];
        if (!Enumerable.Range(0, columns.Length).Any(activeOutput))
        {
            return getters;
        }

        var get = input.GetGetter<VBuffer<float>>(input.Schema[features.Index]);
        var (buffer, dense) = (default(VBuffer<float>), default(VBuffer<float>));
        var (scores, position) = (CreateScores(), -1L);
        TScores Current()
        {
            if (position == input.Position)
            {
                return scores;
            }

            get(ref buffer);
            if (!buffer.IsDense)
            {
                buffer.CopyToDense(ref dense);
            }

            Score(buffer.IsDense ? buffer.GetValues() : dense.GetValues(), scores);
            position = input.Position;
            return scores;
        }

        for (var i = 0; i < getters.Length; i++)
        {
            if (activeOutput(i))
            {
                getters[i] = CreateGetter(i, Current);
            }
        }

        return getters;
    }

    protected abstract TScores CreateScores();

    protected abstract void Score(ReadOnlySpan<float> features, TScores scores);

    protected abstract Delegate CreateGetter(int column, Func<TScores> current);
}
