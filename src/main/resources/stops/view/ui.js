'use strict';
// The page: what is looked at, and the keys, pointers and controls that change it.

const $ = (id) => document.getElementById(id);
const canvas = $('canvas');

const view = {
  pictures: [], // what is known of each, once it was opened
  i: 0, // the picture
  other: -1, // the picture to compare with, or -1
  layer: 0,
  stops: 0,
  wipe: 0.5,
  x: 0, // of the picture's first pixel, in pixels of the canvas
  y: 0,
  scale: 1, // pixels of the canvas for one of the picture
  fitted: true,
  marks: false,
  bands: [],
  region: null,
  drawing: false, // whether the pointer draws a region
};
let all = { pictures: [] };
let painter;
let tiles;
let frame = 0;
const problems = new Map();

const current = () => view.pictures[view.i];
const layerOf = (picture) => picture.layers[layerIndex(picture)];

/** The layer of a picture with the name of the one that is looked at, or its first. */
function layerIndex(picture) {
  const name = current().layers[view.layer].name;
  return Math.max(0, picture.layers.findIndex((layer) => layer.name === name));
}

/** Pixels of the canvas for one of the page. */
const ratio = () => window.devicePixelRatio || 1;

// Drawing

function redraw() { frame ||= requestAnimationFrame(draw); }

function draw() {
  frame = 0;
  if (!current()) { return; }
  painter.resize(Math.max(1, Math.round(canvas.clientWidth * ratio())),
    Math.max(1, Math.round(canvas.clientHeight * ratio())));
  if (view.fitted) { fit(); }
  tiles.begin();
  const divider = comparing() ? Math.round(view.wipe * canvas.width) : canvas.width;
  paint(view.i, 0, divider);
  if (comparing()) { paint(view.other, divider, canvas.width); }
  tiles.end();
  overlay(divider);
  document.body.dataset.waiting = tiles.waiting;
}

const comparing = () => view.other >= 0 && Boolean(view.pictures[view.other]);

function paint(i, left, right) {
  const picture = view.pictures[i];
  const layer = layerOf(picture);
  const first = layerOf(current());
  // Pictures lie over each other by their coordinates.
  const x = view.x + (layer.x - first.x) * view.scale;
  const y = view.y + (layer.y - first.y) * view.scale;
  const dark = matchMedia('(prefers-color-scheme: dark)').matches ? 0.1 : 0.8;
  const weights = layer.channels.length < 3 ? [1, 0, 0] : all.display.weights;
  painter.begin(left, right, { stops: view.stops, marks: view.marks, bands: view.bands, weights,
    background: [dark, dark, dark] });
  const level = Math.max(layer.least || 0, Math.round(Math.log2(1 / view.scale)), 0);
  const shown = tiles.of({ i, layerIndex: layerIndex(picture), layer, level,
    left: (left - x) / view.scale, right: (right - x) / view.scale,
    top: -y / view.scale, bottom: (canvas.height - y) / view.scale });
  for (const tile of shown) { painter.draw(tile, x, y, view.scale); }
}

/** Puts what lies over the picture into its place. */
function overlay(divider) {
  $('divider').hidden = !comparing();
  $('divider').style.left = divider / ratio() + 'px';
  const region = view.region;
  $('region-frame').hidden = !region;
  if (region) {
    const { x, y } = layerOf(current());
    const place = { left: view.x + (region.x - x) * view.scale,
      top: view.y + (region.y - y) * view.scale,
      width: region.w * view.scale, height: region.h * view.scale };
    for (const [name, value] of Object.entries(place)) {
      $('region-frame').style[name] = value / ratio() + 'px';
    }
  }
}

// Place and size

function fit() {
  const { width, height } = layerOf(current());
  view.scale = Math.min(canvas.width / width, canvas.height / height, 16);
  view.x = Math.round((canvas.width - width * view.scale) / 2);
  view.y = Math.round((canvas.height - height * view.scale) / 2);
}

/** Changes the size; the point (x, y) of the canvas stays. */
function zoom(factor, x = canvas.width / 2, y = canvas.height / 2) {
  const { width, height } = layerOf(current());
  const least = Math.min(0.5 * canvas.width / width, 0.5 * canvas.height / height, 1);
  const scale = Math.min(64, Math.max(least, view.scale * factor));
  view.x = x - (x - view.x) * scale / view.scale;
  view.y = y - (y - view.y) * scale / view.scale;
  view.scale = scale;
  view.fitted = false;
  redraw();
}

