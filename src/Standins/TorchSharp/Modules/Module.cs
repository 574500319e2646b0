using System.Reflection;
using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>A part of a network: parameters, buffers and further modules under names.</summary>
        public partial class Module : IDisposable
        {
            private readonly OrderedDictionary<string, Parameter> ownParameters = [];
            private readonly OrderedDictionary<string, (Tensor Tensor, bool Persistent)> ownBuffers = [];
            private readonly OrderedDictionary<string, Module> ownModules = [];
            private bool isTraining = true;
            private bool componentsRegistered;

            protected Module(string name) => this.name = name;

            ~Module() => Dispose(false);

            protected string? name;

            public virtual bool training => isTraining;

            public void Dispose()
            {
                Dispose(true);
                GC.SuppressFinalize(this);
            }

            public virtual string GetName() => string.IsNullOrEmpty(name) ? GetType().Name : name;

            public virtual void train(bool train = true)
            {
                isTraining = train;
                foreach (var (_, child) in named_children())
                {
                    child.train(train);
                }
            }

            public virtual void eval() => train(false);

            public virtual Module apply(Action<Module> fn)
            {
                foreach (var (_, child) in named_children())
                {
                    child.apply(fn);
                }

                fn(this);
                return this;
            }

            public virtual void zero_grad(bool set_to_none = true)
            {
                foreach (Parameter parameter in parameters())
                {
                    using Tensor? grad = parameter.grad;
                    if (grad is not null && set_to_none)
                    {
                        parameter.grad = null;
                    }
                    else
                    {
                        grad?.zero_();
                    }
                }
            }

            public virtual void register_buffer(string name, Tensor tensor, bool persistent = true)
            {
                if (tensor is null || tensor.IsInvalid)
                {
                    throw new ArgumentNullException(nameof(tensor), "A null tensor cannot be registered as a buffer.");
                }

                if (!ownBuffers.TryAdd(name, (tensor, persistent)))
                {
                    throw new InvalidOperationException($"Tensor {name} is already registered.");
                }
            }

            public virtual void register_parameter(string name, Parameter param)
            {
                if (param is null || param.IsInvalid)
                {
                    throw new ArgumentNullException(nameof(param), "A null tensor cannot be registered as a parameter.");
                }

                if (!ownParameters.TryAdd(name, param))
                {
                    throw new InvalidOperationException($"Parameter {name} is already registered.");
                }
            }

            public void add_module(string name, Module module) => register_module(name, module);

            public virtual void register_module(string name, Module submodule)
            {
                if (submodule is null)
                {
                    ownModules.Remove(name);
                    return;
                }

                if (string.IsNullOrEmpty(name) || name.Contains('.', StringComparison.Ordinal))
                {
                    throw new ArgumentException($"a module's name can't be empty or contain \".\", got: \"{name}\"");
                }

                submodule.RegisterComponents();
                if (!ownModules.TryAdd(name, submodule))
                {
                    throw new InvalidOperationException($"Sub-module {name} is already registered.");
                }
            }

            /// <summary>Registers the fields of this object: modules, parameters, and other tensors as buffers.</summary>
            protected virtual void RegisterComponents()
            {
                if (componentsRegistered)
                {
                    return;
                }

                foreach (FieldInfo field in Fields())
                {
                    string component = ComponentName(field);
                    if (ownModules.ContainsKey(component) || ownParameters.ContainsKey(component) || ownBuffers.ContainsKey(component))
                    {
                        continue;
                    }

                    switch (field.GetValue(this))
                    {
                        case Module module:
                            register_module(component, module);
                            break;
                        case Parameter parameter:
                            register_parameter(component, parameter);
                            break;
                        case Tensor tensor:
                            register_buffer(component, tensor);
                            break;
                    }
                }

                componentsRegistered = true;
            }

            protected void ConditionallyRegisterParameter(string name, Parameter? value)
            {
                if (value is null)
                {
                    ownParameters.Remove(name);
                }
                else
                {
                    ownParameters[name] = value;
                }
            }

            protected void ConditionallyRegisterBuffer(string name, Tensor? value, bool persistent = true)
            {
                if (value is null)
                {
                    ownBuffers.Remove(name);
                }
                else
                {
                    ownBuffers[name] = (value, persistent);
                }
            }

            protected virtual void Dispose(bool disposing)
            {
                if (!disposing)
                {
                    return;
                }

                foreach (var (tensor, _) in ownBuffers.Values)
                {
                    tensor.DetachFromDisposeScope().Dispose();
                }

                foreach (Parameter parameter in ownParameters.Values)
                {
                    parameter.DetachFromDisposeScope().Dispose();
                }

                foreach (var (_, child) in named_children())
                {
                    child.Dispose();
                }
            }

            /// <summary>Puts another parameter into a property and the registry; the module owns it from then on.</summary>
            private protected void Assign(string component, ref Parameter? field, Parameter? value)
            {
                if (!ReferenceEquals(field, value))
                {
                    field?.Dispose();
                    field = (Parameter?)value?.DetachFromDisposeScope();
                    ConditionallyRegisterParameter(component, field);
                }
            }

            // Moves parameters and buffers, in the registry and in the fields that hold them. Floating-point tensors change their type.
            internal Module Move(Device? device, ScalarType? type)
            {
                if (type is ScalarType wanted && !is_floating_point(wanted))
                {
                    throw new ArgumentException($"nn.Module.to only accepts floating point types, but got desired dtype={wanted}");
                }

                if (device is not null)
                {
                    InitializeDevice(device);
                }

                foreach (var (_, child) in named_children())
                {
                    child.Move(device, type);
                }

                foreach (string key in ownParameters.Keys.ToArray())
                {
                    Parameter old = ownParameters[key];
                    if (Moves(old, device, type))
                    {
                        using IDisposable untracked = no_grad();
                        bool requires_grad = old.requires_grad;
                        using Tensor? grad = old.grad;
                        var moved = (Parameter)new Parameter(Moved(old, device, type), requires_grad).DetachFromDisposeScope();
                        moved.grad = grad is null ? null : Moved(grad, device, type);
                        ownParameters[key] = moved;
                        Replace(key, old, moved);
                        old.Dispose();
                    }
                }

                foreach (string key in ownBuffers.Keys.ToArray())
                {
                    (Tensor old, bool persistent) = ownBuffers[key];
                    if (Moves(old, device, type))
                    {
                        Tensor moved = Moved(old, device, type).DetachFromDisposeScope();
                        ownBuffers[key] = (moved, persistent);
                        Replace(key, old, moved);
                        old.Dispose();
                    }
                }

                return this;
            }

            private static Tensor Moved(Tensor tensor, Device? device, ScalarType? type) =>
                tensor.to(tensor.is_floating_point() ? type ?? tensor.dtype : tensor.dtype, device ?? tensor.device);

            private static bool Moves(Tensor tensor, Device? device, ScalarType? type)
            {
                Device now = tensor.device;
                bool elsewhere = device is not null && (device.type != now.type || (device.index >= 0 && now.index >= 0 && device.index != now.index));
                return elsewhere || (type is ScalarType wanted && tensor.is_floating_point() && tensor.dtype != wanted);
            }

            private void Replace(string component, Tensor old, Tensor moved)
            {
                foreach (FieldInfo field in Fields())
                {
                    if (ComponentName(field) == component && ReferenceEquals(field.GetValue(this), old))
                    {
                        field.SetValue(this, moved);
                    }
                }
            }

            private IEnumerable<FieldInfo> Fields()
            {
                for (Type? type = GetType(); type is not null && type != typeof(Module); type = type.BaseType)
                {
                    foreach (FieldInfo field in type.GetFields(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.DeclaredOnly))
                    {
                        yield return field;
                    }
                }
            }

            private static string ComponentName(FieldInfo field) => field.GetCustomAttribute<Utils.ComponentNameAttribute>()?.Name ?? field.Name;
        }
    }
}
