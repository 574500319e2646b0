using Microsoft.ML;
using Microsoft.ML.AutoML;
using Microsoft.ML.SearchSpace;
using Microsoft.ML.SearchSpace.Option;
using SearchSpace = Microsoft.ML.SearchSpace.SearchSpace;

namespace Faithful.Standins.Tests.MachineLearning.AutoML;

/// <summary>Trials one after the other, their budgets, and who is told what.</summary>
public sealed class AutoMLExperimentTests
{
    private static readonly SearchSpace s_space = new() { ["x"] = new UniformDoubleOption(0, 1, defaultValue: 0.5) };

    [Fact]
    public async Task The_monitor_is_told_in_the_order_of_events()
    {
        var monitor = new RecordingMonitor();
        TrialResult best = await Experiment(new FunctionRunner(trial => trial.TrialId switch
        {
            1 => 2,
            3 => 1,
            4 => throw new FormatException("broken"),
            _ => 3,
        })).SetMonitor(monitor).SetMaxModelToExplore(5).RunAsync();
        Assert.Equal(
        [
            "running 0", "completed 0", "best 0",
            "running 1", "completed 1", "best 1",
            "running 2", "completed 2",
            "running 3", "completed 3", "best 3",
            "running 4", "failed 4: broken",
        ], monitor.Calls);
        Assert.Equal((3, 1.0, -1.0), (best.TrialSettings.TrialId, best.Loss, best.Metric));
    }

    [Fact]
    public async Task Trials_run_one_after_the_other_each_with_its_own_settings()
    {
        int running = 0;
        var runner = new FunctionRunner(async (trial, ct) =>
        {
            Assert.Equal(1, Interlocked.Increment(ref running));
            Assert.Null(trial.EndedAtUtc);
            await Task.Delay(5, ct);
            Interlocked.Decrement(ref running);
            return trial.TrialId;
        });
        DateTime before = DateTime.UtcNow;
        await Experiment(runner).SetMaxModelToExplore(4).RunAsync();
        Assert.Equal([0, 1, 2, 3], runner.Trials.Select(trial => trial.TrialId));
        Assert.Equal(4, runner.Disposed);
        Assert.All(runner.Trials, trial =>
        {
            Assert.InRange(trial.StartedAtUtc, before, trial.EndedAtUtc!.Value);
            Assert.InRange(trial.Parameter["space"]["x"].AsType<double>(), 0, 1);
        });
    }

    [Fact]
    public async Task A_result_carries_what_the_process_took()
    {
        TrialResult result = await Experiment(new FunctionRunner(_ => 1)).SetMaxModelToExplore(1).RunAsync();
        Assert.InRange(result.PeakMemoryInMegaByte!.Value, 1, 1e6);
        Assert.InRange(result.PeakCpu!.Value, 0, 1.5);
    }

    [Fact]
    public async Task The_number_of_models_counts_failed_trials_too()
    {
        var runner = new FunctionRunner(trial => trial.TrialId == 1 ? throw new FormatException() : 1);
        await Experiment(runner).SetMaxModelToExplore(9).SetMaxModelToExplore(3).RunAsync();
        Assert.Equal(3, runner.Trials.Count);
    }

    [Fact]
    public async Task The_time_budget_stops_the_trial_under_way()
    {
        var runner = new FunctionRunner(async (trial, ct) =>
        {
            if (trial.TrialId == 1)
            {
                await Task.Delay(Timeout.Infinite, ct);
            }

            return 1;
        });
        TrialResult best = await Experiment(runner).SetTrainingTimeInSeconds(1).RunAsync();
        Assert.Equal(0, best.TrialSettings.TrialId);
        Assert.Equal(2, runner.Trials.Count);
    }

    [Fact]
    public async Task Cancellation_returns_the_best_so_far()
    {
        using var source = new CancellationTokenSource();
        var monitor = new RecordingMonitor();
        var runner = new FunctionRunner(async (trial, ct) =>
        {
            if (trial.TrialId == 2)
            {
                await source.CancelAsync();
                await Task.Delay(Timeout.Infinite, ct);
            }

            return trial.TrialId;
        });
        TrialResult best = await Experiment(runner).SetMonitor(monitor).RunAsync(source.Token);
        Assert.Equal(0, best.TrialSettings.TrialId);
        Assert.Equal("running 2", monitor.Calls[^1]);
    }

