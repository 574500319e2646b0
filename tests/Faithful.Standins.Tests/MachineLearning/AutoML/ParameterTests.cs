using System.Text.Json;
using Microsoft.ML.SearchSpace;

namespace Faithful.Standins.Tests.MachineLearning.AutoML;

/// <summary>Values that a tuner chose, and their JSON.</summary>
public sealed class ParameterTests
{
    public enum Pooling
    {
        Mean,
        Maximum,
    }

    [Fact]
    public void A_plain_value_knows_its_type()
    {
        Assert.Equal(ParameterType.Integer, Parameter.FromInt(3).ParameterType);
        Assert.Equal(ParameterType.Integer, Parameter.FromLong(3).ParameterType);
        Assert.Equal(ParameterType.Number, Parameter.FromFloat(3).ParameterType);
        Assert.Equal(ParameterType.Number, Parameter.FromDouble(3).ParameterType);
        Assert.Equal(ParameterType.Bool, Parameter.FromBool(true).ParameterType);
        Assert.Equal(ParameterType.String, Parameter.FromString("a").ParameterType);
        Assert.Equal(ParameterType.String, Parameter.FromEnum(Pooling.Maximum).ParameterType);
        Assert.Equal(ParameterType.Array, Parameter.FromIEnumerable<int>([1, 2]).ParameterType);
        Assert.Equal(ParameterType.Object, Parameter.CreateNestedParameter().ParameterType);
    }

    [Fact]
    public void AsType_gives_the_value_back_or_converts_it_by_its_JSON()
    {
        Assert.Equal(3, Parameter.FromInt(3).AsType<int>());
        Assert.Equal(3.0, Parameter.FromInt(3).AsType<double>());
        Assert.Equal(3, Parameter.FromDouble(3).AsType<int>());
        Assert.Equal(0.1, Parameter.FromFloat(0.1f).AsType<double>());
        Assert.Equal(long.MaxValue, Parameter.FromLong(long.MaxValue).AsType<long>());
        Assert.Equal(Pooling.Maximum, Parameter.FromEnum(Pooling.Maximum).AsType<Pooling>());
        Assert.Equal(Pooling.Maximum, Parameter.FromString("Maximum").AsType<Pooling>());
        Assert.Equal(["a", "b"], Parameter.FromIEnumerable<string>(["a", "b"]).AsType<List<string>>());
        Assert.Throws<JsonException>(() => Parameter.FromDouble(3.5).AsType<int>());
        Assert.Throws<JsonException>(() => Parameter.FromString("3").AsType<int>());
    }

    [Fact]
    public void The_JSON_of_a_parameter_is_its_value()
    {
        Parameter parameter = Parameter.CreateNestedParameter(
            new KeyValuePair<string, Parameter>("rate", Parameter.FromDouble(0.25)),
            new KeyValuePair<string, Parameter>("layers", Parameter.FromInt(3)),
            new KeyValuePair<string, Parameter>("model", Parameter.FromString("cgnn")),
            new KeyValuePair<string, Parameter>("norm", Parameter.FromBool(false)),
            new KeyValuePair<string, Parameter>("widths", Parameter.FromIEnumerable<int>([1, 2])),
            new KeyValuePair<string, Parameter>("inner", Parameter.CreateNestedParameter(
                new KeyValuePair<string, Parameter>("a", Parameter.FromFloat(0.1f)))));
        const string Json = """{"rate":0.25,"layers":3,"model":"cgnn","norm":false,"widths":[1,2],"inner":{"a":0.1}}""";
        Assert.Equal(Json, JsonSerializer.Serialize(parameter));
        Assert.Equal(Json, parameter.ToString());

        Parameter read = JsonSerializer.Deserialize<Parameter>(Json)!;
        Assert.Equal(Json, JsonSerializer.Serialize(read));
        Assert.True(read.Equals(parameter));
        Assert.Equal(ParameterType.Integer, read["layers"].ParameterType);
        Assert.Equal(ParameterType.Number, read["rate"].ParameterType);
        Assert.Equal(ParameterType.Array, read["widths"].ParameterType);
        Assert.Equal([1, 2], read["widths"].AsType<int[]>());
        Assert.Equal(0.1, read["inner"]["a"].AsType<double>());
    }

    [Fact]
    public void An_object_becomes_its_settable_properties_without_those_that_are_null()
    {
        Parameter parameter = Parameter.FromObject(new Outer());
        Assert.Equal(["Inner", "Number", "Pooling", "Widths"], parameter.Keys.Order());
        Assert.Equal("Maximum", parameter["Pooling"].AsType<string>());
        Assert.Equal(2.5, parameter["Inner"]["Rate"].AsType<double>());

        parameter["Number"] = Parameter.FromInt(8);
        Outer back = parameter.AsType<Outer>();
        Assert.Equal(8, back.Number);
        Assert.Equal(2.5, back.Inner.Rate);
        Assert.Equal(Pooling.Maximum, back.Pooling);
        Assert.Equal([3, 4], back.Widths);
        Assert.Null(back.Absent);
    }

    [Fact]
    public void An_object_has_members_like_a_dictionary()
    {
        Parameter parameter = Parameter.CreateNestedParameter();
        parameter.Add("a", Parameter.FromInt(1));
        parameter["b"] = Parameter.FromInt(2);
        Assert.Equal(2, parameter.Count);
        Assert.True(parameter.ContainsKey("a"));
        Assert.True(parameter.TryGetValue("b", out Parameter found));
        Assert.Equal(2, found.AsType<int>());
        Assert.True(parameter.Remove("a"));
        Assert.Throws<KeyNotFoundException>(() => parameter["a"]);
        Assert.Throws<ArgumentException>(() => parameter.Add("b", Parameter.FromInt(3)));
    }

    [Fact]
    public void A_plain_value_has_no_members_and_counts_as_one()
    {
        Parameter plain = Parameter.FromInt(1);
        int count = plain.Count;
        Assert.Equal(1, count);
        Assert.Throws<NullReferenceException>(() => plain["a"]);
        Assert.Throws<NullReferenceException>(() => plain.Keys);
    }

    [Fact]
    public void Parameters_are_equal_when_their_JSON_is()
    {
        Assert.True(Parameter.FromInt(3).Equals(Parameter.FromLong(3)));
        Assert.True(Parameter.FromInt(3).Equals(Parameter.FromDouble(3)));
        Assert.False(Parameter.FromInt(3).Equals(Parameter.FromString("3")));
        Assert.False(Parameter.FromString("a").Equals(Parameter.FromString("A")));
        Assert.False(Parameter.FromInt(3).Equals((Parameter?)null));
        Assert.Equal(Parameter.FromInt(3).GetHashCode(), Parameter.FromLong(3).GetHashCode());
        Assert.True(Parameter.FromObject(new Outer()).Equals(Parameter.FromObject(new Outer())));
    }

    private sealed class Outer
    {
        public int Number { get; set; } = 7;

        public Pooling Pooling { get; set; } = Pooling.Maximum;

        public int[] Widths { get; set; } = [3, 4];

        public Inner Inner { get; set; } = new();

        public string? Absent { get; set; }

        public int Computed => Number * 2;
    }

    private sealed class Inner
    {
        public double Rate { get; set; } = 2.5;
    }
}
