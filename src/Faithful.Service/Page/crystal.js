'use strict';

// Draws a crystal: its cell, the atoms in it, and the images of atoms that lie on its border.
class CrystalView {
  static maximumAtoms = 1500; // drawn; more would be a grey heap, slowly
  static maximumBonded = 200; // atoms of a cell

  constructor(element, note, legend) {
    this.element = element;
    this.note = note;
    this.legend = legend;
    this.viewer = null;
    this.crystal = null;
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => this.crystal && this.show(this.crystal));
    new ResizeObserver(() => this.viewer && this.viewer.resize()).observe(element);
    element.addEventListener('keydown', event => this.turn(event));
  }

  show(crystal) {
    this.crystal = crystal;
    this.showLegend(crystal);
    if (!this.open()) {
      return;
    }

    const viewer = this.viewer;
    viewer.clear();
    viewer.setBackgroundColor(this.colour('--ground'));
    const atoms = CrystalView.withImages(crystal);
    if (atoms.length > CrystalView.maximumAtoms) {
      this.say(`${crystal.symbols.length} atoms are too many to draw.`);
      viewer.render();
      return;
    }

    this.say('');
    viewer.addModel().addAtoms(CrystalView.withBonds(atoms, CrystalView.nearestDistances(crystal)));
    viewer.setStyle({}, { stick: { radius: 0.09, colorscheme: 'Jmol' }, sphere: { scale: 0.27, colorscheme: 'Jmol' } });
    this.drawCell(crystal.lattice);
    viewer.setView([0, 0, 0, 0, 0, 0, 0, 1]);
    viewer.rotate(-78, 'x');
    viewer.rotate(14, 'y');
    viewer.zoomTo();
    viewer.zoom(1.1);
    viewer.render();
    this.element.dataset.atoms = atoms.length;
  }

  open() {
    if (this.viewer) {
      return true;
    }

    if (!window.$3Dmol) {
      this.say('No 3D viewer: it was not there when the program was built (./faithful setup fetches it).');
      return false;
    }

    try {
      this.viewer = $3Dmol.createViewer(this.element, { backgroundColor: this.colour('--ground'), orthographic: true, antialias: true });
      this.viewer.enableFog(false);
      this.viewer.render();
    } catch (error) {
      this.viewer = null;
    }

    if (!this.viewer) {
      this.say('This browser has no WebGL, so that the crystal cannot be drawn.');
    }

    return this.viewer !== null;
  }

  drawCell(lattice) {
    const colour = this.colour('--soft');
    const corner = (i, j, k) => CrystalView.cartesian(lattice, [i, j, k]);
    const line = (from, to) => this.viewer.addCylinder({ start: from, end: to, radius: 0.03, color: colour, fromCap: 1, toCap: 1 });
    for (const i of [0, 1]) {
      for (const j of [0, 1]) {
        line(corner(0, i, j), corner(1, i, j));
        line(corner(i, 0, j), corner(i, 1, j));
        line(corner(i, j, 0), corner(i, j, 1));
      }
    }

    ['a', 'b', 'c'].forEach((name, axis) => {
      const end = [0, 0, 0];
      end[axis] = 1;
      const { x, y, z } = CrystalView.cartesian(lattice, end);
      const length = Math.hypot(x, y, z);
      const beyond = 1 + 0.7 / length;
      this.viewer.addLabel(name, {
        position: { x: x * beyond, y: y * beyond, z: z * beyond }, fontColor: this.colour('--ink'), fontSize: 16, showBackground: false, inFront: true, alignment: 'center',
      });
    });
  }

  showLegend(crystal) {
    const counts = new Map();
    crystal.symbols.forEach(symbol => counts.set(symbol, (counts.get(symbol) || 0) + 1));
    this.legend.replaceChildren(...[...counts].map(([symbol, count]) => {
      const item = document.createElement('li');
      const dot = document.createElement('i');
      const colour = window.$3Dmol ? $3Dmol.elementColors.Jmol[symbol] : undefined;
      if (colour !== undefined) {
        dot.style.backgroundColor = `#${colour.toString(16).padStart(6, '0')}`;
        item.append(dot);
      }

      item.append(`${symbol} × ${count}`);
      return item;
    }));
  }

  turn(event) {
    const steps = { ArrowLeft: [-10, 'y'], ArrowRight: [10, 'y'], ArrowUp: [-10, 'x'], ArrowDown: [10, 'x'] };
    if (!this.viewer || event.ctrlKey || event.metaKey || event.altKey) {
      return;
    }

    if (steps[event.key]) {
      this.viewer.rotate(...steps[event.key]);
    } else if (event.key === '+' || event.key === '-') {
      this.viewer.zoom(event.key === '+' ? 1.15 : 1 / 1.15);
    } else {
      return;
    }

    event.preventDefault();
    this.viewer.render();
  }

  say(text) {
    this.note.textContent = text;
  }

  colour(name) {
    return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  }

  // An atom at 0 also stands at 1: what one expects to see of a cell.
  static withImages(crystal) {
    const border = 1e-3;
    const atoms = [];
    crystal.positions.forEach((position, index) => {
      const places = position.map(x => (x < border ? [x, x + 1] : x > 1 - border ? [x - 1, x] : [x]));
      for (const x of places[0]) {
        for (const y of places[1]) {
          for (const z of places[2]) {
            const place = CrystalView.cartesian(crystal.lattice, [x, y, z]);
            atoms.push({ site: index, elem: crystal.symbols[index], ...place });
          }
        }
      }
    });
    return atoms;
  }

  // The distance of each atom to its nearest neighbour, images included; none where counting would take too long.
  static nearestDistances(crystal) {
    const count = crystal.symbols.length;
    if (count > CrystalView.maximumBonded) {
      return null;
    }

    const nearest = new Array(count).fill(Infinity);
    const shifts = [-1, 0, 1];
    for (let i = 0; i < count; i++) {
      for (let j = 0; j < count; j++) {
        for (const x of shifts) {
          for (const y of shifts) {
            for (const z of shifts) {
              const [p, q] = [crystal.positions[i], crystal.positions[j]];
              const { x: dx, y: dy, z: dz } = CrystalView.cartesian(crystal.lattice, [q[0] - p[0] + x, q[1] - p[1] + y, q[2] - p[2] + z]);
              const distance = Math.hypot(dx, dy, dz);
              if (distance > 0.1 && distance < nearest[i]) {
                nearest[i] = distance;
              }
            }
          }
        }
      }
    }

    return nearest;
  }

  // A stick joins atoms that are hardly further apart than one of them is from its nearest neighbour.
  static withBonds(atoms, nearest) {
    for (const atom of atoms) {
      [atom.bonds, atom.bondOrder] = [[], []];
    }

    for (let i = 0; nearest && i < atoms.length; i++) {
      for (let j = 0; j < i; j++) {
        const [p, q] = [atoms[i], atoms[j]];
        if (Math.hypot(p.x - q.x, p.y - q.y, p.z - q.z) <= 1.2 * Math.max(nearest[p.site], nearest[q.site])) {
          p.bonds.push(j);
          p.bondOrder.push(1);
          q.bonds.push(i);
          q.bondOrder.push(1);
        }
      }
    }

    return atoms;
  }

  static cartesian(lattice, fractional) {
    const along = axis => fractional[0] * lattice[0][axis] + fractional[1] * lattice[1][axis] + fractional[2] * lattice[2][axis];
    return { x: along(0), y: along(1), z: along(2) };
  }
}
