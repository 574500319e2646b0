using Faithful.Crystals.Transformations;

namespace Faithful.Crystals.Descriptors;

/// <summary>The lengths and angles of the Niggli cell of a lattice, which do not depend on the basis that it is given in.</summary>
/// <param name="Lengths">The edges, Å, the shortest first.</param>
/// <param name="Angles">The angles opposite of them (α, β, γ), degrees.</param>
internal readonly record struct NiggliCell(Vector3D Lengths, Vector3D Angles)
{
    public static NiggliCell Of(Lattice lattice)
    {
        var tolerance = NiggliTransformation.DefaultTolerance;

        // Should the steps not end, the shortest vectors serve: a description need not be perfect, but there must be one.
        var rows = NiggliReduction.Reduce(lattice, ref tolerance) ?? lattice.Reduction.RowsInOriginal;
        var reduced = IntegerMatrix.IsIdentity(rows) ? lattice : IntegerMatrix.Multiply(rows, lattice);
        return new(reduced.Lengths, reduced.Angles);
    }
}
