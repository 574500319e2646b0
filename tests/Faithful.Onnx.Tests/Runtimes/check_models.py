"""python3 check_models.py <file>...: ONNX's own checker, with full inference of shapes and types."""
import sys

import onnx

for path in sys.argv[1:]:
    model = onnx.load(path)
    assert (model.ir_version, model.opset_import[0].version) == (9, 18), path
    onnx.checker.check_model(model, full_check=True)
    inferred = onnx.shape_inference.infer_shapes(model, check_type=True, strict_mode=True, data_prop=True)
    for before, after in zip(model.graph.output, inferred.graph.output):
        assert before.type.tensor_type.elem_type == after.type.tensor_type.elem_type, (path, before.name)
    print(path, "is right:", len(model.graph.node), "nodes")