    [Fact]
    public async Task A_trial_that_completes_although_it_was_cancelled_counts()
    {
        using var source = new CancellationTokenSource();
        var runner = new FunctionRunner(trial =>
        {
            if (trial.TrialId == 1)
            {
                source.Cancel();
            }

            return -trial.TrialId;
        });
        TrialResult best = await Experiment(runner).RunAsync(source.Token);
        Assert.Equal(1, best.TrialSettings.TrialId);
        Assert.Equal(2, runner.Trials.Count);
    }

    [Fact]
    public async Task Without_a_completed_trial_the_end_of_time_is_an_error()
    {
        using var source = new CancellationTokenSource();
        await source.CancelAsync();
        var runner = new FunctionRunner(_ => 1);
        await Assert.ThrowsAsync<TimeoutException>(() => Experiment(runner).RunAsync(source.Token));
        Assert.Empty(runner.Trials);
    }

    [Fact]
    public async Task A_loss_that_is_no_number_completes_but_is_never_best()
    {
        double[] losses = [double.NaN, double.PositiveInfinity, 2, double.NaN];
        var monitor = new RecordingMonitor();
        TrialResult best = await Experiment(new FunctionRunner(trial => losses[trial.TrialId]))
            .SetMonitor(monitor).SetMaxModelToExplore(4).RunAsync();
        Assert.Equal(2, best.TrialSettings.TrialId);
        Assert.Equal(4, monitor.Calls.Count(call => call.StartsWith("completed", StringComparison.Ordinal)));
        await Assert.ThrowsAsync<TimeoutException>(() =>
            Experiment(new FunctionRunner(_ => double.NaN)).SetMaxModelToExplore(2).RunAsync());
    }

    [Fact]
    public async Task A_failure_before_the_first_success_ends_the_experiment_with_its_exception()
    {
        var monitor = new RecordingMonitor();
        var tuner = new FixedTuner();
        FormatException thrown = await Assert.ThrowsAsync<FormatException>(() =>
            Experiment(new FunctionRunner(_ => throw new FormatException("broken")))
                .SetTuner(tuner).SetMonitor(monitor).SetMaxModelToExplore(5).RunAsync());
        Assert.Equal("broken", thrown.Message);
        Assert.Equal(["running 0", "failed 0: broken"], monitor.Calls);
        Assert.Equal([double.MaxValue], tuner.Losses);
    }

    [Fact]
    public async Task A_trial_that_gives_itself_up_does_not_end_the_experiment()
    {
        var runner = new FunctionRunner(trial => trial.TrialId < 2 ? throw new OperationCanceledException("hopeless") : 1);
        var tuner = new FixedTuner();
        TrialResult best = await Experiment(runner).SetTuner(tuner).SetMaxModelToExplore(4).RunAsync();
        Assert.Equal(2, best.TrialSettings.TrialId);
        Assert.Equal([double.MaxValue, double.MaxValue, 1, 1], tuner.Losses);
    }

    [Fact]
    public async Task A_trial_above_the_memory_limit_is_cancelled()
    {
        var runner = new FunctionRunner(async (_, ct) =>
        {
            await Task.Delay(Timeout.Infinite, ct);
            return 1;
        });
        await Assert.ThrowsAsync<TimeoutException>(() =>
            Experiment(runner).SetMaximumMemoryUsageInMegaByte(0.01).SetMaxModelToExplore(3).RunAsync());
        Assert.Single(runner.Trials);
    }

    [Fact]
    public async Task An_own_tuner_proposes_and_learns()
    {
        var tuner = new FixedTuner();
        var runner = new FunctionRunner(trial => trial.Parameter["x"].AsType<double>());
        TrialResult best = await Experiment(runner).SetRandomSearchTuner().SetTuner(tuner).SetMaxModelToExplore(3).RunAsync();
        Assert.Equal([3.0, 2, 1], tuner.Losses);
        Assert.Equal(1, best.Loss);
    }

    [Fact]
    public void Search_spaces_are_added_under_their_names()
    {
        var settings = new AutoMLExperiment.AutoMLExperimentSettings();
        AutoMLExperiment experiment = new MLContext(11).Auto().CreateExperiment(settings);
        Assert.Equal(11, settings.Seed);
        Assert.Empty(settings.SearchSpace);
        Assert.Same(experiment, experiment.AddSearchSpace("a", s_space).AddSearchSpace("b", s_space));
        Assert.Equal(["a", "b"], settings.SearchSpace.Keys);
        Assert.Same(s_space, settings.SearchSpace["a"]);
    }

