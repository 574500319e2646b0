"""python3 run_cases.py <case folder>: runs models in Python's onnxruntime on the arrays of the contract and nothing else."""
import json
import pathlib
import sys

import numpy
import onnxruntime

folder = pathlib.Path(sys.argv[1])
results = {}
for case in json.loads((folder / "cases.json").read_text()):
    session = onnxruntime.InferenceSession(str(folder / case["model"]), providers=["CPUExecutionProvider"])
    names = [output.name for output in session.get_outputs()]
    results[case["name"]] = [
        dict(zip(names, (values.ravel().tolist() for values in session.run(names, dict(numpy.load(folder / f"{batch}.npz"))))))
        for batch in case["batches"]
    ]
(folder / "results.json").write_text(json.dumps(results))
