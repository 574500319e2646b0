using System.Globalization;
using System.Reflection;
using System.Runtime.Loader;

namespace Faithful.Standins.Tests;

/// <summary>
/// Whether all that a stand-in shows is in the published package too: types, members, parameters, their names and default values.
/// Needs the published assemblies, which lie in the NuGet cache where a feed has them.
/// </summary>
internal static class PublishedSurface
{
    /// <summary>Files of a package in the NuGet cache, of its newest version that starts so; none where it is not there.</summary>
    public static string[] FilesInCache(string package, string version, string framework)
    {
        string cache = Environment.GetEnvironmentVariable("NUGET_PACKAGES")
            ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        string folder = Path.Combine(cache, package);
        string? newest = Directory.Exists(folder)
            ? Directory.EnumerateDirectories(folder, version + "*").Order(StringComparer.Ordinal).LastOrDefault()
            : null;
        string library = Path.Combine(newest ?? folder, "lib", framework);
        return Directory.Exists(library) ? Directory.GetFiles(library, "*.dll") : [];
    }

    /// <summary>What the stand-in's types show that those of the published assemblies do not, a line each.</summary>
    public static string[] Extra(IEnumerable<Type> own, IEnumerable<string> publishedFiles)
    {
        string[] files = [.. publishedFiles];
        var context = new AssemblyLoadContext("published", isCollectible: true);
        context.Resolving += (loader, name) =>
            files.Concat(FilesInCache(name.Name!.ToLowerInvariant(), version: "", "netstandard2.0"))
                .FirstOrDefault(file => Path.GetFileNameWithoutExtension(file) == name.Name) is { } file ? loader.LoadFromAssemblyPath(file) : null;
        Dictionary<string, Type> published = files.SelectMany(file => VisibleTypes(context.LoadFromAssemblyPath(file))).ToDictionary(type => type.FullName!);
        string[] extra = [.. own.SelectMany(type => Extra(type, published.GetValueOrDefault(type.FullName!)))];
        context.Unload();
        return extra;
    }

    public static IEnumerable<Type> VisibleTypes(Assembly assembly)
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

        HashSet<string> parents = [.. Parents(published)];
        return Members(type).Where(member => !known.Contains(member))
            .Concat(Parents(type).Where(parent => !parents.Contains(parent)).Select(parent => $"is a {parent}"))
            .Select(member => $"{type.FullName}: {member}");
    }

    private static IEnumerable<string> Parents(Type type)
    {
        for (Type? level = type.BaseType; level is not null; level = level.BaseType)
        {
            yield return Name(level);
        }

        foreach (Type contract in type.GetInterfaces().Where(contract => contract.IsVisible))
        {
            yield return Name(contract);
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