    [Fact]
    public void Settings_show_the_budgets()
    {
        var settings = new AutoMLExperiment.AutoMLExperimentSettings { Seed = 4 };
        Assert.Equal((86400u, int.MaxValue, null), (settings.MaxExperimentTimeInSeconds, settings.MaxModels, settings.MaximumMemoryUsageInMegaByte));
        new MLContext(11).Auto().CreateExperiment(settings)
            .SetTrainingTimeInSeconds(7).SetMaxModelToExplore(8).SetMaximumMemoryUsageInMegaByte(9);
        Assert.Equal(4, settings.Seed);
        Assert.Equal((7u, 8, 9.0), (settings.MaxExperimentTimeInSeconds, settings.MaxModels, settings.MaximumMemoryUsageInMegaByte));
    }

    [Fact]
    public async Task Parts_can_be_made_by_factories_and_by_type()
    {
        var settings = new AutoMLExperiment.AutoMLExperimentSettings();
        AutoMLExperiment experiment = new MLContext(1).Auto().CreateExperiment(settings)
            .AddSearchSpace("space", s_space)
            .SetTuner<SettingsTuner>()
            .SetMonitor(services =>
            {
                Assert.NotNull(services.GetService(typeof(MLContext)));
                return new RecordingMonitor();
            })
            .SetTrialRunner(services =>
            {
                Assert.Same(settings, services.GetService(typeof(AutoMLExperiment.AutoMLExperimentSettings)));
                return new FunctionRunner(trial => trial.Parameter["space"]["x"].AsType<double>());
            });
        TrialResult best = await experiment.SetMaxModelToExplore(2).RunAsync();
        Assert.Equal(0.5, best.Loss);
    }

    [Fact]
    public async Task A_second_run_goes_on_from_the_best_of_the_first()
    {
        double loss = 1;
        AutoMLExperiment experiment = Experiment(new FunctionRunner(_ => loss)).SetMaxModelToExplore(2);
        TrialResult first = await experiment.RunAsync();
        loss = 2;
        Assert.Same(first, await experiment.RunAsync());
        loss = 0.5;
        Assert.Equal(0.5, (await experiment.RunAsync()).Loss);
    }

    [Fact]
    public async Task An_experiment_without_tuner_or_runner_fails()
    {
        AutoMLExperiment withoutTuner = new MLContext(1).Auto().CreateExperiment()
            .SetTrialRunner(new FunctionRunner(_ => 1)).SetMaxModelToExplore(1);
        await Assert.ThrowsAsync<NullReferenceException>(() => withoutTuner.RunAsync());

        AutoMLExperiment withoutRunner = new MLContext(1).Auto().CreateExperiment().SetRandomSearchTuner().SetMaxModelToExplore(1);
        await Assert.ThrowsAsync<InvalidOperationException>(() => withoutRunner.RunAsync());
    }

    [Fact]
    public void Run_waits_and_wraps_the_exception()
    {
        Assert.Equal(1, Experiment(new FunctionRunner(_ => 1)).SetMaxModelToExplore(1).Run().Loss);
        var thrown = Assert.Throws<AggregateException>(() =>
            Experiment(new FunctionRunner(_ => throw new FormatException())).SetMaxModelToExplore(1).Run());
        Assert.IsType<FormatException>(thrown.InnerException);
    }

    private static AutoMLExperiment Experiment(ITrialRunner runner) => new MLContext(1).Auto().CreateExperiment()
        .AddSearchSpace("space", s_space).SetRandomSearchTuner().SetTrialRunner(runner);

    /// <summary>Proposes 3, 2, 1, …</summary>
    private sealed class FixedTuner : ITuner
    {
        public List<double> Losses { get; } = [];

        public Parameter Propose(TrialSettings settings) => Parameter.CreateNestedParameter(
            new KeyValuePair<string, Parameter>("x", Parameter.FromDouble(3 - settings.TrialId)));

        public void Update(TrialResult result) => Losses.Add(result.Loss);
    }

    /// <summary>Proposes the default of the experiment's search space.</summary>
    private sealed class SettingsTuner(AutoMLExperiment.AutoMLExperimentSettings settings) : ITuner
    {
        public Parameter Propose(TrialSettings trial) => settings.SearchSpace.SampleFromFeatureSpace(settings.SearchSpace.Default);

        public void Update(TrialResult result)
        {
        }
    }
}
