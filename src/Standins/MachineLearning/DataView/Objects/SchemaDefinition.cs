using System.Reflection;

namespace Microsoft.ML.Data;

/// <summary>How the members of a type become columns, and columns members.</summary>
public sealed partial class SchemaDefinition : List<SchemaDefinition.Column>
{
    private SchemaDefinition()
    {
    }

    /// <summary>Which members take part: those that can be read, written, or either.</summary>
    [Flags]
    public enum Direction
    {
        Read = 1,
        Write = 2,
        Both = Read | Write,
    }

    public Column this[string columnName]
    {
        get => this.FirstOrDefault(column => column.ColumnName == columnName);
        set
        {
            Contracts.CheckValue(value, nameof(value));
            Contracts.CheckParam(value.ColumnName == columnName, nameof(columnName),
                $"A column '{columnName}' is set, but its own name is '{value.ColumnName}'.");
            var index = FindIndex(column => column.ColumnName == columnName);
            if (index >= 0)
            {
                this[index] = value;
            }
            else
            {
                Add(value);
            }
        }
    }

    public static SchemaDefinition Create(Type userType, Direction direction = Direction.Both)
    {
        Contracts.CheckValue(userType, nameof(userType));
        var definition = new SchemaDefinition();
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var member in ObjectMember.Of(userType, direction))
        {
            var name = member.Info.GetCustomAttribute<ColumnNameAttribute>()?.Name ?? member.Info.Name;
            Contracts.CheckParam(names.Add(name), nameof(userType), $"Two members of {userType} make a column '{name}'.");
            definition.Add(new Column(member.Info.Name, TypeOf(member), name));
        }

        return definition;
    }

    /// <summary>Takes the types, which may know sizes that the members do not, and the annotations.</summary>
    internal void TakeTypesFrom(DataViewSchema schema)
    {
        foreach (var column in schema)
        {
            var own = this[column.Name];
            Contracts.Check(own is not null, $"The schema has a column '{column.Name}', but no member makes one.");
            own.ColumnType = column.Type;
            own.TakeAnnotationsFrom(column.Annotations);
        }
    }

    private static DataViewType TypeOf(ObjectMember member)
    {
        var key = member.Info.GetCustomAttribute<KeyTypeAttribute>();
        Contracts.CheckParam(key is null || KeyDataViewType.IsValidDataType(member.ItemType), "userType",
            $"A key is held as Byte, UInt16, UInt32 or UInt64, but the member '{member.Info.Name}' is a {member.Type}.");
        var itemType = key is null ? PrimitiveTypes.OfOrNull(member.ItemType) : new KeyDataViewType(member.ItemType, key.Count);
        var vector = member.Info.GetCustomAttribute<VectorTypeAttribute>();
        Contracts.CheckParam(vector is null || member.IsVector, "userType",
            $"A vector is an array or a VBuffer, but the member '{member.Info.Name}' is a {member.Type}.");
        if (!member.IsVector)
        {
            return itemType;
        }

        return vector?.Dimensions is { Length: > 0 } dimensions
            ? new VectorDataViewType(itemType, dimensions)
            : new VectorDataViewType(itemType);
    }
}
