namespace Microsoft.ML.Data;

/// <summary>A cursor that moves another, row by row.</summary>
internal abstract class LinkedCursor(DataViewRowCursor input) : DataViewRowCursor
{
    protected DataViewRowCursor Input { get; } = input;

    public override long Position => Input.Position;

    public override long Batch => Input.Batch;

    public override ValueGetter<DataViewRowId> GetIdGetter() => Input.GetIdGetter();

    public override bool MoveNext() => Input.MoveNext();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            Input.Dispose();
        }

        base.Dispose(disposing);
    }
}
