'use strict';
// Keys, pointers and controls, and the beginning.

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
  } else if (drag.kind === 'wipe') {
    wipe(place.x / canvas.width);
  } else if (drag.kind === 'region') {
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
