using TorchSharp.Native;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        public Tensor matmul(Tensor target) => Operators.Call("matmul", this, target);

        public Tensor mm(Tensor target) => Operators.Call("mm", this, target);

        public Tensor mv(Tensor target) => Operators.Call("mv", this, target);

        public Tensor bmm(Tensor batch2) => Operators.Call("bmm", this, batch2);

        public Tensor dot(Tensor target) => Operators.Call("dot", this, target);

        public Tensor vdot(Tensor target) => Operators.Call("vdot", this, target);

        public Tensor outer(Tensor vec2) => Operators.Call("outer", this, vec2);

        public Tensor inner(Tensor vec2) => Operators.Call("inner", this, vec2);

        public Tensor kron(Tensor other) => Operators.Call("kron", this, other);

        public Tensor addmm(
            Tensor mat1, Tensor mat2, float beta = 1, float alpha = 1) =>
            Operators.Call("addmm", this, mat1, mat2, (Scalar)beta, (Scalar)alpha);

        public Tensor addmm_(
            Tensor mat1, Tensor mat2, float beta = 1, float alpha = 1) =>
            InPlace("addmm_", mat1, mat2, (Scalar)beta, (Scalar)alpha);

        public Tensor addmv(
            Tensor mat, Tensor vec, float beta = 1.0f, float alpha = 1.0f) =>
            Operators.Call("addmv", this, mat, vec, (Scalar)beta, (Scalar)alpha);

        public Tensor addr(
            Tensor vec1, Tensor vec2, float beta = 1.0f, float alpha = 1.0f) =>
            Operators.Call("addr", this, vec1, vec2, (Scalar)beta, (Scalar)alpha);

        public Tensor baddbmm(
            Tensor batch1, Tensor batch2, float beta = 1, float alpha = 1) =>
            Operators.Call("baddbmm", this, batch1, batch2, (Scalar)beta, (Scalar)alpha);

        public Tensor det() => Operators.Call("det", this);

        public Tensor inverse() => Operators.Call("inverse", this);

        public Tensor trace() => Operators.Call("trace", this);

        public Tensor diag(long diagonal = 0) => Operators.Call("diag", this, diagonal);

        public Tensor diagonal(
            long offset = 0L, long dim1 = 0L, long dim2 = 1L) =>
            Operators.Call("diagonal", this, offset, dim1, dim2);

        public Tensor diag_embed(
            long offset = 0L, long dim1 = -2L, long dim2 = -1L) =>
            Operators.Call("diag_embed", this, offset, dim1, dim2);

        public Tensor tril(long diagonal = 0) => Operators.Call("tril", this, diagonal);

        public Tensor triu(long diagonal = 0) => Operators.Call("triu", this, diagonal);

        public Tensor tensordot(Tensor b, long[] dims1, long[] dims2) => Operators.Call("tensordot", this, b, dims1, dims2);
    }
}
