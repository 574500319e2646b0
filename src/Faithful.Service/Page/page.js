'use strict';

const byId = id => document.getElementById(id);
const view = new CrystalView(byId('view'), byId('view-note'), byId('legend'));
const largestText = 4 * 1024 * 1024;
let running = null;

function showError(title, detail) {
  const error = byId('error');
  error.replaceChildren(Results.make('b', '', title), detail);
  error.hidden = false;
  byId('status').textContent = '';
  byId('results').replaceChildren();
}

function showResult(result, milliseconds) {
  const count = Object.keys(result.predictions).length;
  byId('status').textContent = `${count} ${count === 1 ? 'model' : 'models'} in ${Math.round(milliseconds)} ms.`;
  byId('facts').replaceChildren(...Results.facts(result));
  const warnings = result.warnings.map(warning => Results.make('li', '', warning));
  byId('results').replaceChildren(
    ...(warnings.length > 0 ? [Results.make('ul', 'warnings wide', ...warnings)] : []), ...Results.cards(result.predictions));
  view.show(result.crystal);
}

async function predict() {
  const text = byId('text').value;
  byId('error').hidden = true;
  if (!text.trim()) {
    showError('There is no structure yet.', 'Paste a POSCAR or a CIF, drop a file, or take an example.');
    byId('text').focus();
    return;
  }

  running?.abort();
  const request = running = new AbortController();
  byId('predict').disabled = true;
  byId('status').textContent = 'Predicting …';
  const started = performance.now();
  try {
    const answer = await fetch('/predict?include=crystal', { method: 'POST', headers: { 'Content-Type': 'text/plain' }, body: text, signal: request.signal });
    const content = await answer.json();
    if (!answer.ok) {
      showError(content.title, content.detail);
    } else if (content.results[0].error) {
      showError(content.results[0].error.title, content.results[0].error.detail);
    } else {
      showResult(content.results[0], performance.now() - started);
    }
  } catch (error) {
    if (error.name !== 'AbortError') {
      showError('The service does not answer.', 'Is it still running?');
    }
  } finally {
    if (running === request) {
      byId('predict').disabled = false;
    }
  }
}

async function take(file) {
  if (file.size > largestText) {
    showError('The file is too large.', `Expected at most ${largestText} bytes, found ${file.size}.`);
    return;
  }

  byId('text').value = await file.text();
  byId('example').value = '';
  await predict();
}

async function fillExamples() {
  const names = await (await fetch('/examples')).json();
  byId('example').append(...names.map(name => new Option(name, name)));
}

byId('form').addEventListener('submit', event => {
  event.preventDefault();
  predict();
});
byId('text').addEventListener('keydown', event => {
  if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
    predict();
  }
});
byId('file').addEventListener('change', event => event.target.files.length > 0 && take(event.target.files[0]));
byId('example').addEventListener('change', async event => {
  if (event.target.value) {
    byId('text').value = await (await fetch(`/examples/${encodeURIComponent(event.target.value)}`)).text();
    await predict();
  }
});
for (const kind of ['dragenter', 'dragover', 'dragleave', 'drop']) {
  document.addEventListener(kind, event => {
    event.preventDefault();
    byId('drop').classList.toggle('over', kind === 'dragenter' || kind === 'dragover');
  });
}

document.addEventListener('drop', event => {
  const file = event.dataTransfer.files[0];
  const text = event.dataTransfer.getData('text');
  if (file) {
    take(file);
  } else if (text) {
    byId('text').value = text;
    predict();
  }
});
fillExamples();
