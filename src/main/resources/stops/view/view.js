'use strict';
// What is looked at: pictures and layers, their place and size, exposure, and the drawing.

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
  const weights = layer.channels.length < 3 ? [1, 0, 0] : layer.weights;
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
