// A C interface to libtorch's operator dispatcher: any operator can be called by name, and autograd comes with it.
//
// Conventions of every function:
//   * a tensor is a c10::TensorImpl* that owns one reference; null stands for an undefined tensor;
//   * a function that may fail returns false (or null) and leaves its reason in faithful_error();
//   * no C++ exception leaves this file.
// The source compiles against libtorch 1.13 to 2.11. It includes few headers, because those of libtorch are slow to compile.
#define AT_PER_OPERATOR_HEADERS
#include <ATen/Context.h>
#include <ATen/Parallel.h>
#include <ATen/TensorIndexing.h>
#include <ATen/core/Tensor.h>
#include <ATen/core/dispatch/Dispatcher.h>
#include <ATen/ops/from_blob.h>
#include <c10/core/GradMode.h>
#include <c10/core/InferenceMode.h>
#include <c10/core/impl/VirtualGuardImpl.h>
#include <torch/csrc/autograd/autograd.h>
#include <torch/version.h>

#include <malloc.h>

#include <cstdint>
#include <string>
#include <vector>

#define EXPORT extern "C" __attribute__((visibility("default")))

namespace {

// std::optional or c10::optional, whichever this libtorch uses in its schemas.
template <class T> struct OptionalOf;
template <template <class> class Optional, class T> struct OptionalOf<Optional<T>> { template <class U> using To = Optional<U>; };
using SchemaDefault = std::decay_t<decltype(std::declval<const c10::Argument&>().default_value())>;
template <class T> using Maybe = OptionalOf<SchemaDefault>::To<T>;

using TensorPointer = c10::intrusive_ptr<c10::TensorImpl, c10::UndefinedTensorImpl>;

thread_local std::string last_error;

// One argument or result; the C# side has the same layout.
enum Kind : int32_t {
  kDefault, kNone, kTensor, kInteger, kReal, kBoolean, kIntegers, kReals, kTensors, kOptionalTensors, kText, kDevice, kGenerator
};
struct Value {
  Kind kind;
  int32_t count;  // elements behind pointer; the index of a device
  union { int64_t integer; double real; void* pointer; };
};

at::Tensor borrow(void* handle) {
  if (handle == nullptr) return at::Tensor();
  return at::Tensor(TensorPointer::reclaim_copy(static_cast<c10::TensorImpl*>(handle)));
}

void* give(at::Tensor tensor) { return tensor.defined() ? tensor.unsafeReleaseTensorImpl() : nullptr; }

std::vector<at::Tensor> borrow_all(void* const* handles, int64_t count) {
  std::vector<at::Tensor> tensors;
  tensors.reserve(count);
  for (int64_t i = 0; i < count; i++) tensors.push_back(borrow(handles[i]));
  return tensors;
}

// Runs the body; keeps the first lines of an error's text, without libtorch's own stack trace.
template <class Body> bool guarded(Body body) {
  try {
    body();
    return true;
  } catch (const c10::Error& error) {
    last_error = error.what_without_backtrace();
  } catch (const std::exception& error) {
    last_error = error.what();
  } catch (...) {
    last_error = "unknown error inside libtorch";
  }
  return false;
}

c10::IValue to_ivalue(const Value& value, const c10::Argument& argument) {
  switch (value.kind) {
    case kDefault:
      if (argument.default_value()) return *argument.default_value();
      TORCH_CHECK(argument.type()->kind() == c10::TypeKind::OptionalType, "argument ", argument.name(), " is required");
      return c10::IValue();
    case kNone: return c10::IValue();
    case kTensor: return c10::IValue(borrow(value.pointer));
    case kInteger: return c10::IValue(value.integer);
    case kReal: return c10::IValue(value.real);
    case kBoolean: return c10::IValue(value.integer != 0);
    case kIntegers: return c10::IValue(at::IntArrayRef(static_cast<int64_t*>(value.pointer), value.count));
    case kReals: return c10::IValue(at::ArrayRef<double>(static_cast<double*>(value.pointer), value.count));
    case kTensors: {
      c10::List<at::Tensor> list;
      list.reserve(value.count);
      for (int32_t i = 0; i < value.count; i++) list.push_back(borrow(static_cast<void**>(value.pointer)[i]));
      return c10::IValue(std::move(list));
    }
    case kOptionalTensors: {
      c10::List<Maybe<at::Tensor>> list;
      list.reserve(value.count);
      for (int32_t i = 0; i < value.count; i++) {
        void* handle = static_cast<void**>(value.pointer)[i];
        list.push_back(handle == nullptr ? Maybe<at::Tensor>() : Maybe<at::Tensor>(borrow(handle)));
      }
      return c10::IValue(std::move(list));
    }
    case kText: return c10::IValue(std::string(static_cast<const char*>(value.pointer), value.count));
    case kDevice: return c10::IValue(c10::Device(static_cast<c10::DeviceType>(value.integer), static_cast<c10::DeviceIndex>(value.count)));
    case kGenerator: return c10::IValue(*static_cast<at::Generator*>(value.pointer));
  }
  TORCH_CHECK(false, "unknown kind of argument: ", static_cast<int>(value.kind));
}

Value from_pointer(void* pointer) { Value value{kTensor, 0, {0}}; value.pointer = pointer; return value; }

void append_result(std::vector<Value>& results, c10::IValue&& item) {
  Value value{kNone, 0, {0}};
  if (item.isTensor()) {
    value = from_pointer(give(std::move(item).toTensor()));
  } else if (item.isTensorList()) {
    for (const at::Tensor& tensor : item.toTensorVector()) results.push_back(from_pointer(give(tensor)));
    return;
  } else if (item.isInt()) {
    value.kind = kInteger;
    value.integer = item.toInt();
  } else if (item.isDouble()) {
    value.kind = kReal;
    value.real = item.toDouble();
  } else if (item.isBool()) {
    value.kind = kBoolean;
    value.integer = item.toBool();
  }
  results.push_back(value);
}

// Threads that free and take large blocks all the time: keep freed memory instead of giving each block back to the system,
// whose fresh pages would be zeroed again at every operation (an elementwise product becomes seven times slower).
__attribute__((constructor)) void keep_freed_memory() {
  mallopt(M_MMAP_MAX, 0);
  mallopt(M_TRIM_THRESHOLD, 1 << 30);
  mallopt(M_TOP_PAD, 64 << 20);
}

}  // namespace

