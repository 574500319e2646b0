using Faithful.Models;
using Faithful.Networks.Operations;
using Faithful.Onnx.Format;
using static Faithful.Onnx.OnnxGraphBuilder;

namespace Faithful.Onnx;

/// <content>
/// Rows of segments, which lie together because the contract says that segments ascend: side by side in a table as wide as the
/// longest segment, or in chunks of a few rows where segments are long and of different lengths.
/// </content>
internal sealed partial class RecordingOperations
{
    /// <summary>
    /// The rows of a chunk. An atom has some forty neighbours within 5 Å, so that a tenth of the rows are filled up; a table as wide as
    /// the longest segment would be twice as large as what is in it.
    /// </summary>
    private const int ChunkRows = 8;

    private const int WidthStep = 4; // of tables

    /// <summary>A prefix sum is made of two along axes no longer than this: ONNX Runtime's takes n² additions on a GPU.</summary>
    private const int PrefixBlock = 256;

    /// <summary>A batch has fewer than 2³¹ rows.</summary>
    private const int LargestBit = 30;

    private readonly Dictionary<string, SegmentTables> _segmentTables = [];
    private readonly Dictionary<(string Value, string Layout), string> _laidOut = [];

    /// <inheritdoc/>
    /// <remarks>
    /// Rows are gathered side by side and added along that axis. ScatterND with a sum would be shorter, but ONNX Runtime's adds from
    /// several threads without a lock and loses rows (microsoft/onnxruntime issues 18048 and 23396); ScatterElements is right but took
    /// two thirds of the time of a CGNN.
    /// </remarks>
    public override TensorValue SegmentSum(TensorValue value, TensorValue segment, TensorValue segments)
    {
        if (Name(segment) != ModelInput.EdgeTarget.Name)
        {
            return SumRows(Pad(value, segment, segments));
        }

        ChunkTables chunks = Chunks(segment, segments);
        string rows = WithZeros(value);
        return SumOfChunks([.. chunks.Rows.Select(row => Wrap(Pick(rows, row), 2))], chunks);
    }

    /// <inheritdoc/>
    /// <remarks>
    /// Basis and index are laid out in chunks once for all layers, and no array is as large as (terms, d): the first rows of all chunks
    /// are gathered, multiplied and added, then the second ones, and so on. On processors that fits the cache, and a GPU adds whole
    /// arrays much faster than along an axis in the middle. A row that fills up a chunk has a basis of zeros.
    /// </remarks>
    public override TensorValue FilteredSum(
        TensorValue table, TensorValue index, TensorValue basis, TensorValue weight, TensorValue segment, TensorValue segments)
    {
        ChunkTables chunks = Chunks(segment, segments);
        string bases = Once(Name(basis), "", () => WithZeros(basis));
        string indices = Once(Name(index), "", () => _graph.AddNode("Concat", [Name(index), List("zero", 0)], Integer("axis", 0)));
        return SumOfChunks(
            [
                .. chunks.Rows.Select(row =>
                {
                    RecordedTensor basisOfRow = Wrap(Once(Name(basis), row, () => Pick(bases, row)), 2); // (chunks, k)
                    string place = Once(Name(index), row, () => Pick(indices, row)); // (chunks)
                    return Wrap(Pick(Name(table), place), 2) * Linear(basisOfRow, weight, null); // (chunks, d)
                }),
            ],
            chunks);
    }

    public override TensorValue Pad(TensorValue value, TensorValue segment, TensorValue segments) =>
        Wrap(Pick(WithZeros(value), Tables(segment, segments).Padded.Rows), 3);

    public override TensorValue Unpad(TensorValue padded, TensorValue segment)
    {
        if (!_segmentTables.TryGetValue(Name(segment), out SegmentTables? tables))
        {
            throw new InvalidOperationException("rows can be taken only out of the padding of a segment tensor that was padded by before");
        }

        if (tables.Places is null)
        {
            string number = _graph.AddNode("Range", [Number("first", 0), Squeeze(tables.Rows), Number("step", 1)]);
            tables.Places = _graph.AddNode( // (n, 2): segment, and place within it
                "Concat",
                [Unsqueeze(Name(segment), 1), Unsqueeze(_graph.AddNode("Sub", [number, Pick(tables.Starts, Name(segment))]), 1)],
                Integer("axis", 1));
        }

        return Wrap(_graph.AddNode("GatherND", [Name(padded), tables.Places]), 2);
    }

    public override TensorValue PadMask(TensorValue segment, TensorValue segments)
    {
        SegmentTables tables = Tables(segment, segments);
        tables.Mask ??= Unsqueeze(Cast(tables.Padded.IsRow, TensorProto.Types.DataType.Float), 2);
        return Wrap(tables.Mask, 3);
    }

    /// <summary>Adds up the first rows of all chunks, (chunks, d), the second ones and so on, and then the chunks of each segment.</summary>
    private TensorValue SumOfChunks(IEnumerable<TensorValue> rows, ChunkTables chunks) =>
        SumRows(Wrap(Pick(WithZeros(rows.Aggregate((sum, row) => sum + row)), chunks.ChunksOfSegment), 3));

