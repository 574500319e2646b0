using Faithful.Benchmarks;

return BenchmarkProgram.Run(args);