// ---- errors and versions ----

EXPORT const char* faithful_error() { return last_error.c_str(); }
EXPORT const char* faithful_version() { return TORCH_VERSION; }

// ---- operators ----

// The handle of an operator, or null. It lives as long as the process.
EXPORT void* faithful_operator(const char* name, const char* overload) {
  void* handle = nullptr;
  guarded([&] {
    auto found = c10::Dispatcher::singleton().findSchema({name, overload});
    TORCH_CHECK(found.has_value(), "libtorch ", TORCH_VERSION, " has no operator ", name, ".", overload);
    handle = new c10::OperatorHandle(*found);
  });
  return handle;
}

// Calls an operator with arguments in the order of its schema; arguments that are not given take the schema's defaults.
// Tensor lists and tuples come back flattened. The results stay valid until this thread's next call.
EXPORT bool faithful_call(void* handle, const Value* arguments, int32_t count, const Value** results, int32_t* result_count) {
  thread_local std::vector<c10::IValue> stack;
  thread_local std::vector<Value> values;
  bool done = guarded([&] {
    const auto& operation = *static_cast<c10::OperatorHandle*>(handle);
    const auto& schema = operation.schema();
    const auto& declared = schema.arguments();
    TORCH_CHECK(static_cast<size_t>(count) <= declared.size(), schema.name(), " takes ", declared.size(), " arguments, not ", count);
    stack.clear();
    values.clear();
    static const Value missing{kDefault, 0, {0}};
    for (size_t i = 0; i < declared.size(); i++) {
      stack.push_back(to_ivalue(i < static_cast<size_t>(count) ? arguments[i] : missing, declared[i]));
    }
    operation.callBoxed(&stack);
    for (c10::IValue& item : stack) append_result(values, std::move(item));
  });
  stack.clear();
  *results = values.data();
  *result_count = static_cast<int32_t>(values.size());
  return done;
}

// ---- tensors ----

struct Description {
  int64_t elements, dimensions, element_size, storage_offset;
  const int64_t *sizes, *strides;
  int32_t scalar_type, device_type, device_index, layout;
};

