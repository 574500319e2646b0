using TorchSharp.Native;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        public Tensor add(Tensor target) => Operators.Call("add.Tensor", this, target);

        public Tensor add(Tensor target, Scalar alpha) => Operators.Call("add.Tensor", this, target, alpha);

        public Tensor add(Scalar scalar) => Operators.Call("add.Scalar", this, scalar);

        public Tensor add(Scalar scalar, Scalar alpha) => Operators.Call("add.Scalar", this, scalar, alpha);

        public Tensor add_(Tensor target) => InPlace("add_.Tensor", target);

        public Tensor add_(Tensor target, Scalar alpha) => InPlace("add_.Tensor", target, alpha);

        public Tensor add_(Scalar scalar) => InPlace("add_.Scalar", scalar);

        public Tensor add_(Scalar scalar, Scalar alpha) => InPlace("add_.Scalar", scalar, alpha);

        public Tensor sub(Tensor target) => Operators.Call("sub.Tensor", this, target);

        public Tensor sub(Scalar target) => Operators.Call("sub.Scalar", this, target);

        public Tensor sub_(Tensor target) => InPlace("sub_.Tensor", target);

        public Tensor sub_(Scalar target) => InPlace("sub_.Scalar", target);

        public Tensor subtract(Tensor target) => sub(target);

        public Tensor subtract_(Tensor target) => sub_(target);

        public Tensor subtract(Scalar target) => sub(target);

        public Tensor subtract_(Scalar target) => sub_(target);

        public Tensor mul(Tensor target) => Operators.Call("mul.Tensor", this, target);

        public Tensor mul_(Tensor target) => InPlace("mul_.Tensor", target);

        public Tensor multiply(Tensor target) => mul(target);

        public Tensor div(Tensor target, RoundingMode rounding_mode = RoundingMode.None) =>
            rounding_mode == RoundingMode.None ? Operators.Call("div.Tensor", this, target) : Operators.Call("div.Tensor_mode", this, target, rounding_mode.ToString());

        public Tensor div_(Tensor target, RoundingMode rounding_mode = RoundingMode.None) =>
            rounding_mode == RoundingMode.None ? InPlace("div_.Tensor", target) : InPlace("div_.Tensor_mode", target, rounding_mode.ToString());

        public Tensor divide(Tensor target, RoundingMode rounding_mode = RoundingMode.None) => div(target, rounding_mode);

        public Tensor floor_divide(Tensor other) => Operators.Call("floor_divide", this, other);

        public Tensor remainder(Tensor target) => Operators.Call("remainder.Tensor", this, target);

        public Tensor fmod(Tensor target) => Operators.Call("fmod.Tensor", this, target);

        public Tensor true_divide(Tensor other) => Operators.Call("true_divide.Tensor", this, other);

        public Tensor pow(Tensor exponent) => Operators.Call("pow.Tensor_Tensor", this, exponent);

        public Tensor pow_(Tensor exponent) => InPlace("pow_.Tensor", exponent);

        public Tensor mul(Scalar target) => Operators.Call("mul.Scalar", this, target);

        public Tensor mul_(Scalar target) => InPlace("mul_.Scalar", target);

        public Tensor multiply(Scalar target) => mul(target);

        public Tensor div(Scalar target, RoundingMode rounding_mode = RoundingMode.None) =>
            rounding_mode == RoundingMode.None ? Operators.Call("div.Scalar", this, target) : Operators.Call("div.Scalar_mode", this, target, rounding_mode.ToString());

        public Tensor div_(Scalar target, RoundingMode rounding_mode = RoundingMode.None) =>
            rounding_mode == RoundingMode.None ? InPlace("div_.Scalar", target) : InPlace("div_.Scalar_mode", target, rounding_mode.ToString());

        public Tensor divide(Scalar target, RoundingMode rounding_mode = RoundingMode.None) => div(target, rounding_mode);

        public Tensor floor_divide(Scalar other) => Operators.Call("floor_divide.Scalar", this, other);

        public Tensor remainder(Scalar scalar) => Operators.Call("remainder.Scalar", this, scalar);

        public Tensor fmod(Scalar scalar) => Operators.Call("fmod.Scalar", this, scalar);

        public Tensor true_divide(Scalar other) => Operators.Call("true_divide.Scalar", this, other);

        public Tensor pow(Scalar exponent) => Operators.Call("pow.Tensor_Scalar", this, exponent);

        public Tensor pow_(Scalar exponent) => InPlace("pow_.Scalar", exponent);

        public Tensor atan2(Tensor other) => Operators.Call("atan2", this, other);

        public Tensor hypot(Tensor other) => Operators.Call("hypot", this, other);

        public Tensor logaddexp(Tensor other) => Operators.Call("logaddexp", this, other);

        public Tensor maximum(Tensor other) => Operators.Call("maximum", this, other);

        public Tensor minimum(Tensor other) => Operators.Call("minimum", this, other);

        public Tensor fmax(Tensor other) => Operators.Call("fmax", this, other);

        public Tensor fmin(Tensor other) => Operators.Call("fmin", this, other);

        public Tensor copysign(Tensor other) => Operators.Call("copysign.Tensor", this, other);

        public Tensor logical_and(Tensor other) => Operators.Call("logical_and", this, other);

        public Tensor logical_or(Tensor other) => Operators.Call("logical_or", this, other);

        public Tensor logical_xor(Tensor other) => Operators.Call("logical_xor", this, other);

        public Tensor bitwise_and(Tensor other) => Operators.Call("bitwise_and.Tensor", this, other);

        public Tensor bitwise_or(Tensor other) => Operators.Call("bitwise_or.Tensor", this, other);

        public Tensor bitwise_xor(Tensor other) => Operators.Call("bitwise_xor.Tensor", this, other);

        public Tensor addcdiv(
            Tensor tensor1, Tensor tensor2, Scalar value) =>
            Operators.Call("addcdiv", this, tensor1, tensor2, value);

        public Tensor addcdiv(Tensor tensor1, Tensor tensor2) => Operators.Call("addcdiv", this, tensor1, tensor2);

        public Tensor addcdiv_(Tensor tensor1, Tensor tensor2, Scalar value) => InPlace("addcdiv_", tensor1, tensor2, value);

        public Tensor addcdiv_(Tensor tensor1, Tensor tensor2) => InPlace("addcdiv_", tensor1, tensor2);

        public Tensor addcmul(
            Tensor tensor1, Tensor tensor2, Scalar value) =>
            Operators.Call("addcmul", this, tensor1, tensor2, value);

        public Tensor addcmul_(Tensor tensor1, Tensor tensor2, Scalar value) => InPlace("addcmul_", tensor1, tensor2, value);

        public Tensor lerp(Tensor end, Tensor weight) => Operators.Call("lerp.Tensor", this, end, weight);

        public Tensor lerp_(Tensor end, Tensor weight) => InPlace("lerp_.Tensor", end, weight);
    }
}
