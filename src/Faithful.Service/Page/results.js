'use strict';

// Shows what the service answered: facts of the crystal, and a card for each task. Where there is an ensemble it speaks for the task,
// and the models behind it unfold.
const Results = {
  shownClasses: 5, // of many; the rest is summed up

  taskNames: {
    'tqc': 'Topological class', 'tqc-basic': 'Topological kind', 'magnetic-ordering': 'Magnetic order',
    'formation-energy': 'Formation energy', 'band-gap': 'Band gap', 'point-group': 'Point group', 'space-group': 'Space group',
  },

  classNames: {
    LCEBR: 'trivial', NLC: 'topological insulator', SEBR: 'topological insulator', ES: 'semimetal', ESFD: 'semimetal',
    TI: 'topological insulator', SM: 'semimetal', NM: 'non-magnetic', FM: 'ferromagnetic', FiM: 'ferrimagnetic', AFM: 'antiferromagnetic',
  },

  make(tag, className, ...content) {
    const element = document.createElement(tag);
    if (className) {
      element.className = className;
    }

    element.append(...content);
    return element;
  },

  facts(result) {
    const { lattice, symbol, space_group: number, point_group: point } = result.crystal;
    const lengths = lattice.map(vector => Math.hypot(...vector));
    const dot = (p, q) => p[0] * q[0] + p[1] * q[1] + p[2] * q[2];
    const angle = (i, j) => Math.acos(Math.max(-1, Math.min(1, dot(lattice[i], lattice[j]) / lengths[i] / lengths[j]))) * 180 / Math.PI;
    const [a, b, c] = lattice;
    const volume = Math.abs(a[0] * (b[1] * c[2] - b[2] * c[1]) - a[1] * (b[0] * c[2] - b[2] * c[0]) + a[2] * (b[0] * c[1] - b[1] * c[0]));
    const rows = [
      ['Formula', Results.formula(result.formula)],
      ['Space group', number ? Results.symbol(symbol, ` (${number})`) : 'not found'],
      ['Point group', point ? Results.symbol(point) : 'not found'],
      ['Atoms in the cell', `${result.atoms}`],
      ['Volume', `${volume.toFixed(2)} Å³`],
      ['Cell', `${lengths.map(x => x.toFixed(3)).join(', ')} Å; ${[angle(1, 2), angle(0, 2), angle(0, 1)].map(x => `${x.toFixed(2)}°`).join(', ')}`, 'long'],
    ];
    return rows.map(([name, value, className]) => Results.make('div', className, Results.make('dt', '', name), Results.make('dd', '', value)));
  },

  formula(text) {
    const formula = document.createDocumentFragment();
    for (const part of text.split(/(\d+(?:\.\d+)?)/).filter(part => part)) {
      formula.append(/^\d/.test(part) ? Results.make('sub', '', part) : part);
    }

    return formula;
  },

  // Hermann-Mauguin symbols as they are printed: an axis of rotation and inversion under a bar, the part of a screw below the line.
  symbol(text, ...after) {
    const symbol = document.createDocumentFragment();
    for (const part of text.match(/-\d|_\d|[^-_]/g) || []) {
      symbol.append(part[0] === '-' ? Results.make('span', 'over-bar', part[1]) : part[0] === '_' ? Results.make('sub', '', part[1]) : part);
    }

    symbol.append(...after);
    return symbol;
  },

  cards(predictions) {
    const tasks = new Map();
    for (const [name, prediction] of Object.entries(predictions).sort(([p], [q]) => p.localeCompare(q))) {
      tasks.set(prediction.task, [...(tasks.get(prediction.task) || []), [name, prediction]]);
    }

    return [...tasks.entries()]
      .sort(([p], [q]) => Results.title(p).localeCompare(Results.title(q)))
      .flatMap(([, models]) => {
        const ensembles = models.filter(([, prediction]) => 'disagreement' in prediction);
        const [leads, others] = ensembles.length === 1 ? [ensembles, models.filter(model => model !== ensembles[0])] : [models, []];
        return leads.map(([name, prediction]) => {
          const group = Results.make('section', 'group', Results.card(name, prediction));
          if (others.length > 0) {
            group.append(Results.others(prediction, others));
          }

          return group;
        });
      });
  },

  // What the single models say, in one line, and each in full where that is opened.
  others(lead, models) {
    const brief = models.map(([name, prediction]) => {
      const model = name.replace(`-${prediction.task}`, '');
      return prediction.class === undefined ? `${model} ${Results.number(prediction.value)}`
        : `${model} ${prediction.class === lead.class ? '' : `${prediction.class} `}${Math.round(100 * prediction.probabilities[prediction.class])} %`;
    });
    return Results.make(
      'details', 'others', Results.make('summary', '', `${models.length === 1 ? 'One model' : `${models.length} models`}: ${brief.join(', ')}`),
      ...models.map(([name, prediction]) => Results.card(name, prediction)));
  },

  title(task) {
    return Results.taskNames[task] || task;
  },

  card(name, prediction) {
    const card = Results.make('article', 'card');
    card.dataset.model = name;
    card.append(Results.make('header', '', Results.make('h3', '', Results.title(prediction.task)), Results.make('span', 'model', name)));
    card.append('class' in prediction ? Results.answer(prediction) : Results.value(prediction));
    if (prediction.probabilities) {
      card.append(Results.bars(prediction));
    }

    if ('disagreement' in prediction) {
      const unit = prediction.unit ? ` ${prediction.unit}` : '';
      card.append(Results.make('p', 'aside', `Its members disagree by ${Results.number(prediction.disagreement)}${unit}.`));
    }

    if (prediction.warnings.length > 0) {
      card.append(Results.make('ul', 'warnings', ...prediction.warnings.map(warning => Results.make('li', '', warning))));
    }

    return card;
  },

  answer(prediction) {
    const word = Results.classNames[prediction.class];
    return Results.make('p', 'answer', Results.className(prediction, prediction.class), ' ', Results.make('small', '', word || ''));
  },

  className(prediction, name) {
    return prediction.task === 'point-group' ? Results.symbol(name) : name;
  },

  value(prediction) {
    const unit = prediction.unit || '';
    const range = prediction.half_width === undefined ? '' : ` ± ${Results.number(prediction.half_width)}`;
    const coverage = prediction.coverage === undefined ? '' : ` in ${Math.round(100 * prediction.coverage)}\u00a0% of cases`;
    return Results.make('p', 'answer', `${Results.number(prediction.value)}${range} ${unit}`, Results.make('small', '', coverage));
  },

  number(value) {
    return value.toFixed(3).replace('-', '−');
  },

  bars(prediction) {
    const shares = Object.entries(prediction.probabilities).sort((p, q) => q[1] - p[1]);
    const shown = shares.length > Results.shownClasses + 1 ? shares.slice(0, Results.shownClasses) : shares;
    if (shown.length < shares.length) {
      const rest = shares.slice(shown.length);
      shown.push([null, rest.reduce((sum, [, share]) => sum + share, 0)]);
    }

    const list = Results.make('ul', 'bars');
    list.setAttribute('aria-label', 'Probabilities');
    shown.forEach(([name, share], index) => {
      const fill = Results.make('span', 'fill');
      fill.style.width = `${(100 * share).toFixed(2)}%`;
      const percent = share > 0 && share < 0.001 ? '< 0.1 %' : `${(100 * share).toFixed(1)} %`;
      const row = Results.make(
        'li', name === prediction.class ? 'first' : '',
        Results.make('span', 'name', name === null ? `${shares.length - Results.shownClasses} others` : Results.className(prediction, name)), Results.make('span', 'track', fill), Results.make('span', 'share', percent));
      row.dataset.share = share;
      list.append(row);
    });
    return list;
  },
};