// Sizes and strides point into the tensor: they are valid while it lives and keeps its shape.
EXPORT bool faithful_describe(void* handle, Description* description) {
  return guarded([&] {
    at::Tensor tensor = borrow(handle);
    bool strided = tensor.layout() == c10::kStrided;
    *description = {
        tensor.numel(), tensor.dim(), static_cast<int64_t>(tensor.element_size()), strided ? tensor.storage_offset() : 0,
        tensor.sizes().data(), strided ? tensor.strides().data() : nullptr, static_cast<int32_t>(tensor.scalar_type()),
        static_cast<int32_t>(tensor.device().type()), tensor.device().index(), static_cast<int32_t>(tensor.layout())};
  });
}

EXPORT void* faithful_data(void* handle) {
  void* data = nullptr;
  guarded([&] { data = borrow(handle).data_ptr(); });
  return data;
}

EXPORT void faithful_release(void* handle) {
  guarded([&] { TensorPointer::reclaim(static_cast<c10::TensorImpl*>(handle)); });
}

// A second owner of the same tensor.
EXPORT void* faithful_share(void* handle) { return give(borrow(handle)); }

// A CPU tensor over memory that someone else owns; release(context) is called when libtorch needs the memory no more.
EXPORT void* faithful_wrap(void* data, const int64_t* sizes, int32_t dimensions, int32_t scalar_type, void (*release)(void*), void* context) {
  void* handle = nullptr;
  guarded([&] {
    auto options = at::TensorOptions().dtype(static_cast<c10::ScalarType>(scalar_type));
    handle = give(at::from_blob(data, at::IntArrayRef(sizes, dimensions), [=](void*) { release(context); }, options));
  });
  return handle;
}

// ---- index expressions ----

// One place of an index expression; missing bounds of a slice are the least integer.
struct Index {
  int64_t kind;  // 0 slice, 1 number, 2 ellipsis, 3 new axis, 4 boolean, 5 tensor
  int64_t start, stop, step;
  void* tensor;
};

static std::vector<at::indexing::TensorIndex> expression(const Index* places, int32_t count) {
  using namespace at::indexing;
  auto bound = [](int64_t value) { return value == INT64_MIN ? Maybe<int64_t>() : Maybe<int64_t>(value); };
  std::vector<TensorIndex> indices;
  for (int32_t i = 0; i < count; i++) {
    const Index& place = places[i];
    switch (place.kind) {
      case 0: indices.emplace_back(Slice(bound(place.start), bound(place.stop), bound(place.step))); break;
      case 1: indices.emplace_back(place.start); break;
      case 2: indices.emplace_back(Ellipsis); break;
      case 3: indices.emplace_back(None); break;
      case 4: indices.emplace_back(place.start != 0); break;
      default: indices.emplace_back(borrow(place.tensor));
    }
  }
  return indices;
}

EXPORT void* faithful_index(void* handle, const Index* places, int32_t count) {
  void* result = nullptr;
  guarded([&] { result = give(borrow(handle).index(expression(places, count))); });
  return result;
}
EXPORT bool faithful_index_put(void* handle, const Index* places, int32_t count, void* value) {
  return guarded([&] { borrow(handle).index_put_(expression(places, count), borrow(value)); });
}

// ---- gradients ----

EXPORT bool faithful_requires_grad(void* handle) { return borrow(handle).requires_grad(); }
EXPORT bool faithful_is_leaf(void* handle) { return borrow(handle).is_leaf(); }
EXPORT void* faithful_grad(void* handle) {
  void* grad = nullptr;
  guarded([&] { grad = give(borrow(handle).grad()); });
  return grad;
}
EXPORT bool faithful_set_requires_grad(void* handle, bool value) {
  return guarded([&] { borrow(handle).set_requires_grad(value); });
}
EXPORT bool faithful_set_grad(void* handle, void* grad) {
  return guarded([&] { borrow(handle).mutable_grad() = borrow(grad); });
}
EXPORT bool faithful_retain_grad(void* handle) {
  return guarded([&] { borrow(handle).retain_grad(); });
}

// grads: one entry a root; null means a gradient of one. inputs: where to accumulate; none means all leaves.
EXPORT bool faithful_backward(void* const* roots, void* const* grads, int32_t count, bool retain, bool create, void* const* inputs, int32_t input_count) {
  return guarded([&] {
    torch::autograd::backward(borrow_all(roots, count), borrow_all(grads, count), retain, create, borrow_all(inputs, input_count));
  });
}

