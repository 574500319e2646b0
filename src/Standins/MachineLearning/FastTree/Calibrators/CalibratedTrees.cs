using Microsoft.ML.Data;
using Microsoft.ML.Trainers.FastTree;

namespace Microsoft.ML.Calibrators;

/// <summary>The trees of a binary classifier, whose own loss calibrates them.</summary>
internal sealed class CalibratedTrees(FastTreeBinaryModelParameters trees, PlattCalibrator calibrator)
    : CalibratedModelParametersBase<FastTreeBinaryModelParameters, PlattCalibrator>(trees, calibrator), ICanSaveModel, ISavedStep
{
    string ISavedStep.Kind => SavedTrees.Calibrated;

    public static CalibratedTrees Read(BinaryReader reader)
    {
        PlattCalibrator calibrator = new(reader.ReadDouble(), reader.ReadDouble());
        return new CalibratedTrees(SavedTrees.ReadBinary(reader), calibrator);
    }

    void ISavedStep.Write(BinaryWriter writer)
    {
        writer.Write(Calibrator.Slope);
        writer.Write(Calibrator.Offset);
        SavedTrees.Write(writer, SubModel);
    }

    void ICanSaveModel.Save(ModelSaveContext ctx)
    {
        Contracts.CheckValue(ctx, nameof(ctx));
        ctx.Write(this);
    }
}
