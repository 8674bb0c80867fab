'use strict';
// What is said of pixels, regions and pictures, and of what went wrong.

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
  ? (value < 0 ? '−' : '+') + Math.abs(value).toFixed(3) : String(value ?? '–');

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
  if (text === '') {
    view.region = null;
  } else if (numbers.length === 4 && numbers.every(Number.isInteger) && numbers[2] > 0
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
  // A column for each channel, so that the table fits beside the picture.
  fill($('statistics'), rows[0].map((_, n) => rows.map((row) => row[n])));
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
  return name.startsWith('-') ? quoted('./' + name) : /^[\w@%+=:,./-]+$/.test(name) ? name
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
  $('information').textContent = `${picture.name}: ${picture.format}, ${layer.width} × `
    + `${layer.height}, ${layer.exposures ? 'exposure' : layer.light ? 'intensity' : 'not light'}`;
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