// Gradients of the roots with respect to the inputs, written to results (null where unused).
EXPORT bool faithful_gradients(void* const* roots, void* const* grads, int32_t count, void* const* inputs, int32_t input_count,
                               bool retain, bool create, bool allow_unused, void** results) {
  return guarded([&] {
    auto found = torch::autograd::grad(borrow_all(roots, count), borrow_all(inputs, input_count), borrow_all(grads, count), retain, create, allow_unused);
    for (size_t i = 0; i < found.size(); i++) results[i] = give(found[i]);
  });
}

EXPORT bool faithful_grad_mode() { return c10::GradMode::is_enabled(); }
EXPORT void faithful_set_grad_mode(bool enabled) { c10::GradMode::set_enabled(enabled); }
EXPORT bool faithful_inference_mode() { return c10::InferenceMode::is_enabled(); }
EXPORT void* faithful_enter_inference_mode(bool enabled) { return new c10::InferenceMode(enabled); }
EXPORT void faithful_leave_inference_mode(void* mode) { delete static_cast<c10::InferenceMode*>(mode); }

// ---- random numbers ----

EXPORT bool faithful_manual_seed(int64_t seed) {
  return guarded([&] { at::manual_seed(static_cast<uint64_t>(seed)); });
}
// A new generator for a device, or with fresh false the device's default one.
EXPORT void* faithful_generator(int32_t device_type, int32_t device_index, bool fresh) {
  void* handle = nullptr;
  guarded([&] {
    c10::Device device(static_cast<c10::DeviceType>(device_type), static_cast<c10::DeviceIndex>(device_index));
    const at::Generator& standard = at::globalContext().defaultGenerator(device);
    handle = new at::Generator(fresh ? standard.clone() : standard);
  });
  return handle;
}
EXPORT void faithful_generator_release(void* handle) { delete static_cast<at::Generator*>(handle); }
EXPORT bool faithful_generator_set_seed(void* handle, int64_t seed) {
  return guarded([&] { static_cast<at::Generator*>(handle)->set_current_seed(static_cast<uint64_t>(seed)); });
}
EXPORT int64_t faithful_generator_seed(void* handle, bool renew) {
  auto& generator = *static_cast<at::Generator*>(handle);
  return static_cast<int64_t>(renew ? generator.seed() : generator.current_seed());
}
EXPORT void* faithful_generator_state(void* handle) {
  void* state = nullptr;
  guarded([&] { state = give(static_cast<at::Generator*>(handle)->get_state()); });
  return state;
}
EXPORT bool faithful_generator_set_state(void* handle, void* state) {
  return guarded([&] { static_cast<at::Generator*>(handle)->set_state(borrow(state)); });
}

// ---- devices and threads ----

EXPORT int32_t faithful_device_count(int32_t device_type) {
  auto type = static_cast<c10::DeviceType>(device_type);
  return c10::impl::hasDeviceGuardImpl(type) ? c10::impl::getDeviceGuardImpl(type)->deviceCount() : 0;
}
// Waits until everything queued on the device's current stream is done.
EXPORT bool faithful_synchronize(int32_t device_type, int32_t device_index) {
  return guarded([&] {
    c10::impl::VirtualGuardImpl guard(static_cast<c10::DeviceType>(device_type));
    c10::Device device = guard.getDevice();
    if (device_index >= 0) device.set_index(static_cast<c10::DeviceIndex>(device_index));
    guard.synchronizeStream(guard.getStream(device));
  });
}
EXPORT bool faithful_has_cudnn() { return at::globalContext().hasCuDNN(); }
EXPORT bool faithful_allow_tf32(bool convolutions) {
  return convolutions ? at::globalContext().allowTF32CuDNN() : at::globalContext().allowTF32CuBLAS();
}
EXPORT void faithful_set_allow_tf32(bool convolutions, bool allow) {
  if (convolutions) at::globalContext().setAllowTF32CuDNN(allow); else at::globalContext().setAllowTF32CuBLAS(allow);
}
EXPORT int32_t faithful_num_threads(bool between_operators) { return between_operators ? at::get_num_interop_threads() : at::get_num_threads(); }
EXPORT bool faithful_set_num_threads(bool between_operators, int32_t threads) {
  return guarded([&] { if (between_operators) at::set_num_interop_threads(threads); else at::set_num_threads(threads); });
}
