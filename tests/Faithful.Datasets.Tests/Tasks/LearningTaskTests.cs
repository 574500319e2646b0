using System.Globalization;
using Faithful.Crystals;
using Faithful.Crystals.Formats;
using Faithful.Crystals.Symmetry;
using FsCheck.Xunit;

namespace Faithful.Datasets.Tests.Tasks;

public sealed class LearningTaskTests
{
    [Fact]
    public void The_table_of_tasks_is_the_documented_one() => Assert.Equal(
        [
            ("space-group", "space_group", TargetKind.Classification, 230, null, false),
            ("point-group", "point_group", TargetKind.Classification, 32, null, false),
            ("formation-energy", "formation_energy_per_atom", TargetKind.Regression, 0, "eV/atom", true),
            ("magnetic-ordering", "magnetic_ordering", TargetKind.Classification, 4, null, true),
            ("tqc", "tqc", TargetKind.Classification, 5, null, true),
            ("tqc-basic", "tqc", TargetKind.Classification, 3, null, true),
            ("band-gap", "band_gap", TargetKind.Regression, 0, "eV", true),
        ],
        LearningTasks.All.Select(task => (task.Name, task.LabelColumn, task.Kind, task.Classes.Length, task.Unit, task.UsesSymmetry)));

    [Fact]
    public void Every_class_stands_for_some_raw_label_and_every_raw_label_for_one_class()
    {
        foreach (var task in LearningTasks.All.Where(task => task.Kind == TargetKind.Classification))
        {
            var reached = new HashSet<int>();
            foreach (var label in task.RawLabels)
            {
                Assert.True(task.TryGetTarget(Record((task.LabelColumn, label)), out var target));
                Assert.InRange(target.ClassIndex, 0, task.Classes.Length - 1);
                Assert.True(double.IsNaN(target.Value));
                reached.Add(target.ClassIndex);
            }

            Assert.Equal(task.Classes.Length, reached.Count);
        }
    }

    [Fact]
    public void Space_groups_and_point_groups_are_in_the_order_of_the_international_tables()
    {
        for (var number = 1; number <= SpaceGroups.Count; number++)
        {
            var record = Record(("space_group", number.ToString(CultureInfo.InvariantCulture)), ("point_group", SpaceGroups.PointGroupSymbol(number)));
            Assert.True(LearningTasks.SpaceGroup.TryGetTarget(record, out var group));
            Assert.True(LearningTasks.PointGroup.TryGetTarget(record, out var point));
            Assert.Equal(number - 1, group.ClassIndex);
            Assert.Equal(SpaceGroups.PointGroupNumber(number) - 1, point.ClassIndex);
        }
    }

    [Theory]
    [InlineData("LCEBR", "trivial")]
    [InlineData("NLC", "TI")]
    [InlineData("SEBR", "TI")]
    [InlineData("ES", "SM")]
    [InlineData("ESFD", "SM")]
    public void The_three_topological_classes_merge_the_five(string label, string expected)
    {
        Assert.True(LearningTasks.BasicTopologicalClass.TryGetTarget(Record(("tqc", label)), out var target));
        Assert.Equal(expected, LearningTasks.BasicTopologicalClass.Classes[target.ClassIndex]);
    }

    [Fact]
    public void A_missing_label_is_no_target()
    {
        foreach (var task in LearningTasks.All)
        {
            Assert.False(task.TryGetTarget(Record(("other", "1")), out _));
        }
    }

    [Theory]
    [InlineData("tqc", "tqc", "trivial")]
    [InlineData("space-group", "space_group", "231")]
    [InlineData("space-group", "space_group", "0")]
    [InlineData("point-group", "point_group", "mm")]
    [InlineData("magnetic-ordering", "magnetic_ordering", "fm")]
    [InlineData("band-gap", "band_gap", "NaN")]
    [InlineData("band-gap", "band_gap", "1,5")]
    [InlineData("formation-energy", "formation_energy_per_atom", "")]
    public void An_unknown_label_names_column_finding_and_crystal(string taskName, string column, string label)
    {
        var fault = Assert.Throws<LabelException>(() => LearningTasks.Find(taskName).TryGetTarget(Record((column, label)), out _));
        Assert.Equal((column, "mp-1", "file(7)"), (fault.Column, fault.Id, fault.Origin));
        Assert.Contains($"\"{label}\"", fault.Message, StringComparison.Ordinal);
        Assert.Contains("mp-1", fault.Message, StringComparison.Ordinal);
    }

    [Property(Replay = "(7,7)")]
    public bool A_column_of_numbers_is_a_regression_that_gives_them_back(double value)
    {
        if (!double.IsFinite(value))
        {
            return true;
        }

        var record = Record(("gap", value.ToString("R", CultureInfo.InvariantCulture)));
        var task = LearningTask.FromColumn("gap", [record, Record(("other", "x"))]);
        return task.Kind == TargetKind.Regression && task.TryGetTarget(record, out var target) && target.Value.Equals(value) && target.ClassIndex == -1;
    }

    [Fact]
    public void A_column_of_text_is_a_classification_whatever_the_order()
    {
        CrystalRecord[] records = [Record(("phase", "solid")), Record(("phase", "glass")), Record(("phase", "solid")), Record(("other", "1"))];
        Assert.Equal(["glass", "solid"], LearningTask.FromColumn("phase", records).Classes.AsEnumerable());
        Assert.Equal(["glass", "solid"], LearningTask.FromColumn("phase", records.Reverse()).Classes.AsEnumerable());
    }

    [Fact]
    public void A_column_that_mixes_numbers_and_text_is_refused_and_so_is_an_empty_one()
    {
        var mixed = Assert.Throws<LabelException>(() => LearningTask.FromColumn("gap", [Record(("gap", "1.5")), Record(("gap", "1.5 eV"))]));
        Assert.Contains("\"1.5 eV\"", mixed.Message, StringComparison.Ordinal);
        Assert.Throws<LabelException>(() => LearningTask.FromColumn("gap", [Record(("other", "1"))]));
    }

    [Fact]
    public void A_name_is_looked_up_as_a_task_then_as_its_column_then_as_any_column()
    {
        var record = Record(("point_group", "2"), ("hardness", "9"));
        Assert.Same(LearningTasks.BasicTopologicalClass, LearningTasks.Resolve("tqc-basic", Array.Empty<CrystalRecord>()));
        Assert.Same(LearningTasks.PointGroup, LearningTasks.Resolve("point_group", [record]));
        Assert.Equal(TargetKind.Regression, LearningTasks.Resolve("hardness", [record]).Kind);
        Assert.Contains("tqc-basic", Assert.Throws<ArgumentException>(() => LearningTasks.Find("tqk")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Classes_that_no_raw_label_reaches_are_refused()
    {
        Assert.Throws<ArgumentException>(() => LearningTask.Merged("t", "c", ["x", "y"], new Dictionary<string, string> { ["a"] = "x" }));
        Assert.Throws<ArgumentException>(() => LearningTask.Merged("t", "c", ["x"], new Dictionary<string, string> { ["a"] = "x", ["b"] = "y" }));
        Assert.Throws<ArgumentException>(() => LearningTask.Classification("t", "c", []));
        Assert.Throws<ArgumentException>(() => LearningTask.Classification("t", "c", ["x", "x"]));
    }

    private static CrystalRecord Record(params (string Column, string Label)[] labels) => new(
        "mp-1",
        new Crystal(Lattice.Cubic(3), [Element.FromSymbol("Po")], [Vector3D.Zero]),
        labels.ToDictionary(label => label.Column, label => label.Label),
        "file(7)");
}