    private string Pick(string table, string index) => _graph.AddNode("Gather", [table, index], Integer("axis", 0));

    /// <summary>Adds a row of zeros at the end, which the number of rows then stands for.</summary>
    private string WithZeros(TensorValue value)
    {
        string rowShape = _graph.AddNode("Concat", [List("one", 1), Sizes(Name(value), 1)], Integer("axis", 0));
        return _graph.AddNode("Concat", [Name(value), _graph.AddNode("ConstantOfShape", [rowShape])], Integer("axis", 0));
    }

    /// <summary>What a value is in a layout, recorded once.</summary>
    private string Once(string value, string layout, Func<string> record) =>
        _laidOut.TryGetValue((value, layout), out string? known) ? known : _laidOut[(value, layout)] = record();

    /// <summary>Makes the tables of a tensor that says which segment a row is in, once.</summary>
    private SegmentTables Tables(TensorValue segmentOfRow, TensorValue segments)
    {
        string segment = Name(segmentOfRow);
        if (_segmentTables.TryGetValue(segment, out SegmentTables? known))
        {
            return known;
        }

        string rows = _graph.AddNode("Shape", [segment]); // (1)
        (string starts, string counts) = _isPortable ? SearchExtents(segment, segments, rows) : CountExtents(segment, segments, rows);
        return _segmentTables[segment] = new SegmentTables(rows, starts, counts, new Lazy<PaddedTables>(() =>
        {
            (string isRow, string row) = SideBySide(starts, counts);
            return new PaddedTables(isRow, _graph.AddNode("Where", [isRow, row, rows]));
        }));
    }

    /// <summary>The first row and the number of rows of each segment, by adding up ones.</summary>
    private (string Starts, string Counts) CountExtents(string segment, TensorValue segments, string rows)
    {
        string ones = _graph.AddNode("Expand", [List("one", 1), rows]);
        string noRows = _graph.AddNode("Expand", [List("zero", 0), Sizes(Name(segments), 0)]);
        string counts = _graph.AddNode("ScatterElements", [noRows, segment, ones], Integer("axis", 0), Text("reduction", "add"));
        return (Before(counts), counts);
    }

    /// <summary>
    /// The same by halving, for runtimes that cannot add while they scatter: for each segment the number of rows of earlier ones, a bit
    /// at a time from the highest.
    /// </summary>
    private (string Starts, string Counts) SearchExtents(string segment, TensorValue segments, string rows)
    {
        string sorted = _graph.AddNode("Concat", [segment, List("beyond", long.MaxValue)], Integer("axis", 0)); // (n + 1)
        string count = Squeeze(Sizes(Name(segments), 0));
        string wanted = _graph.AddNode("Range", [Number("first", 0), count, Number("step", 1)]); // (b)
        string starts = _graph.AddNode("Expand", [List("zero", 0), Sizes(Name(segments), 0)]);
        for (int bit = LargestBit; bit >= 0; bit--)
        {
            string last = _graph.AddNode("Add", [starts, List($"below.{bit}", (1L << bit) - 1)]); // the row before which the answer would lie, less one
            string isEarlier = _graph.AddNode("Less", [Pick(sorted, _graph.AddNode("Min", [last, rows])), wanted]);
            string farther = _graph.AddNode("Add", [starts, List($"step.{bit}", 1L << bit)]);
            starts = _graph.AddNode("Where", [isEarlier, farther, starts]);
        }

        string ends = _graph.AddNode("Concat", [_graph.AddNode("Slice", [starts, Axis(1), Axis(int.MaxValue), Axis(0)]), rows], Integer("axis", 0));
        return (starts, _graph.AddNode("Sub", [ends, starts]));
    }

    /// <summary>Makes the tables of rows in chunks, once.</summary>
    private ChunkTables Chunks(TensorValue segment, TensorValue segments)
    {
        SegmentTables tables = Tables(segment, segments);
        if (tables.Chunks is not null)
        {
            return tables.Chunks;
        }

        // Each segment has at least one chunk, so that the first chunks of segments are all different.
        string rounded = _graph.AddNode("Add", [tables.Counts, Number("chunk.less_one", ChunkRows - 1)]);
        string counts = _graph.AddNode("Max", [_graph.AddNode("Div", [rounded, Number("chunk", ChunkRows)]), Number("step", 1)]);
        string starts = Before(counts);
        string chunks = _graph.AddNode("ReduceSum", [counts, Axis(0)], Integer("keepdims", 1)); // (1)
        string marks = _graph.AddNode(
            "ScatterElements",
            [_graph.AddNode("Expand", [List("zero", 0), chunks]), starts, _graph.AddNode("Expand", [List("one", 1), Sizes(Name(segments), 0)])],
            Integer("axis", 0));
        string owner = _graph.AddNode("Sub", [UpTo(marks), Number("step", 1)]); // (chunks): its segment

        // The rows of the k-th chunk of a segment begin k times the rows of a chunk after the segment's.
        string number = _graph.AddNode("Range", [Number("first", 0), Squeeze(chunks), Number("step", 1)]);
        string within = _graph.AddNode("Mul", [_graph.AddNode("Sub", [number, Pick(starts, owner)]), Number("chunk", ChunkRows)]);
        string first = _graph.AddNode("Add", [Pick(tables.Starts, owner), within]);
        string end = Pick(_graph.AddNode("Add", [tables.Starts, tables.Counts]), owner);
        string[] rows = new string[ChunkRows];
        for (int place = 0; place < ChunkRows; place++)
        {
            string row = place == 0 ? first : _graph.AddNode("Add", [first, Number($"place.{place}", place)]);
            rows[place] = _graph.AddNode("Where", [_graph.AddNode("Less", [row, end]), row, tables.Rows]);
        }

        (string isChunk, string chunk) = SideBySide(starts, counts);
        return tables.Chunks = new ChunkTables(rows, _graph.AddNode("Where", [isChunk, chunk, chunks]));
    }

