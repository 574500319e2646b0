using System.Reflection;
using Microsoft.ML.SearchSpace.Option;

namespace Microsoft.ML.SearchSpace;

/// <summary>Reads the options that attributes declare on the public fields and properties of a type.</summary>
internal static class AttributedOptions
{
    public static Dictionary<string, OptionBase> Of(Type type)
    {
        const BindingFlags Members = BindingFlags.Public | BindingFlags.Instance;
        IEnumerable<(MemberInfo Member, Type Type)> members =
        [
            .. type.GetFields(Members).Select(field => ((MemberInfo)field, field.FieldType)),
            .. type.GetProperties(Members).Select(property => ((MemberInfo)property, property.PropertyType)),
        ];
        Dictionary<string, OptionBase> options = [];
        foreach ((MemberInfo member, Type memberType) in members)
        {
            if (Of(member, memberType) is { } option)
            {
                options.Add(member.Name, option);
            }
        }

        return options;
    }

    private static OptionBase Of(MemberInfo member, Type type)
    {
        if (member.GetCustomAttribute<ChoiceAttribute>(false) is { } choice)
        {
            return new ChoiceOption(choice.Candidates, choice.DefaultValue);
        }

        if (member.GetCustomAttribute<RangeAttribute>(false) is { } range)
        {
            return range.Min switch
            {
                double => new UniformDoubleOption((double)range.Min, (double)range.Max, range.LogBase, (double?)range.Init),
                float => new UniformSingleOption((float)range.Min, (float)range.Max, range.LogBase, (float?)range.Init),
                _ => new UniformIntOption((int)range.Min, (int)range.Max, range.LogBase, (int?)range.Init),
            };
        }

        if (member.GetCustomAttribute<BooleanChoiceAttribute>(false) is { } boolean)
        {
            return new ChoiceOption([true, false], boolean.DefaultValue);
        }

        return member.GetCustomAttribute<NestOptionAttribute>(false) is null ? null : new SearchSpace(Of(type));
    }
}
