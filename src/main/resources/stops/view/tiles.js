'use strict';
// The tiles of the pictures: which are needed for a view, and those that are here as textures.

/** Pixels of the side of a tile. */
const TILE = 256;

class Tiles {
  /**
   * @param painter makes textures
   * @param changed called when there is something new to draw
   * @param failed called with what went wrong; empty if nothing is known to be
   */
  constructor(painter, changed, failed) {
    this.painter = painter;
    this.changed = changed;
    this.failed = failed;
    this.known = new Map();
    this.wanted = [];
    this.busy = new Map();
    this.most = 320;
    this.atOnce = 4;
  }

  /** Forgets the tiles of a picture. */
  forget(picture) {
    for (const [key, tile] of this.known) {
      if (tile.picture === picture) {
        this.painter.release(tile.texture);
        this.known.delete(key);
      }
    }
    for (const request of this.busy.values()) { request.stale ||= request.picture === picture; }
  }

  /**
   * The tiles to draw for a view, coarse ones first. Those that are missing are fetched.
   *
   * @param view { i, layerIndex, layer, left, top, right, bottom, level }, in pixels of the picture
   */
  of(view) {
    const all = [];
    const coarse = Math.max(view.layer.overview, view.level);
    for (const level of coarse > view.level ? [coarse, view.level] : [view.level]) {
      const side = TILE * 2 ** level;
      const lastX = Math.ceil(view.layer.width / side) - 1;
      const lastY = Math.ceil(view.layer.height / side) - 1;
      const fromX = Math.max(0, Math.floor(view.left / side));
      const fromY = Math.max(0, Math.floor(view.top / side));
      for (let y = fromY; y <= Math.min(lastY, Math.floor(view.bottom / side)); y++) {
        for (let x = fromX; x <= Math.min(lastX, Math.floor(view.right / side)); x++) {
          const tile = this.one(view, level, x, y);
          if (tile && tile.texture) { all.push(tile); }
        }
      }
    }
    return all;
  }

  one(view, level, x, y) {
    const key = [view.i, view.layerIndex, level, x, y].join('/');
    const tile = this.known.get(key);
    if (tile) {
      // Used last, so it is given up last.
      this.known.delete(key);
      this.known.set(key, tile);
    }
    const isDue = !tile || (tile.unfinished && performance.now() >= tile.due);
    if (isDue && !this.busy.has(key)) {
      this.wanted.push({ key, picture: view.i, layer: view.layerIndex, half: view.layer.half,
        size: view.layer, level, x, y });
    } else if (tile && tile.unfinished) { this.later(); }
    return tile;
  }

  /** Begins a drawing: what was wanted before no longer is. */
  begin() { this.wanted = []; }

  /** Ends a drawing: fetches what is wanted. */
  end() {
    while (this.busy.size < this.atOnce && this.wanted.length > 0) {
      this.fetch(this.wanted.shift());
    }
  }

  /** Draws once more after a moment, since a picture is still read. */
  later() {
    this.timer ||= setTimeout(() => {
      this.timer = 0;
      this.changed();
    }, 250);
  }

  async fetch(request) {
    this.busy.set(request.key, request);
    const tile = { picture: request.picture, texture: null };
    try {
      const got = await source.tile(request.picture, request.layer, request.level, request.x,
        request.y);
      if (!request.stale) {
        this.place(tile, request, got);
        this.failed(request.picture, got.problem, false);
      }
    } catch (problem) { this.failed(request.picture, problem.message, problem.changed); }
    this.busy.delete(request.key);
    if (!request.stale) {
      const before = this.known.get(request.key);
      if (before) { this.painter.release(before.texture); }
      this.known.set(request.key, tile);
    }
    this.giveUp();
    this.changed();
  }

  place(tile, request, got) {
    const { level, x, y, size } = request;
    const side = 2 ** level;
    tile.x = x * TILE * side;
    tile.y = y * TILE * side;
    const width = Math.min(TILE, Math.ceil(size.width / side) - x * TILE);
    const height = Math.min(TILE, Math.ceil(size.height / side) - y * TILE);
    tile.right = Math.min(size.width, tile.x + width * side);
    tile.bottom = Math.min(size.height, tile.y + height * side);
    tile.u = (tile.right - tile.x) / (width * side);
    tile.v = (tile.bottom - tile.y) / (height * side);
    tile.unfinished = got.progress < 1;
    tile.due = performance.now() + 400;
    tile.texture = this.painter.texture(width, height, got.samples, request.half && !got.floats);
  }

  giveUp() {
    for (const [key, tile] of this.known) {
      if (this.known.size <= this.most) { return; }
      this.painter.release(tile.texture);
      this.known.delete(key);
    }
  }

  /** Whether something is still to come. */
  get waiting() { return this.busy.size > 0 || this.wanted.length > 0 || Boolean(this.timer); }
}