function oneToOne() {
  zoom(1 / view.scale);
  view.x = Math.round(view.x);
  view.y = Math.round(view.y);
}

function move(x, y) {
  view.x += x;
  view.y += y;
  view.fitted = false;
  redraw();
}

/** The pixel of the picture at a place of the canvas, in the file's coordinates; or null. */
function pixelAt(x, y) {
  const layer = layerOf(current());
  const column = Math.floor((x - view.x) / view.scale);
  const row = Math.floor((y - view.y) / view.scale);
  return column >= 0 && row >= 0 && column < layer.width && row < layer.height
    ? { x: column + layer.x, y: row + layer.y } : null;
}

// Pictures and layers

async function open(i) {
  try {
    view.pictures[i] = await source.picture(i);
    problems.delete(i);
  } catch (problem) {
    failed(i, problem.message, problem.changed);
    return false;
  }
  return true;
}

async function show(i) {
  const wanted = (i + all.pictures.length) % all.pictures.length;
  const before = current();
  view.i = wanted;
  $('picture').value = wanted;
  if (!current() && !await open(wanted)) {
    canvas.hidden = true;
    tell();
    return;
  }
  if (view.i === wanted) {
    canvas.hidden = false;
    chosen(before);
  }
}

/** What follows from another picture or layer. */
function chosen(before) {
  const picture = current();
  if (before && before !== picture) {
    const name = before.layers[view.layer]?.name;
    view.layer = Math.max(0, picture.layers.findIndex((layer) => layer.name === name));
  }
  view.layer = Math.min(view.layer, picture.layers.length - 1);
  $('layer').replaceChildren(...picture.layers.map((layer, n) => new Option(layer.name, n)));
  $('layer').value = view.layer;
  $('layer-box').hidden = picture.layers.length < 2;
  $('other-box').hidden = all.pictures.length < 2;
  $('wipe-box').hidden = view.other < 0;
  document.title = picture.name + ' – stops view';
  tell();
  redraw();
  probe(view.pointer);
}

async function compare(i) {
  view.other = i;
  $('other').value = i;
  $('wipe-box').hidden = i < 0;
  if (i >= 0 && !view.pictures[i]) { await open(i); }
  tell();
  redraw();
}

function chooseLayer(n) {
  const count = current().layers.length;
  view.layer = (n + count) % count;
  chosen(current());
}

async function loadAgain() {
  for (const i of [view.i, view.other]) {
    if (i >= 0) {
      tiles.forget(i);
      view.pictures[i] = undefined;
    }
  }
  if (view.other >= 0) { await open(view.other); }
  await show(view.i);
}

// Exposure and display

function expose(stops) {
  view.stops = Number.isFinite(stops) ? Math.round(stops * 1000) / 1000 : view.stops;
  $('slider').value = view.stops;
  $('stops').value = view.stops;
  tell();
  redraw();
}

function toggle(button) {
  const on = button.getAttribute('aria-pressed') !== 'true';
  button.setAttribute('aria-pressed', on);
  return on;
}

function falseColour() {
  view.bands = toggle($('false')) ? all.display.bands : [];
  $('legend').hidden = view.bands.length === 0;
  redraw();
}

function clipping() {
  view.marks = toggle($('clip'));
  redraw();
}

// Pixel and region

let asked = 0;

async function probe(pointer) {
  view.pointer = pointer;
  const pixel = pointer && pixelAt(pointer.x, pointer.y);
  const number = ++asked;
  if (!pixel) { return; }
  // One question at a time: the pointer is faster than a disk.
  if (probe.busy) { return; }
  probe.busy = true;
  try {
    const found = [await source.probe(view.i, layerIndex(current()), pixel.x, pixel.y)];
    if (comparing()) {
      found.push(await source.probe(view.other, layerIndex(view.pictures[view.other]), pixel.x,
        pixel.y).catch(() => null));
    }
    report(found);
  } catch (problem) { failed(view.i, problem.message, problem.changed); }
  probe.busy = false;
  if (number !== asked) { probe(view.pointer); }
}

