using Faithful.Cli;
using Faithful.Cli.Output;

using var interruption = new Interruption();
return FaithfulProgram.Run(args, Console.Out, Console.Error, interruption.Token);