    /// <summary>The sum of the counts before each.</summary>
    private string Before(string counts) => _graph.AddNode("Sub", [UpTo(counts), counts]);

    /// <summary>The sum of rows up to and with each, of whichever type they are.</summary>
    private string UpTo(string rows, int rank = 1)
    {
        string first = _graph.AddNode("Slice", [rows, Axis(0), Axis(1), Axis(0)]);
        string zero = _graph.AddNode("Sub", [first, first]);
        string row = Sizes(rows, 1, rank); // the shape of one, empty for a list
        string count = Sizes(rows, 0);
        string lacking = _graph.AddNode("Mod", [_graph.AddNode("Neg", [count]), List("block", PrefixBlock)]);
        string zeros = _graph.AddNode("Expand", [zero, _graph.AddNode("Concat", [lacking, row], Integer("axis", 0))]);
        string filled = _graph.AddNode("Concat", [rows, zeros], Integer("axis", 0));
        string blocks = _graph.AddNode("Reshape", [filled, _graph.AddNode("Concat", [Shape([-1, PrefixBlock]), row], Integer("axis", 0))]);
        string within = _graph.AddNode("CumSum", [blocks, Number("step", 1)]);
        string last = _graph.AddNode("Slice", [within, Axis(-1), Axis(int.MaxValue), Axis(1)]); // (blocks, 1, …): the sum of each
        string earlier = _graph.AddNode("CumSum", [last, Number("first", 0)], Integer("exclusive", 1));
        string sums = _graph.AddNode(
            "Reshape", [_graph.AddNode("Add", [within, earlier]), _graph.AddNode("Concat", [Axis(-1), row], Integer("axis", 0))]);
        return _graph.AddNode("Slice", [sums, Axis(0), count, Axis(0)]);
    }

    /// <summary>
    /// A table as wide as the largest count, rounded up: whether a place is taken, and the number of what stands there. Runtimes add four
    /// numbers at a time and what is left over one by one, so that another width would change the last digits of a crystal's sums, and
    /// with them its prediction, by the company that it is in.
    /// </summary>
    private (string IsTaken, string Number) SideBySide(string starts, string counts)
    {
        string most = _graph.AddNode("ReduceMax", [counts], Integer("keepdims", 0));
        string quarter = _graph.AddNode("Div", [_graph.AddNode("Add", [most, Number("width.less_one", WidthStep - 1)]), Number("width", WidthStep)]);
        string longest = _graph.AddNode( // not 0, so that a batch without any edge still has an axis to add along
            "Mul", [_graph.AddNode("Max", [quarter, Number("step", 1)]), Number("width", WidthStep)]);
        string places = _graph.AddNode("Range", [Number("first", 0), longest, Number("step", 1)]); // (longest)
        string isTaken = _graph.AddNode("Less", [places, Unsqueeze(counts, 1)]); // (segments, longest)
        return (isTaken, _graph.AddNode("Add", [places, Unsqueeze(starts, 1)]));
    }

    /// <summary>
    /// The tables of one tensor that says which segment a row is in: the number of all rows (1), and the first row and the number of
    /// rows of each segment.
    /// </summary>
    private sealed class SegmentTables(string rows, string starts, string counts, Lazy<PaddedTables> padded)
    {
        public string Rows => rows;

        public string Starts => starts;

        public string Counts => counts;

        public PaddedTables Padded => padded.Value;

        public ChunkTables? Chunks { get; set; }

        public string? Places { get; set; }

        public string? Mask { get; set; }
    }

    /// <summary>Which places of (segments, longest) are rows, and which; the number that follows the last row stands for none.</summary>
    private sealed record PaddedTables(string IsRow, string Rows);

    /// <summary>
    /// The first row of each chunk, (chunks), its second one and so on, and the chunks of each segment, (segments, most); the number that
    /// follows the last one stands for none.
    /// </summary>
    private sealed record ChunkTables(IReadOnlyList<string> Rows, string ChunksOfSegment);
}
