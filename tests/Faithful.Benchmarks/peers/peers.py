"""Times other libraries on the crystals of a JSON file: peers.py TASK SAMPLE RESULT COUNT CUTOFF.

TASK is 'neighbors' (distances of the COUNT nearest atoms within CUTOFF, in angstrom) or 'symmetry' (space groups). Only the
search is timed, in processor time, after the objects of the library have been made; choosing the nearest is not timed. A
library that is not installed is reported with the reason.
"""

import json
import sys
import time
from importlib.metadata import version

import numpy as np


def nearest(centers, distances, atoms, count):
    """Gets the smallest distances of each atom, ascending."""
    order = np.lexsort((distances, centers))
    centers, distances = np.asarray(centers)[order], np.asarray(distances)[order]
    starts = np.searchsorted(centers, np.arange(atoms + 1))
    return [distances[starts[i]:min(starts[i + 1], starts[i] + count)].tolist() for i in range(atoms)]


def ase_neighbors(sample, count, cutoff):
    from ase import Atoms
    from ase.neighborlist import neighbor_list

    crystals = [Atoms(numbers=c["numbers"], scaled_positions=c["frac"], cell=c["lattice"], pbc=True) for c in sample]
    neighbor_list("ijdS", crystals[0], cutoff)
    started = time.process_time()
    found = [neighbor_list("ijdS", crystal, cutoff) for crystal in crystals]
    seconds = time.process_time() - started
    return f"ASE {version('ase')}, neighbor_list", seconds, [
        nearest(f[0], f[2], len(c["numbers"]), count) for f, c in zip(found, sample)]


def pymatgen_structures(sample):
    from pymatgen.core import Lattice, Structure

    return [Structure(Lattice(c["lattice"]), c["numbers"], c["frac"]) for c in sample]


def pymatgen_arrays(sample, count, cutoff):
    crystals = pymatgen_structures(sample)
    crystals[0].get_neighbor_list(cutoff)
    started = time.process_time()
    found = [crystal.get_neighbor_list(cutoff) for crystal in crystals]
    seconds = time.process_time() - started
    return f"pymatgen {version('pymatgen')}, get_neighbor_list", seconds, [
        nearest(f[0], f[3], len(c["numbers"]), count) for f, c in zip(found, sample)]


def pymatgen_objects(sample, count, cutoff):
    crystals = pymatgen_structures(sample)
    crystals[0].get_all_neighbors(cutoff)
    started = time.process_time()
    found = [crystal.get_all_neighbors(cutoff) for crystal in crystals]
    seconds = time.process_time() - started
    return f"pymatgen {version('pymatgen')}, get_all_neighbors", seconds, [
        [sorted(float(n.nn_distance) for n in atom)[:count] for atom in crystal] for crystal in found]


def spglib_groups(sample, _count, _cutoff):
    import spglib

    cells = [(c["lattice"], c["frac"], c["numbers"]) for c in sample]
    spglib.get_symmetry_dataset(cells[0], symprec=0.1, angle_tolerance=5)
    started = time.process_time()
    found = [spglib.get_symmetry_dataset(cell, symprec=0.1, angle_tolerance=5) for cell in cells]
    seconds = time.process_time() - started
    return f"spglib {version('spglib')}, get_symmetry_dataset", seconds, [0 if f is None else f["number"] for f in found]


def pymatgen_groups(sample, _count, _cutoff):
    from pymatgen.symmetry.analyzer import SpacegroupAnalyzer

    crystals = pymatgen_structures(sample)
    started = time.process_time()
    found = [SpacegroupAnalyzer(crystal, symprec=0.1, angle_tolerance=5).get_space_group_number() for crystal in crystals]
    seconds = time.process_time() - started
    return f"pymatgen {version('pymatgen')}, SpacegroupAnalyzer", seconds, found


PEERS = {
    "neighbors": [("ASE", ase_neighbors), ("pymatgen arrays", pymatgen_arrays), ("pymatgen objects", pymatgen_objects)],
    "symmetry": [("spglib", spglib_groups), ("pymatgen", pymatgen_groups)],
}


def main(task, sample_path, result_path, count, cutoff):
    with open(sample_path, encoding="utf-8") as file:
        sample = json.load(file)
    results = []
    for name, run in PEERS[task]:
        result = {"library": name, "skipped": None, "seconds": 0.0, "distances": [], "groups": []}
        try:
            result["library"], result["seconds"], answer = run(sample, int(count), float(cutoff))
            result["distances" if task == "neighbors" else "groups"] = answer
        except ImportError as error:
            result["skipped"] = str(error)
        results.append(result)
    with open(result_path, "w", encoding="utf-8") as file:
        json.dump(results, file)


main(*sys.argv[1:])
