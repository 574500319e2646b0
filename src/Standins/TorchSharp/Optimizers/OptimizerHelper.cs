using static TorchSharp.torch;
using static TorchSharp.torch.optim;

namespace TorchSharp.Modules;

/// <summary>What the optimizers share: groups with options, a state for each parameter, saving and loading.</summary>
public abstract class OptimizerHelper : Optimizer
{
    private protected Dictionary<Parameter, OptimizerState> States { get; } = new(ReferenceEqualityComparer.Instance);

    public void save_state_dict(string location)
    {
        using var writer = new BinaryWriter(File.Create(location));
        save_state_dict(writer);
    }

    public void load_state_dict(string location)
    {
        using var reader = new BinaryReader(File.OpenRead(location));
        load_state_dict(reader);
    }

    public void save_state_dict(BinaryWriter writer)
    {
        writer.Write(GetType().Name);
        List<OptimizerState> states = OrderedStates();
        writer.Write7BitEncodedInt64(_parameter_groups.Count);
        writer.Write7BitEncodedInt64(states.Count);
        foreach (ParamGroup group in _parameter_groups)
        {
            group.Options!.SaveStateDict(writer);
        }

        states.ForEach(state => state.SaveStateDict(writer));
    }

    public void load_state_dict(BinaryReader reader)
    {
        string kind = reader.ReadString();
        if (kind != GetType().Name)
        {
            throw new InvalidDataException($"Mismatched optimizer type: expected '{GetType().Name}', but found '{kind}' in the loaded stream.");
        }

        List<OptimizerState> states = OrderedStates();
        if (reader.Read7BitEncodedInt64() != _parameter_groups.Count)
        {
            throw new ArgumentException("Invalid optimizer state -- different number of parameter groups.");
        }

        if (reader.Read7BitEncodedInt64() != states.Count)
        {
            throw new ArgumentException("Invalid optimizer state -- different number of states.");
        }

        foreach (ParamGroup group in _parameter_groups)
        {
            group.Options!.LoadStateDict(reader);
        }

        states.ForEach(state => state.LoadStateDict(reader));
    }

    // Runs one step over all groups, without recording gradients; temporary tensors end with it.
    private protected Tensor? Step<TOptions>(Func<Tensor>? closure, Action<TOptions, Parameter, Tensor, OptimizerState> update)
        where TOptions : OptimizerOptions
    {
        Tensor? loss = null;
        if (closure is not null)
        {
            using IDisposable tracked = enable_grad();
            loss = closure();
        }

        using IDisposable untracked = no_grad();
        foreach (ParamGroup group in _parameter_groups)
        {
            foreach (Parameter parameter in group.Parameters!)
            {
                using DisposeScope scope = NewDisposeScope();
                if (parameter.grad is Tensor grad)
                {
                    update((TOptions)group.Options!, parameter, grad, States[parameter]);
                }
            }
        }

        return loss;
    }

    // Adds a group whose options are complete.
    private protected void AddGroup(ParamGroup group, OptimizerOptions options, Func<Parameter, OptimizerState> remember)
    {
        options.InitialLearningRate = options.LearningRate!.Value;
        group.Options = options;
        group.Parameters = group.Parameters!.ToArray();
        _parameter_groups.Add(group);
        foreach (Parameter parameter in group.Parameters)
        {
            OptimizerState state = remember(parameter);
            States[parameter] = state;
            state.Initialize(options);
        }
    }

    protected override void Dispose(bool disposing)
    {
        foreach (IDisposable state in disposing ? States.Values.OfType<IDisposable>() : [])
        {
            state.Dispose();
        }

        base.Dispose(disposing);
    }

    private List<OptimizerState> OrderedStates() => parameters().Select(parameter => States[parameter]).ToList();
}
