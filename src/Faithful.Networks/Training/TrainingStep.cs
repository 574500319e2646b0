using Faithful.Networks.Operations;
using TorchSharp;
using static TorchSharp.torch;

namespace Faithful.Networks.Training;

/// <summary>Forward and backward pass over a batch.</summary>
internal sealed class TrainingStep(Network network, TrainingState state, TrainingOptions options, TrainingLoss loss, Generator? random)
{
    private readonly EagerMode _mode = new() { IsTraining = true, Precision = options.Precision, Random = random };

    /// <summary>Gathers the gradient of a batch.</summary>
    /// <returns>The mean loss of its crystals, shape (), on the device; the caller's dispose scope owns it.</returns>
    public Tensor Gather(ResidentOrder order, BatchRange batch)
    {
        List<Tensor> parts = [];
        state.Parts.Run(
            batch,
            part =>
            {
                using DisposeScope scope = torch.NewDisposeScope();
                ResidentBatch inputs = order.Batch(part);
                EagerMode mode = _mode with { LargestCrystal = inputs.LargestCrystal };
                Tensor partLoss = loss.OfTraining(
                    Trainer.Forward(network, state.Current, inputs.Inputs, mode), inputs.Targets, batch.Count);
                partLoss.backward();
                parts.Add(partLoss.detach().MoveToOuterDisposeScope());
            },
            undo: () =>
            {
                parts.Clear();
                state.Current.Flat.grad = null;
            });
        return parts.Count == 1 ? parts[0] : torch.stack(parts).sum();
    }
}
