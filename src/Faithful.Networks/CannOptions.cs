using Faithful.Models;
using Faithful.Networks.Embeddings;

namespace Faithful.Networks;

/// <summary>Options of <see cref="Cann"/>; the defaults are the preset <c>best</c>.</summary>
public sealed record CannOptions : NetworkOptions
{
    /// <summary>The atoms that the paper's code takes at most.</summary>
    internal const int PaperAtoms = 40;

    /// <summary>Gets the width of a token. Range 16..1024, a multiple of 4 · heads; the default is 128.</summary>
    public int Width { get; init; } = 128;

    /// <summary>Gets the number of attention blocks. Range 1..16; the default is 3.</summary>
    public int Blocks { get; init; } = 3;

    /// <summary>Gets the number of attention heads. Range 1..32; the default is 4.</summary>
    public int Heads { get; init; } = 4;

    /// <summary>Gets which atoms attend to which. The default is <see cref="AttentionKind.Full"/>.</summary>
    public AttentionKind Attention { get; init; }

    /// <summary>Gets the number of inducing points of <see cref="AttentionKind.Induced"/>. Range 1..256; the default is 16.</summary>
    public int InducingPoints { get; init; } = 16;

    /// <summary>Gets how tokens know where their atoms are. The default is <see cref="TokenPosition.Relative"/>.</summary>
    public TokenPosition Positions { get; init; }

    /// <summary>Gets whether padding is masked. The paper's code pads to 40 tokens and attends to all of them. The default is true.</summary>
    public bool Masked { get; init; } = true;

    /// <summary>Gets how the tokens are gathered. The default is <see cref="TokenPooling.Mean"/>.</summary>
    public TokenPooling Pooling { get; init; }

    /// <summary>Gets the radius in Å within which a token knows the distances to other atoms; 0 for none. Range 0..12; the default is 5.</summary>
    public double Cutoff { get; init; } = 5;

    /// <summary>Gets the options of the paper's code.</summary>
    public static CannOptions Paper { get; } = new()
    {
        Width = 256,
        Blocks = 1,
        Heads = 4,
        Positions = TokenPosition.Sines,
        Masked = false,
        Pooling = TokenPooling.Seeds,
        Cutoff = 0,
        Elements = ElementEncoding.LeftStep,
        Global = GlobalEncoding.LatticeSines,
        Dropout = 0,
    };

    /// <inheritdoc/>
    public override Network Build(NetworkSpecification specification)
    {
        ThrowIfInvalid();
        return new Cann(this, specification);
    }

    /// <inheritdoc/>
    public override PreparationOptions Preparation(bool taskUsesSymmetry)
    {
        var preparation = new PreparationOptions
        {
            Cutoff = Positions == TokenPosition.Relative ? Cutoff : 0,
            UsesSymmetry = ReadsSymmetry(taskUsesSymmetry),
            Cell = Positions == TokenPosition.Relative ? CellChoice.Canonical : CellChoice.AsGiven,
        };
        return Masked ? preparation : preparation with { MaxAtoms = PaperAtoms };
    }

    /// <inheritdoc/>
    public override IReadOnlyList<string> Validate()
    {
        List<string> faults = [.. base.Validate()];
        Check(Heads is >= 1 and <= 32, $"Heads must lie in 1..32, found {Heads}.");
        Check(Width is >= 16 and <= 1024 && Width % (4 * Math.Max(1, Heads)) == 0, $"Width must lie in 16..1024 and be a multiple of 4 · heads, found {Width}.");
        Check(Blocks is >= 1 and <= 16, $"Blocks must lie in 1..16, found {Blocks}.");
        Check(InducingPoints is >= 1 and <= 256, $"InducingPoints must lie in 1..256, found {InducingPoints}.");
        Check(Cutoff is 0 or (>= 1 and <= 12), $"Cutoff must be 0 or lie in 1..12 Å, found {Cutoff}.");
        return faults;

        void Check(bool holds, FormattableString fault)
        {
            if (!holds)
            {
                faults.Add(FormattableString.Invariant(fault));
            }
        }
    }
}