function report([a, b]) {
  $('place').textContent = `${a.x}, ${a.y}` + (a.mean ? ` (mean of ${a.mean} × ${a.mean})` : '');
  const rows = [['', 'intensity', 'stops', ...(b ? ['B', 'B − A'] : [])]];
  a.channels.forEach((channel, c) => {
    const same = b && b.channels[c];
    rows.push([channel.channel, number(channel.intensity), stopsText(channel.stops),
      ...(same ? [number(same.intensity), stopsText(same.stops - channel.stops)] : [])]);
  });
  fill($('probe'), rows);
}

function number(value) {
  if (typeof value !== 'number' || value === 0) {
    return String(value ?? '').replace('Infinity', '∞');
  }
  return Math.abs(value) >= 1e-4 && Math.abs(value) < 1e6 ? String(Number(value.toPrecision(6)))
    : value.toExponential(4);
}

const stopsText = (value) => typeof value === 'number' && Number.isFinite(value)
  ? (value >= 0 ? '+' : '−') + Math.abs(value).toFixed(3) : value === undefined ? '–' : String(value);

function fill(table, rows) {
  table.hidden = false;
  table.replaceChildren(...rows.map((cells, n) => {
    const row = document.createElement('tr');
    row.append(...cells.map((text, c) => {
      const cell = document.createElement(n === 0 || c === 0 ? 'th' : 'td');
      cell.textContent = text;
      return cell;
    }));
    return row;
  }));
}

async function measure() {
  const text = $('region').value.trim();
  const numbers = text.split(/[ ,]+/).map(Number);
  const layer = layerOf(current());
  if (text === '') { view.region = null; } else if (numbers.length === 4 && numbers.every(Number.isInteger) && numbers[2] > 0
      && numbers[3] > 0) {
    const [x, y, w, h] = numbers;
    view.region = { x, y, w, h };
  } else {
    failed(view.i, 'a region is four whole numbers: x,y,width,height', false);
    return;
  }
  tell();
  redraw();
  const { x, y, w, h } = view.region || { x: layer.x, y: layer.y, w: layer.width, h: layer.height };
  try {
    document.body.dataset.measuring = true;
    statistics(await source.statistics(view.i, layerIndex(current()), x, y, w, h));
    failed(view.i, '', false);
  } catch (problem) { failed(view.i, problem.message, problem.changed); }
  document.body.dataset.measuring = false;
}

function statistics(found) {
  const rows = [['', 'mean', 'min', 'max', 'median', 'geo. mean', '1 %', '99 %']];
  for (const each of found.channels) {
    rows.push([each.channel, number(each.mean), number(each.minimum), number(each.maximum),
      ...[each.medianStops, each.meanStops, each.lowStops, each.highStops].map(stopsText)]);
  }
  fill($('statistics'), rows);
  const odd = found.channels.map((each) => ['zero', 'negative', 'infinite', 'nan']
    .filter((kind) => each[kind] > 0).map((kind) => `${each[kind]} ${kind}`).join(', '))
    .map((text, n) => text && found.channels[n].channel + ': ' + text).filter(Boolean);
  $('histogram').hidden = !found.histogram;
  $('histogram').src = found.histogram
    ? 'data:image/svg+xml;charset=utf-8,' + encodeURIComponent(found.histogram) : 'data:,';
  $('histogram').alt = 'Histogram in stops. ' + odd.join('; ');
  $('odd').textContent = odd.join('; ');
}

// What is said

function failed(i, message, changed) {
  if (message) {
    problems.set(i, { message, changed });
  } else {
    problems.delete(i);
  }
  tell();
}

function quoted(name) {
  return /^[\w@%+=:,./-]+$/.test(name) && !name.startsWith('-') ? name
    : "'" + name.replaceAll("'", "'\\''") + "'";
}

