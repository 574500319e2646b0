using System.Text;
using Faithful.Crystals.Formats.Optimade;
using Faithful.Testing.Fuzzing;

namespace Faithful.Crystals.Tests.Fuzzing;

/// <summary>What OPTIMADE documents are made of.</summary>
internal static class OptimadeFuzzing
{
    private const string Salt =
        """{"id":"mp-1","type":"structures","attributes":{"lattice_vectors":[[4,0,0],[0,5,0],[1,0,6]],"species":[{"name":"Na","chemical_symbols":["Na"],"concentration":[1.0],"mass":[22.99]},{"name":"Cl1","chemical_symbols":["Cl"],"concentration":[1]}],"species_at_sites":["Na","Cl1"],"cartesian_site_positions":[[0,0,0],[0.5,2.5,3]],"dimension_types":[1,1,1],"nperiodic_dimensions":3,"structure_features":[],"_x_gap":5.0,"_faithful_tqc":"NLC"}}""";

    private const string Polonium =
        """{"attributes":{"species_at_sites":["Po"],"cartesian_site_positions":[[1e-1,0.5,-1.0E+1]],"species":[{"name":"Po","chemical_symbols":["Po"],"concentration":[1]}],"lattice_vectors":[[3.2,0,0],[0,3.2,0],[0,0,3.2]],"_x_list":[1,{}],"_x_none":null},"type":"structures","id":"\u0078"}""";

    private static readonly string[] Seeds =
    [
        $"{{\"data\":[{Salt},{Polonium}]}}",
        $"{{\"meta\":{{\"api_version\":\"1.1.0\",\"nested\":[[{{}}]]}},\"data\": {Polonium} ,\n\"links\":{{\"next\":null}}}}\n",
        $"{{\"x-optimade\":{{\"meta\":{{}}}}}}\n{{\"type\":\"info\",\"id\":\"structures\"}}\r\n{Salt}\r\n{Polonium}",
    ];

    private static readonly string[] Words =
    [
        "{", "}", "[", "]", ",", ":", "\"", "{}", "[]", "[[", "null", "true", "\"data\"", "\"data\":[", "\"id\"", "\"type\"", "\"structures\"", "\"references\"", "\"attributes\"",
        "\"lattice_vectors\"", "\"species\"", "\"species_at_sites\"", "\"cartesian_site_positions\"", "\"dimension_types\"", "\"nperiodic_dimensions\"",
        "\"structure_features\"", "\"disorder\"", "\"vacancy\"", "\"X\"", "\"chemical_symbols\"", "\"concentration\"", "\"attached\"", "0.5", "[0,0,0]", "\"\\ud800\"", "\"_x_\"", "\\",
    ];

    public static FuzzFormat Format { get; } =
        new("optimade", [.. Seeds.Select(Encoding.UTF8.GetBytes)], Words, stream => OptimadeReader.Read(stream, "a.json", "a"));
}
