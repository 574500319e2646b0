using System.Runtime.Intrinsics;

namespace Faithful.Crystals.Bands;

/// <summary>The Givens rotations of several QL sweeps, applied together to the rows of a matrix.</summary>
/// <remarks>
/// Columns do not depend on one another. All sweeps of a batch are applied to a few columns, which stay in the fastest cache, before the
/// next columns have their turn; of the two rows that a rotation combines one stays in registers for the next rotation.
/// </remarks>
internal unsafe ref struct RotationBatch
{
    private const int Sweeps = 32;
    private const int Block = 16; // columns

    private readonly double* _rows;
    private readonly double* _otherRows;
    private readonly int _stride;
    private readonly int _columns;
    private readonly double* _coefficients; // cosine and sine of each
    private readonly int _capacity;
    private Ranges _ranges;
    private int _sweeps;
    private int _count;
    private int _begun;

    /// <summary>An empty batch.</summary>
    /// <param name="rows">The rows that will be rotated.</param>
    /// <param name="order">How many rows.</param>
    /// <param name="stride">From row to row.</param>
    /// <param name="columns">A multiple of <see cref="VectorKernels.Line"/>.</param>
    /// <param name="memory"><see cref="MemoryLength"/> numbers.</param>
    /// <param name="otherRows">More rows to be rotated in the same way, if there are any.</param>
    public RotationBatch(double* rows, int order, int stride, int columns, double* memory, double* otherRows = null)
    {
        _otherRows = otherRows;
        _rows = rows;
        _stride = stride;
        _columns = columns;
        _coefficients = memory;
        _capacity = Sweeps * order;
    }

    /// <summary>Numbers of temporary memory for <paramref name="order"/> rows.</summary>
    public static int MemoryLength(int order) => 2 * Sweeps * order;

    /// <summary>Begins a sweep of at most <paramref name="count"/> rotations.</summary>
    public void Begin(int count)
    {
        if (_sweeps == Sweeps || _count + count > _capacity)
        {
            Apply();
        }

        _begun = _count;
    }

    /// <summary>Adds the rotation of the next lower pair of rows.</summary>
    public void Add(double cosine, double sine)
    {
        _coefficients[2 * _count] = cosine;
        _coefficients[(2 * _count) + 1] = sine;
        _count++;
    }

    /// <summary>Ends the sweep, whose first rotation was of the rows <paramref name="high"/> and <paramref name="high"/> + 1.</summary>
    public void End(int high)
    {
        if (_count > _begun)
        {
            _ranges[_sweeps++] = (high, _begun, _count);
        }
    }

    /// <summary>Applies what has been gathered.</summary>
    public void Apply()
    {
        Apply(_rows);
        if (_otherRows != null)
        {
            Apply(_otherRows);
        }

        (_sweeps, _count) = (0, 0);
    }

    private readonly void Apply(double* rows)
    {
        var column = 0;
        for (; column + Block <= _columns; column += Block)
        {
            for (var sweep = 0; sweep < _sweeps; sweep++)
            {
                var (high, from, to) = _ranges[sweep];
                var start = rows + ((nint)(high + 1) * _stride) + column;
                var pairs = _coefficients + (2 * from);
                if (Vector512.IsHardwareAccelerated)
                {
                    RotateWide(start, _stride, pairs, to - from);
                }
                else
                {
                    Rotate(start, _stride, pairs, to - from);
                }
            }
        }

        if (column < _columns)
        {
            for (var sweep = 0; sweep < _sweeps; sweep++)
            {
                var (high, from, to) = _ranges[sweep];
                RotateLine(rows + ((nint)(high + 1) * _stride) + column, _stride, _coefficients + (2 * from), to - from);
            }
        }
    }

    // The operations of Rotate in registers of twice the length: every number is the same to the last bit.
    private static void RotateWide(double* row, nint stride, double* pairs, int count)
    {
        var (x0, x1) = (Vector512.Load(row), Vector512.Load(row + 8));
        for (var end = pairs + (2 * count); pairs < end; pairs += 2)
        {
            var (c, s) = (Vector512.Create(pairs[0]), Vector512.Create(pairs[1]));
            var below = row - stride;
            var (y0, y1) = (Vector512.Load(below), Vector512.Load(below + 8));
            Vector512.FusedMultiplyAdd(s, y0, c * x0).Store(row);
            Vector512.FusedMultiplyAdd(s, y1, c * x1).Store(row + 8);
            x0 = Vector512.FusedMultiplyAdd(-s, x0, c * y0);
            x1 = Vector512.FusedMultiplyAdd(-s, x1, c * y1);
            row = below;
        }

        x0.Store(row);
        x1.Store(row + 8);
    }

    private static void Rotate(double* row, nint stride, double* pairs, int count)
    {
        var (x0, x1, x2, x3) = (Vector256.Load(row), Vector256.Load(row + 4), Vector256.Load(row + 8), Vector256.Load(row + 12));
        for (var end = pairs + (2 * count); pairs < end; pairs += 2)
        {
            var (c, s) = (Vector256.Create(pairs[0]), Vector256.Create(pairs[1]));
            var below = row - stride;
            var (y0, y1, y2, y3) = (Vector256.Load(below), Vector256.Load(below + 4), Vector256.Load(below + 8), Vector256.Load(below + 12));
            Vector256.FusedMultiplyAdd(s, y0, c * x0).Store(row);
            Vector256.FusedMultiplyAdd(s, y1, c * x1).Store(row + 4);
            Vector256.FusedMultiplyAdd(s, y2, c * x2).Store(row + 8);
            Vector256.FusedMultiplyAdd(s, y3, c * x3).Store(row + 12);
            x0 = Vector256.FusedMultiplyAdd(-s, x0, c * y0);
            x1 = Vector256.FusedMultiplyAdd(-s, x1, c * y1);
            x2 = Vector256.FusedMultiplyAdd(-s, x2, c * y2);
            x3 = Vector256.FusedMultiplyAdd(-s, x3, c * y3);
            row = below;
        }

        x0.Store(row);
        x1.Store(row + 4);
        x2.Store(row + 8);
        x3.Store(row + 12);
    }

    private static void RotateLine(double* row, nint stride, double* pairs, int count)
    {
        var (x0, x1) = (Vector256.Load(row), Vector256.Load(row + 4));
        for (var end = pairs + (2 * count); pairs < end; pairs += 2)
        {
            var (c, s) = (Vector256.Create(pairs[0]), Vector256.Create(pairs[1]));
            var below = row - stride;
            var (y0, y1) = (Vector256.Load(below), Vector256.Load(below + 4));
            Vector256.FusedMultiplyAdd(s, y0, c * x0).Store(row);
            Vector256.FusedMultiplyAdd(s, y1, c * x1).Store(row + 4);
            x0 = Vector256.FusedMultiplyAdd(-s, x0, c * y0);
            x1 = Vector256.FusedMultiplyAdd(-s, x1, c * y1);
            row = below;
        }

        x0.Store(row);
        x1.Store(row + 4);
    }

    [System.Runtime.CompilerServices.InlineArray(Sweeps)]
    private struct Ranges
    {
        private (int High, int From, int To) _first;
    }
}