function tell() {
  const found = [view.i, view.other].map((i) => problems.get(i)).filter(Boolean);
  const text = found.map((each) => each.message).join('; ');
  if ($('status').textContent !== text) { $('status').textContent = text; }
  $('again').hidden = !found.some((each) => each.changed);
  const picture = current();
  if (!picture) { return; }
  const layer = layerOf(picture);
  $('information').textContent = `${picture.format}, ${layer.width} × ${layer.height}, `
    + (layer.exposures ? 'exposure, shown as light' : layer.light ? 'intensity' : 'not light');
  const path = quoted(picture.path);
  const region = view.region;
  const roi = region ? ` --roi ${region.x},${region.y},${region.w},${region.h}` : '';
  const lines = [];
  if (view.stops !== 0) {
    lines.push(`stops adjust ${path} ${quoted(picture.path.replace(/(\.[^./]*)?$/, '-adjusted$1'))}`
      + ` --stops ${view.stops}`);
  }
  if (comparing()) {
    lines.push(`stops match ${path} ${quoted(view.pictures[view.other].path)}${roi}`);
  }
  if (region || lines.length === 0) {
    lines.push(`stops stats ${path}${roi}`);
  }
  $('command').textContent = lines.join('\n');
}

function help(shown = $('help').hidden) {
  $('help').hidden = !shown;
  $('help-button').setAttribute('aria-expanded', shown);
  (shown ? $('help-close') : canvas).focus();
}

// Keys

