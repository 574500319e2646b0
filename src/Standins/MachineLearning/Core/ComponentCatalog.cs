using System.Reflection;

namespace Microsoft.ML.Runtime;

/// <summary>The classes that models name by contract.</summary>
public sealed class ComponentCatalog
{
    private readonly Lock _lock = new();
    private readonly HashSet<string> _assemblies = new(StringComparer.Ordinal);
    private readonly Dictionary<(Type Attribute, string Contract), Type> _extensions = [];

    internal ComponentCatalog()
    {
    }

    /// <summary>Finds the assembly's classes with contracts; an assembly that was registered before is passed over.</summary>
    public void RegisterAssembly(Assembly assembly, bool throwOnError = true)
    {
        lock (_lock)
        {
            if (!_assemblies.Add(assembly.FullName))
                return;
            foreach (var type in assembly.GetTypes().Where(type => type.IsClass))
            {
                foreach (var attribute in type.GetCustomAttributes<ExtensionBaseAttribute>())
                {
                    Contracts.Check(_extensions.TryAdd((attribute.GetType(), attribute.ContractName), type) || !throwOnError,
                        $"An extension for '{attribute.GetType().Name}' with contract '{attribute.ContractName}' has already been registered in the ComponentCatalog.");
                }
            }
        }
    }

    internal object GetExtensionValue(Type attributeType, string contractName)
    {
        lock (_lock)
        {
            return _extensions.TryGetValue((attributeType, contractName), out var type)
                ? Activator.CreateInstance(type)
                : throw new InvalidOperationException(
                    $"Unable to locate an extension for the contract '{contractName}'. Ensure you have called {nameof(ComponentCatalog)}.{nameof(RegisterAssembly)} with the Assembly that contains a class decorated with a '{attributeType.FullName}'.");
        }
    }
}
