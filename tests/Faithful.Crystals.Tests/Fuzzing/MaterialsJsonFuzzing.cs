using System.Text;
using Faithful.Crystals.Formats.MaterialsJson;
using Faithful.Testing.Fuzzing;

namespace Faithful.Crystals.Tests.Fuzzing;

/// <summary>What materials JSONL files are made of.</summary>
internal static class MaterialsJsonFuzzing
{
    private static readonly MaterialsJsonReaderOptions OneThread = new() { Threads = 1 };

    private static readonly string[] Seeds =
    [
        """{"id":"mp-1","cell":[4,5,6,90,90,90],"species":["Na","Cl"],"frac":[[0,0,0],[0.5,0.5,0.5]],"labels":{"tqc":"NLC","gap":1.50,"metal":false,"no":null}}""",
        """
        {"frac":[[0,0,0],[0.25,0.25,0.25]],"id":"mp-149","species":["Si","Si"],"lattice":[[0,2.715,2.715],[2.715,0,2.715],[2.715,2.715,0]]}

          { "id" : "\u0078é\"" , "energy":[{"a":[1,2,{}]}], "cell":[3.21,3.21,5.21,90,90,120], "species":["Mg","Mg"], "frac":[[0.3333,0.6667,0.25],[0.6667,0.3333,0.75]], "labels":{} }
        """,
        "{\"id\":7,\"cell\":[2.5e0,2.5,6.7E0,90.0,90,120],\"species\":[\"C\",\"C\",\"C\",\"C\"],\"frac\":[[0,0,0.25],[0,0,0.75],[0.333333,0.666667,0.25],[0.666667,0.333333,0.75]]}\r\n"
            + "{\"id\":\"8\",\"cell\":[3,3,3,60,60,60],\"species\":[\"Po\"],\"frac\":[[-1e-3,1.5,999999]],\"labels\":{\"magnetic_ordering\":\"FM\",\"e\":-1.5e-3}}\r\n",
    ];

    private static readonly string[] Words =
    [
        "{", "}", "[", "]", ",", ":", "\"", "{}", "[]", "[[", "]]", "null", "true", "false", "\"id\"", "\"cell\"", "\"lattice\"", "\"species\"",
        "\"frac\"", "\"labels\"", "\"Si\"", "\"X\"", "\"\"", "\"\\ud800\"", "\"\\u0000\"", "[0,0,0]", "[[0,0,0]]", "{\"a\":", "//", "/*", "\\", "Na", "Og",
    ];

    public static FuzzFormat Format { get; } = new(
        "materials-jsonl", [.. Seeds.Select(Encoding.UTF8.GetBytes)], Words, stream => MaterialsJsonReader.Read(stream, "m.jsonl", OneThread));
}
