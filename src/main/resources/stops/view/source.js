'use strict';
// Where the page has its pictures from: the server, or the page itself if it was saved with --html.

class Problem extends Error {
  constructor(message, changed) {
    super(message);
    this.changed = changed;
  }
}

/** The server that sent the page. */
class Server {
  constructor() {
    this.hasStatistics = true;
    this.events = new EventSource('events');
  }

  async ask(name, values) {
    const query = values ? '?' + new URLSearchParams(values) : '';
    let answer;
    try {
      answer = await fetch(name + query);
    } catch {
      throw new Problem('stops view has ended, or cannot be reached; start it again', false);
    }
    if (!answer.ok) {
      const text = await answer.json().catch(() => ({ error: 'status ' + answer.status }));
      throw new Problem(text.error, answer.status === 409);
    }
    return answer;
  }

  async json(name, values) { return (await this.ask(name, values)).json(); }

  pictures() { return this.json('pictures'); }

  picture(i) {
    return this.json('picture', { i });
  }

  probe(i, layer, x, y) {
    return this.json('probe', { i, layer, x, y });
  }

  statistics(i, layer, x, y, w, h) {
    return this.json('statistics', { i, layer, x, y, w, h });
  }

  /** The samples of a tile, how much of the picture is in it, and what is wrong. */
  async tile(i, layer, level, x, y) {
    const answer = await this.ask('tile', { i, layer, level, x, y });
    return {
      samples: await answer.arrayBuffer(),
      progress: Number(answer.headers.get('Stops-Progress')),
      problem: decodeURIComponent(answer.headers.get('Stops-Problem') || ''),
    };
  }
}

/** Pictures that are in the page. Each has one layer, at one size or more. */
class Embedded {
  constructor(text) {
    this.data = JSON.parse(text);
    this.hasStatistics = false;
    this.sizes = this.data.pictures.map(() => []);
  }

  async pictures() { return this.data; }

  async picture(i) { return this.data.pictures[i].picture; }

  async statistics(i) { return this.data.pictures[i].statistics; }

  /** All of a picture at a level: floats, and its size. */
  async at(i, level) {
    const sizes = this.sizes[i];
    const layer = this.data.pictures[i].picture.layers[0];
    if (!sizes[level]) {
      sizes[level] = level === layer.least ? this.unpack(i, layer)
        : this.at(i, level - 1).then(Embedded.halved);
    }
    return sizes[level];
  }

  async unpack(i, layer) {
    const packed = Uint8Array.from(atob(this.data.pictures[i].samples), (c) => c.charCodeAt(0));
    const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream('gzip'));
    const bytes = await new Response(stream).arrayBuffer();
    const pixels = layer.half ? Float32Array.from(new Uint16Array(bytes), fromHalf)
      : new Float32Array(bytes);
    const width = Math.ceil(layer.width / 2 ** layer.least);
    return { width, height: pixels.length / 3 / width, pixels };
  }

  /** The mean of each two by two pixels. */
  static halved(from) {
    const width = Math.ceil(from.width / 2);
    const height = Math.ceil(from.height / 2);
    const pixels = new Float32Array(width * height * 3);
    for (let at = 0; at < pixels.length; at++) {
      const x = 2 * (Math.floor(at / 3) % width);
      const y = 2 * Math.floor(at / 3 / width);
      let sum = 0;
      let count = 0;
      for (let row = y; row < Math.min(y + 2, from.height); row++) {
        for (let column = x; column < Math.min(x + 2, from.width); column++) {
          sum += from.pixels[(row * from.width + column) * 3 + at % 3];
          count++;
        }
      }
      pixels[at] = sum / count;
    }
    return { width, height, pixels };
  }

  async probe(i, index, x, y) {
    const layer = this.data.pictures[i].picture.layers[0];
    const all = await this.at(i, layer.least);
    const place = (((y - layer.y) >> layer.least) * all.width + ((x - layer.x) >> layer.least)) * 3;
    const channels = layer.channels.slice(0, 3).map((channel, c) => {
      const intensity = all.pixels[place + c];
      return { channel, intensity, stops: intensity > 0 ? Math.log2(intensity) : undefined };
    });
    return { x, y, channels, mean: layer.least > 0 ? 2 ** layer.least : 0 };
  }

  async tile(i, index, level, x, y) {
    const all = await this.at(i, level);
    const width = Math.min(TILE, all.width - x * TILE);
    const height = Math.min(TILE, all.height - y * TILE);
    const samples = new Float32Array(width * height * 3);
    for (let row = 0; row < height; row++) {
      const from = ((y * TILE + row) * all.width + x * TILE) * 3;
      samples.set(all.pixels.subarray(from, from + width * 3), row * width * 3);
    }
    return { samples: samples.buffer, floats: true, progress: 1, problem: '' };
  }
}

/** The number that a float16 stands for. */
function fromHalf(bits) {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 31;
  const fraction = bits & 1023;
  if (exponent === 31) { return fraction ? NaN : sign * Infinity; }
  return sign * (exponent ? (1 + fraction / 1024) * 2 ** (exponent - 15) : fraction * 2 ** -24);
}

const embedded = document.getElementById('embedded');
const source = embedded ? new Embedded(embedded.textContent) : new Server();
