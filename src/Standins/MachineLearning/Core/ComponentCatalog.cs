using System.Reflection;

namespace Microsoft.ML.Runtime;

/// <summary>The classes that models name by contract.</summary>
public sealed class ComponentCatalog
{
    private readonly Lock gate = new();
    private readonly HashSet<string> assemblies = new(StringComparer.Ordinal);
    private readonly Dictionary<(Type Attribute, string Contract), Type> extensions = [];

    internal ComponentCatalog()
    {
    }

    /// <summary>Finds the assembly's classes with contracts; an assembly that was registered before is passed over.</summary>
    public void RegisterAssembly(Assembly assembly, bool throwOnError = true)
    {
        lock (gate)
        {
            if (!assemblies.Add(assembly.FullName))
            {
                return;
            }

            foreach (var type in assembly.GetTypes().Where(type => type.IsClass))
            {
                foreach (var attribute in type.GetCustomAttributes<ExtensionBaseAttribute>())
                {
                    Contracts.Check(extensions.TryAdd((attribute.GetType(), attribute.ContractName), type) || !throwOnError,
                        $"Two classes bear {attribute.GetType().Name} with the contract '{attribute.ContractName}'; the second is {type}.");
                }
            }
        }
    }

    internal object GetExtensionValue(Type attributeType, string contractName)
    {
        lock (gate)
        {
            return extensions.TryGetValue((attributeType, contractName), out var type)
                ? Activator.CreateInstance(type)
                : throw new InvalidOperationException(
                    $"No class bears {attributeType.Name} with the contract '{contractName}'. Register the assembly that has it: ComponentCatalog.RegisterAssembly.");
        }
    }
}
