using System.Globalization;
using System.Reflection;
using System.Runtime.Loader;
using TorchSharp;

namespace Faithful.Standins.Tests.Torch;

/// <summary>
/// Whatever compiles against the stand-in compiles against the published package: every public member is there with the same
/// parameters, names and default values. Needs the published assembly, which lies in the NuGet cache where a feed has it.
/// </summary>
public sealed class PublicSurfaceTests
{
    private const string Version = "0.107.0";

    [SkippableFact]
    public void The_stand_in_has_no_member_that_the_published_package_lacks()
    {
        Assembly own = typeof(torch).Assembly;
        Skip.If(own.GetType("TorchSharp.PInvoke.NativeMethods") is not null, "the published TorchSharp is in use; there is nothing to compare");
        string cache = Environment.GetEnvironmentVariable("NUGET_PACKAGES")
            ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        string file = Path.Combine(cache, "torchsharp", Version, "lib", "net8.0", "TorchSharp.dll");
        Skip.IfNot(File.Exists(file), $"the published TorchSharp {Version} is not in the NuGet cache");

        var context = new AssemblyLoadContext("published", isCollectible: true);
        Dictionary<string, Type> published = Types(context.LoadFromAssemblyPath(file)).ToDictionary(type => type.FullName!);
        string[] extra = [.. Types(own).SelectMany(type => Extra(type, published.GetValueOrDefault(type.FullName!)))];
        Assert.True(extra.Length == 0, "not in the published package:\n" + string.Join("\n", extra));
        context.Unload();
    }

    private static IEnumerable<string> Extra(Type type, Type? published)
    {
        if (published is null)
        {
            return [$"type {type.FullName}"];
        }

        HashSet<string> known = [];
        for (Type? level = published; level is not null && level != typeof(object); level = level.BaseType)
        {
            known.UnionWith(Members(level));
        }

        return Members(type).Where(member => !known.Contains(member)).Select(member => $"{type.FullName}: {member}");
    }

    private static IEnumerable<Type> Types(Assembly assembly)
    {
        try
        {
            return assembly.GetTypes().Where(type => type.IsVisible);
        }
        catch (ReflectionTypeLoadException incomplete)
        {
            // A few types of the published assembly derive from packages that are not there; none of them concerns us.
            return incomplete.Types.OfType<Type>().Where(type => type.IsVisible);
        }
    }

    private static IEnumerable<string> Members(Type type)
    {
        const BindingFlags Declared = BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;
        foreach (MemberInfo member in type.GetMembers(Declared))
        {
            string? signature = member switch
            {
                MethodInfo { IsSpecialName: false } method => $"{Name(method.ReturnType)} {method.Name}({Parameters(method)})",
                MethodInfo { IsSpecialName: true } method when method.Name.StartsWith("op_", StringComparison.Ordinal) =>
                    $"{Name(method.ReturnType)} {method.Name}({Parameters(method)})",
                PropertyInfo property => $"{Name(property.PropertyType)} {property.Name}[{string.Join(", ", property.GetIndexParameters().Select(index => Name(index.ParameterType)))}]",
                FieldInfo field => $"{Name(field.FieldType)} {field.Name}",
                ConstructorInfo { IsStatic: false } constructor when !type.IsAbstract => $"new({Parameters(constructor)})",
                _ => null,
            };
            if (signature is not null)
            {
                yield return signature;
            }
        }
    }

    private static string Parameters(MethodBase method) => string.Join(", ", method.GetParameters().Select(parameter =>
        $"{Name(parameter.ParameterType)} {parameter.Name}{(parameter.HasDefaultValue ? " = " + Convert.ToString(parameter.RawDefaultValue, CultureInfo.InvariantCulture) : string.Empty)}"));

    private static string Name(Type type) => type.IsGenericType
        ? $"{type.Namespace}.{type.Name}<{string.Join(", ", type.GetGenericArguments().Select(Name))}>"
        : type.IsArray ? Name(type.GetElementType()!) + "[]" : $"{type.DeclaringType?.Name}.{type.Name}";
}
