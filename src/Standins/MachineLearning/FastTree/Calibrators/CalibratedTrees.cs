using Microsoft.ML.Trainers.FastTree;

namespace Microsoft.ML.Calibrators;

/// <summary>The trees of a binary classifier, whose own loss calibrates them.</summary>
internal sealed class CalibratedTrees(FastTreeBinaryModelParameters trees, PlattCalibrator calibrator)
    : CalibratedModelParametersBase<FastTreeBinaryModelParameters, PlattCalibrator>(trees, calibrator), ICanSaveModel
{
    void ICanSaveModel.Save(ModelSaveContext ctx) =>
        throw new NotSupportedException("This stand-in saves models inside of their transformers, by mlContext.Model.Save.");
}
