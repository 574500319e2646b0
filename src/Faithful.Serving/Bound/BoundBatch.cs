using Faithful.Models;
using Faithful.Models.Packing;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace Faithful.Serving;

/// <summary>
/// A batch that is laid out where the device fetches it, and the place for its answers. Its memory is used again for the next batch.
/// Not thread-safe; each worker has its own.
/// </summary>
internal sealed class BoundBatch : IDisposable
{
    private readonly ModelInput[] _inputs;
    private readonly string[] _outputs;
    private readonly int _outputWidth;
    private readonly InferenceSession _session;
    private readonly OrtIoBinding _binding;
    private readonly Dictionary<string, BoundMemory> _memory;
    private int[] _sources = [];
    private int _crystals, _atoms, _edges;

    public BoundBatch(InferenceSession session, ModelCard card, OrtAllocator? allocator)
    {
        _session = session;
        _inputs = [.. card.GraphInputs];
        _outputs = ModelContract.Outputs(card.Task);
        _outputWidth = card.Task.OutputWidth;
        _binding = session.CreateIoBinding();
        _memory = _inputs.Select(input => input.Name).Concat(_outputs).ToDictionary(name => name, _ => new BoundMemory(allocator));
    }

    /// <summary>Lays out crystals.</summary>
    /// <param name="data">The data set.</param>
    /// <param name="rows">Places in it, none of them a fallback.</param>
    public void Fill(PackedDataset data, ReadOnlySpan<int> rows)
    {
        (_crystals, _atoms, _edges) = (rows.Length, 0, 0);
        foreach (int row in rows)
        {
            using PackedCrystal crystal = data.View(row);
            (_atoms, _edges) = (_atoms + crystal.Atoms, checked(_edges + crystal.Edges));
        }

        Span<long> numbers = Take<long>(ModelInput.AtomicNumbers, _atoms), crystalIndex = Take<long>(ModelInput.CrystalIndex, _atoms);
        Span<long> sites = Take<long>(ModelInput.SiteSymmetries, _atoms), groups = Take<long>(ModelInput.SpaceGroups, _crystals);
        Span<float> positions = Take<float>(ModelInput.Positions, 3L * _atoms), lattices = Take<float>(ModelInput.Lattices, 9L * _crystals);
        Span<long> sources = Take<long>(ModelInput.EdgeSource, _edges), targets = Take<long>(ModelInput.EdgeTarget, _edges);
        Span<long> images = Take<long>(ModelInput.EdgeImage, 3L * _edges);
        for (int i = 0, atom = 0, edge = 0; i < rows.Length; i++)
        {
            using PackedCrystal crystal = data.View(rows[i]);
            (int atoms, int edges) = (crystal.Atoms, crystal.Edges);
            Widen(crystal.AtomicNumbers, numbers, atom);
            Widen(crystal.SiteSymmetries, sites, atom);
            if (!crystalIndex.IsEmpty)
            {
                crystalIndex.Slice(atom, atoms).Fill(i);
            }

            Copy(crystal.Positions, positions, 3 * atom);
            Copy(crystal.Lattice, lattices, 9 * i);
            if (!groups.IsEmpty)
            {
                groups[i] = crystal.SpaceGroup;
            }

            FillEdges(crystal, sources, targets, images, atom, edge);
            (atom, edge) = (atom + atoms, edge + edges);
        }
    }

    /// <summary>Computes the batch.</summary>
    public void Run()
    {
        List<OrtValue> values = [];
        try
        {
            foreach (ModelInput input in _inputs)
            {
                int rows = input.Rows switch { ModelInputRows.Atoms => _atoms, ModelInputRows.Crystals => _crystals, _ => _edges };
                TensorElementType type = input.IsInteger ? TensorElementType.Int64 : TensorElementType.Float;
                values.Add(_memory[input.Name].Wrap(type, [rows, .. input.RowShape.Select(size => (long)size)]));
                _binding.BindInput(input.Name, values[^1]);
            }

            foreach (string output in _outputs)
            {
                _ = _memory[output].Take<float>((long)_crystals * _outputWidth);
                values.Add(_memory[output].Wrap(TensorElementType.Float, _outputs.Length == 1 ? [_crystals] : [_crystals, _outputWidth]));
                _binding.BindOutput(output, values[^1]);
            }

            _binding.SynchronizeBoundInputs();
            using var options = new RunOptions();
            _session.RunWithBinding(options, _binding);
            _binding.SynchronizeBoundOutputs();
        }
        finally
        {
            _binding.ClearBoundInputs();
            _binding.ClearBoundOutputs();
            values.ForEach(value => value.Dispose());
        }
    }

    /// <summary>Gets what the graph gave.</summary>
    /// <param name="output">Which of its outputs.</param>
    /// <returns>Shape (crystals, width); until the next batch.</returns>
    public ReadOnlySpan<float> Output(int output) => _memory[_outputs[output]].Take<float>((long)_crystals * _outputWidth);

    /// <inheritdoc/>
    public void Dispose()
    {
        _binding.Dispose();
        foreach (BoundMemory memory in _memory.Values)
        {
            memory.Dispose();
        }
    }

    private static void Widen(ReadOnlySpan<byte> from, Span<long> to, int start)
    {
        for (int i = 0; i < from.Length && !to.IsEmpty; i++)
        {
            to[start + i] = from[i];
        }
    }

    private static void Copy(ReadOnlySpan<float> from, Span<float> to, int start)
    {
        if (!to.IsEmpty)
        {
            from.CopyTo(to[start..]);
        }
    }

    private void FillEdges(in PackedCrystal crystal, Span<long> sources, Span<long> targets, Span<long> images, int firstAtom, int firstEdge)
    {
        int edges = crystal.Edges;
        if (!sources.IsEmpty && edges > 0)
        {
            if (_sources.Length < edges)
            {
                _sources = new int[Math.Max(edges, 2 * _sources.Length)];
            }

            crystal.CopyEdgeSource(_sources);
            Span<long> own = sources.Slice(firstEdge, edges);
            for (int i = 0; i < own.Length; i++)
            {
                own[i] = firstAtom + _sources[i];
            }
        }

        if (!targets.IsEmpty)
        {
            int edge = firstEdge, atom = firstAtom;
            foreach (int count in crystal.EdgeCounts)
            {
                targets.Slice(edge, count).Fill(atom++);
                edge += count;
            }
        }

        if (!images.IsEmpty)
        {
            ReadOnlySpan<sbyte> narrow = crystal.EdgeImage;
            Span<long> own = images.Slice(3 * firstEdge, narrow.Length);
            for (int i = 0; i < narrow.Length; i++)
            {
                own[i] = narrow[i];
            }
        }
    }

    /// <summary>The memory of an input; none where the model does not read it.</summary>
    private Span<T> Take<T>(ModelInput input, long count)
        where T : unmanaged => _memory.TryGetValue(input.Name, out BoundMemory? memory) ? memory.Take<T>(count) : [];
}
