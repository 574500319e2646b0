using System.Reflection;
using Microsoft.ML.Data.Text;

namespace Microsoft.ML.Data;

/// <summary>Reads a text file lazily: nothing but the first lines is looked at before a cursor moves.</summary>
public sealed partial class TextLoader
{
    private readonly TextFormat format;
    private readonly TextSchema schema;

    /// <summary>The number of fields and the names of the slots are taken from the file <paramref name="samplePath"/>; null for none.</summary>
    internal TextLoader(Options options, string samplePath)
    {
        format = new TextFormat(options ?? new Options());
        schema = new TextSchema(options?.Columns, format, samplePath is null ? [] : TextLines.First(samplePath, format));
    }

    /// <summary>A column for each member of the type, all of which say where they are read from.</summary>
    internal static TextLoader Of<TInput>(Options options)
    {
        var members = typeof(TInput).GetFields(BindingFlags.Public | BindingFlags.Instance).Cast<MemberInfo>()
            .Concat(typeof(TInput).GetProperties(BindingFlags.Public | BindingFlags.Instance)
                .Where(property => property.GetGetMethod() is not null && property.GetIndexParameters().Length == 0))
            .ToArray();
        Contracts.CheckParam(members.Length > 0, nameof(TInput), $"Should define at least one public, readable field or property in {nameof(TInput)}.");
        options.Columns = Array.ConvertAll(members, ColumnOf);
        return new TextLoader(options, samplePath: null);
    }

    public DataViewSchema GetOutputSchema() => schema.Schema;

    internal IDataView Load(string path) => new TextDataView(path, format, schema);

    private static Column ColumnOf(MemberInfo member)
    {
        var source = member.GetCustomAttribute<LoadColumnAttribute>()
            ?? throw new InvalidOperationException($"{member.MemberType} '{member.Name}' is missing the {nameof(LoadColumnAttribute)} attribute");
        var type = member is FieldInfo field ? field.FieldType : ((PropertyInfo)member).PropertyType;
        if (!TextTypes.TryGetKind(type.IsArray ? type.GetElementType() : type, out var kind))
        {
            throw new InvalidOperationException($"{member.MemberType} {member.Name} is of unsupported type {type}.");
        }

        return new Column(member.GetCustomAttribute<ColumnNameAttribute>()?.Name ?? member.Name, kind, [.. source.Sources],
            member.GetCustomAttribute<KeyTypeAttribute>() is { } key ? new KeyCount(key.Count) : null);
    }
}
