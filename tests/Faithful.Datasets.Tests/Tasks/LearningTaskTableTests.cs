using Faithful.Crystals.Formats;
using Faithful.Testing;

namespace Faithful.Datasets.Tests.Tasks;

public sealed class LearningTaskTableTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public static TheoryData<string> Names => [.. LearningTaskTable.Standard.Tasks.Select(task => task.Name)];

    public void Dispose() => folder.Dispose();

    /// <summary>Holds for whatever is added to the table.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void Every_task_of_the_table_can_be_found_and_learned(string name)
    {
        var task = LearningTaskTable.Standard.Find(name);
        Assert.Equal(name, task.Name);
        Assert.Equal(name, task.Name.ToLowerInvariant());
        Assert.EndsWith(".", task.Description, StringComparison.Ordinal);
        Assert.Equal(task.Kind == TargetKind.Classification, task.Classes.Length >= 2);
        Assert.True(task.Kind == TargetKind.Classification ? task.Unit is null : task.Unit is not null);
        Assert.Equal(task.Classes.Length, task.Classes.Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(name is not ("space-group" or "point-group"), task.UsesSymmetry);
        Assert.Same(task, LearningTasks.Find(name));
        Assert.Equal(task.LabelColumn, LearningTaskTable.Standard.Resolve(task.LabelColumn, []).LabelColumn);
        foreach (var label in task.RawLabels)
        {
            Assert.True(task.TryGetTarget("a", new Dictionary<string, string> { [task.LabelColumn] = label }, null, out var target));
            Assert.InRange(target.ClassIndex, 0, task.Classes.Length - 1);
        }
    }

    [Fact]
    public void The_atomic_limit_is_a_class_of_its_task_and_has_no_topology()
    {
        Assert.Equal("LCEBR", LearningTaskTable.Standard.Find("tqc").AtomicLimit);
        Assert.Equal("trivial", LearningTaskTable.Standard.Find("tqc-basic").AtomicLimit);
        Assert.All(LearningTaskTable.Standard.Tasks, task => Assert.True(task.AtomicLimit is null || task.Classes.Contains(task.AtomicLimit)));
        LearningTask parity = LearningTask.Classification("parity", "p", ["odd", "even"], false, "Which.");
        LearningTask limited = parity.WithAtomicLimit("even");
        Assert.Equal((null, "even"), (parity.AtomicLimit, limited.AtomicLimit));
        Assert.Equal((parity.Name, parity.LabelColumn, parity.Kind, parity.UsesSymmetry, parity.Description), (limited.Name, limited.LabelColumn, limited.Kind, limited.UsesSymmetry, limited.Description));
        Assert.True(limited.TryGetTarget("a", new Dictionary<string, string> { ["p"] = "even" }, null, out Target target));
        Assert.Equal(1, target.ClassIndex);
        Assert.Throws<ArgumentException>(() => parity.WithAtomicLimit("LCEBR"));
        string path = folder.Write("tasks.json", """{"tasks":[{"name":"p","column":"p","kind":"classification","classes":["a","b"],"atomic_limit":"c"}]}""");
        Assert.Contains("atomic limit", Assert.Throws<CrystalFormatException>(() => LearningTaskTable.Read(path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_adds_tasks_to_those_of_the_project()
    {
        var table = LearningTaskTable.Read(folder.Write("tasks.json", """
            {
              // comments are allowed
              "tasks": [
                { "name": "hardness", "column": "H", "kind": "regression", "unit": "GPa" },
                { "name": "metal", "column": "conductor", "kind": "classification", "classes": ["no", "yes"],
                  "labels": { "no": ["insulator", "semiconductor"], "yes": ["metal"] }, "uses_symmetry": false },
              ]
            }
            """));
        Assert.Equal(LearningTasks.All.Length + 2, table.Tasks.Length);
        Assert.Same(LearningTasks.BandGap, table.Find("band-gap"));
        Assert.Equal(("GPa", true, ""), (table.Find("hardness").Unit, table.Find("hardness").UsesSymmetry, table.Find("hardness").Description));
        Assert.True(table.Resolve("conductor", []).TryGetTarget("a", new Dictionary<string, string> { ["conductor"] = "semiconductor" }, null, out var target));
        Assert.Equal(0, target.ClassIndex);
        Assert.False(table.Find("metal").UsesSymmetry);
    }

    [Theory]
    [InlineData("", 1, "JSON")]
    [InlineData("[]", 1, "JSON")]
    [InlineData("{}", 0, "\"tasks\"")]
    [InlineData("""{"task":[]}""", 0, "\"tasks\"")]
    [InlineData("""{"tasks":[null]}""", 0, "an object for task 1")]
    [InlineData("{\"tasks\":[\n{\"name\":\"a\",\"kind\":\"regression\"}]}", 2, "column")]
    [InlineData("{\"tasks\":[\n{\"name\":\"a\",\"column\":\"a\",\"kind\":\"regresion\"}]}", 2, "JSON")]
    [InlineData("{\"tasks\":[\n{\"name\":\"a\",\"column\":\"a\",\"kind\":\"regression\",\n\"units\":\"eV\"}]}", 3, "units")]
    [InlineData("""{"tasks":[{"name":"a","column":"a","kind":"regression","classes":["x","y"]}]}""", 0, "task 1 (a)")]
    [InlineData("""{"tasks":[{"name":"a","column":"a","kind":"classification"}]}""", 0, "two classes or more")]
    [InlineData("""{"tasks":[{"name":"a","column":"a","kind":"classification","classes":["x"]}]}""", 0, "two classes or more")]
    [InlineData("""{"tasks":[{"name":"a","column":"a","kind":"classification","classes":["x","x"]}]}""", 0, "task 1 (a)")]
    [InlineData("""{"tasks":[{"name":"a","column":"a","kind":"classification","classes":["x","y"],"unit":"eV"}]}""", 0, "no unit")]
    [InlineData("""{"tasks":[{"name":"a","column":"a","kind":"classification","classes":["x","y"],"labels":{"x":["1"]}}]}""", 0, "task 1 (a)")]
    [InlineData("""{"tasks":[{"name":"a","column":"a","kind":"classification","classes":["x","y"],"labels":{"x":["1"],"y":["1"]}}]}""", 0, "\"1\" belongs")]
    [InlineData("""{"tasks":[{"name":"tqc","column":"a","kind":"regression"}]}""", 0, "each task once")]
    public void A_table_that_cannot_be_learned_names_line_or_task(string text, int line, string message)
    {
        var path = folder.Write("tasks.json", text);
        var fault = Assert.Throws<CrystalFormatException>(() => LearningTaskTable.Read(path));
        Assert.Equal(line, fault.Line);
        Assert.Contains(message, fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', fault.Message);
    }

    [Fact]
    public void A_file_that_does_not_exist_is_said() =>
        Assert.Contains("readable", Assert.Throws<CrystalFormatException>(() => LearningTaskTable.Read(folder["none.json"])).Message, StringComparison.Ordinal);
}
