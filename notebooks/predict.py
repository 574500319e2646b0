"""Predictions in Python, from the arrays that the model takes: ./faithful arrays POSCAR --model cann-tqc --out arrays.npz

    python3 notebooks/predict.py onnx/cann-tqc arrays.npz
"""
import json
import sys

import numpy
import onnxruntime

folder, file = sys.argv[1:]
card = json.load(open(f"{folder}/card.json"))
task, calibration = card["task"], card.get("calibration") or {}
session = onnxruntime.InferenceSession(f"{folder}/model.onnx", providers=["CPUExecutionProvider"])
answers = session.run(["probabilities" if task["classes"] else "value"], dict(numpy.load(file)))[0]
if calibration.get("method") == "temperature":  # as ./faithful predict applies it
    answers = answers ** (1 / calibration["value"])
    answers /= answers.sum(axis=1, keepdims=True)
for answer in answers:
    print(f"{task['classes'][answer.argmax()]} {answer.max():.4f}" if task["classes"] else f"{answer:.4f} {task['unit']}")
