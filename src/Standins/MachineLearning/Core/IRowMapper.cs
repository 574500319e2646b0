namespace Microsoft.ML.Data;

/// <summary>Columns that are made from a row and stand beside those of the row.</summary>
internal interface IRowMapper
{
    DataViewSchema.DetachedColumn[] GetOutputColumns();

    /// <summary>Which input columns the active ones of the columns made need.</summary>
    Func<int, bool> GetDependencies(Func<int, bool> activeOutput);

    /// <summary>A getter for each active column made, otherwise null.</summary>
    Delegate[] CreateGetters(DataViewRow input, Func<int, bool> activeOutput);
}