const KEYS = {
  e: () => expose(view.stops + 0.5), E: () => expose(view.stops - 0.5), 0: () => expose(0),
  ArrowLeft: () => show(view.i - 1), ArrowRight: () => show(view.i + 1),
  n: () => chooseLayer(view.layer + 1), N: () => chooseLayer(view.layer - 1),
  f: () => { view.fitted = true; redraw(); }, 1: oneToOne,
  '+': () => zoom(2 ** 0.5), '=': () => zoom(2 ** 0.5), '-': () => zoom(2 ** -0.5),
  b: () => compare(view.other >= 0 || all.pictures.length < 2 ? -1
    : (view.i + 1) % all.pictures.length),
  w: () => wipe(view.wipe + 0.05), W: () => wipe(view.wipe - 0.05),
  r: () => (source.hasStatistics ? draws() : undefined),
  c: falseColour, z: clipping, u: loadAgain, h: () => help(), '?': () => help(),
  Escape: () => (view.drawing ? draws() : help(false)),
};
const STEPS = { ArrowLeft: [1, 0], ArrowRight: [-1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };

function key(event) {
  const typing = event.target.matches('input:not([type=range]), select') && event.key !== 'Escape'
    || event.target.matches('[type=range]') && STEPS[event.key];
  if (typing || event.ctrlKey || event.metaKey || event.altKey || !all.pictures.length) { return; }
  const step = STEPS[event.key];
  if (event.shiftKey && step && current()) {
    const far = Math.max(1, Math.round(0.05 * canvas.width));
    move(step[0] * Math.max(far, view.scale), step[1] * Math.max(far, view.scale));
    $('cross').hidden = false;
    probe({ x: canvas.width / 2, y: canvas.height / 2 });
  } else if (KEYS[event.key] && (current() || event.key.startsWith('Arrow') || event.key === 'u')) {
    KEYS[event.key]();
  } else {
    return;
  }
  event.preventDefault();
}

function wipe(part) {
  view.wipe = Math.min(1, Math.max(0, part));
  $('wipe').value = 100 * view.wipe;
  redraw();
}

function draws() {
  view.drawing = toggle($('select'));
  canvas.classList.toggle('drawing', view.drawing);
}

// Pointers

const pointers = new Map();
let drag = null;

const placeOf = (event) => {
  const box = canvas.getBoundingClientRect();
  return { x: (event.clientX - box.left) * ratio(), y: (event.clientY - box.top) * ratio() };
};

function down(event) {
  const place = placeOf(event);
  canvas.setPointerCapture(event.pointerId);
  pointers.set(event.pointerId, place);
  const onDivider = comparing() && Math.abs(place.x - view.wipe * canvas.width) < 12 * ratio();
  const pixel = pixelAt(place.x, place.y);
  drag = (event.shiftKey || view.drawing) && source.hasStatistics && pixel
    ? { kind: 'region', from: pixel } : { kind: onDivider ? 'wipe' : 'move' };
}

function moved(event) {
  if (!current()) { return; }
  const place = placeOf(event);
  const before = pointers.get(event.pointerId);
  $('cross').hidden = true;
  if (!before) {
    probe(place);
    return;
  }
  if (pointers.size === 2) {
    const [still] = [...pointers].filter(([id]) => id !== event.pointerId).map(([, at]) => at);
    const far = (at) => Math.hypot(at.x - still.x, at.y - still.y);
    zoom(far(place) / Math.max(1, far(before)), still.x, still.y);
  } else if (drag.kind === 'wipe') { wipe(place.x / canvas.width); } else if (drag.kind === 'region') {
    const to = pixelAt(place.x, place.y) || drag.to || drag.from;
    drag.to = to;
    const [x, y] = [Math.min(drag.from.x, to.x), Math.min(drag.from.y, to.y)];
    const [w, h] = [Math.abs(drag.from.x - to.x) + 1, Math.abs(drag.from.y - to.y) + 1];
    view.region = { x, y, w, h };
    $('region').value = [x, y, w, h].join(',');
    redraw();
  } else {
    move(place.x - before.x, place.y - before.y);
  }
  pointers.set(event.pointerId, place);
}

function up(event) {
  const known = pointers.delete(event.pointerId);
  if (known && drag && drag.kind === 'region' && drag.to) {
    if (view.drawing) { draws(); }
    measure();
  } else if (known && event.type === 'pointerup') { probe(placeOf(event)); }
  drag = pointers.size ? drag : null;
}

// The beginning

function listen() {
  addEventListener('keydown', key);
  addEventListener('resize', redraw);
  canvas.addEventListener('pointerdown', down);
  canvas.addEventListener('pointermove', moved);
  canvas.addEventListener('pointerup', up);
  canvas.addEventListener('pointercancel', up);
  canvas.addEventListener('wheel', (event) => {
    event.preventDefault();
    const place = placeOf(event);
    zoom(2 ** (-event.deltaY / 400), place.x, place.y);
  }, { passive: false });
  new ResizeObserver(redraw).observe(canvas);
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', redraw);
  const clicks = { previous: KEYS.ArrowLeft, next: KEYS.ArrowRight, reset: KEYS[0], fit: KEYS.f,
    full: oneToOne, out: KEYS['-'], in: KEYS['+'], false: falseColour, clip: clipping,
    select: draws, again: loadAgain, 'help-button': () => help(), 'help-close': () => help(false) };
  for (const [id, action] of Object.entries(clicks)) { $(id).addEventListener('click', action); }
  $('slider').addEventListener('input', () => expose(Number($('slider').value)));
  $('stops').addEventListener('input', () => {
    // Left as it is typed: "-" and "1." are no numbers yet.
    view.stops = $('stops').valueAsNumber || 0;
    $('slider').value = view.stops;
    tell();
    redraw();
  });
  $('wipe').addEventListener('input', () => wipe($('wipe').value / 100));
  $('picture').addEventListener('change', () => show(Number($('picture').value)));
  $('other').addEventListener('change', () => compare(Number($('other').value)));
  $('layer').addEventListener('change', () => chooseLayer(Number($('layer').value)));
  $('region-form').addEventListener('submit', (event) => {
    event.preventDefault();
    measure();
  });
  $('copy').addEventListener('click', async () => {
    try {
      await navigator.clipboard.writeText($('command').textContent);
      $('copy').textContent = 'Copied';
      setTimeout(() => { $('copy').textContent = 'Copy'; }, 1500);
    } catch {
      getSelection().selectAllChildren($('command'));
    }
  });
}

function legend(bands) {
  $('legend').replaceChildren(...bands.toReversed().map((band) => {
    const item = document.createElement('li');
    const patch = document.createElement('span');
    patch.style.background = `rgb(${band.rgb.map((part) => Math.round(part * 255)).join(' ')})`;
    item.append(patch, band.name);
    return item;
  }));
}

async function begin() {
  try {
    painter = new Painter(canvas);
    tiles = new Tiles(painter, redraw, failed);
    all = await source.pictures();
  } catch (problem) {
    $('status').textContent = problem.message;
    return;
  }
  const names = all.pictures.map((each, i) => new Option(
    each.frame === undefined ? each.name : 'frame ' + each.frame, i));
  $('picture').replaceChildren(...names);
  $('other').replaceChildren(new Option('none', -1), ...names.map((each) => each.cloneNode(true)));
  for (const id of ['previous', 'picture', 'next']) { $(id).hidden = all.pictures.length < 2; }
  $('region-form').hidden = !source.hasStatistics;
  legend(all.display.bands);
  listen();
  await show(0);
  canvas.focus();
  if (!source.hasStatistics) { statistics(await source.statistics(0)); }
}

begin();
