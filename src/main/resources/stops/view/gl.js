'use strict';
// Draws tiles with WebGL 2. Samples are linear; exposure and display are applied as they are drawn.

const VERTEX = `#version 300 es
uniform vec4 place;
uniform vec2 part;
out vec2 at;
void main() {
  vec2 corner = vec2(gl_VertexID & 1, gl_VertexID >> 1);
  at = corner * part;
  gl_Position = vec4(mix(place.xy, place.zw, corner), 0.0, 1.0);
}`;

const FRAGMENT = `#version 300 es
precision highp float;
precision highp sampler2D;
uniform sampler2D tile;
uniform float gain;
uniform bool marks;
uniform bool wide;
uniform int bands;
uniform vec3 colours[16];
uniform float limits[16];
uniform vec3 weights;
in vec2 at;
out vec4 shown;

vec3 encode(vec3 x) {
  return mix(12.92 * x, 1.055 * pow(max(x, 1e-9), vec3(1.0 / 2.4)) - 0.055, step(0.0031308, x));
}

bool isNumber(vec3 x) { return !any(isnan(x)) && !any(isinf(x)); }

void main() {
  vec3 sampled = texture(tile, at).rgb;
  vec3 light = sampled * gain;
  bool stripe = mod(gl_FragCoord.x + gl_FragCoord.y, 8.0) < 4.0;
  if (any(isnan(sampled))) {
    shown = vec4(stripe ? vec3(1.0, 0.0, 1.0) : vec3(0.0), 1.0);
    return;
  }
  if (bands > 0) {
    float y = dot(light, weights);
    float stops = y > 0.0 ? log2(y) : -1e30;
    vec3 colour = y > 0.0 ? colours[0] : vec3(0.0);
    for (int i = 1; i < bands; i++) { colour = stops >= limits[i] ? colours[i] : colour; }
    shown = vec4(colour, 1.0);
    return;
  }
  vec3 low = max(light, 0.0);
  shown = vec4(encode(wide ? min(low, 65504.0) : min(low, 1.0)), 1.0);
  if (marks && stripe && any(greaterThan(light, vec3(1.0)))) {
    shown.rgb = vec3(1.0, 0.15, 0.1);
  } else if (marks && stripe && any(lessThan(light, vec3(0.0)))) {
    shown.rgb = vec3(0.1, 0.45, 1.0);
  }
}`;

class Painter {
  constructor(canvas) {
    this.canvas = canvas;
    const gl = canvas.getContext('webgl2', { alpha: false, antialias: false });
    if (!gl) { throw new Error('this browser has no WebGL 2, which the picture needs'); }
    this.gl = gl;
    this.program = gl.createProgram();
    this.shader(gl.VERTEX_SHADER, VERTEX);
    this.shader(gl.FRAGMENT_SHADER, FRAGMENT);
    gl.linkProgram(this.program);
    if (!gl.getProgramParameter(this.program, gl.LINK_STATUS)) {
      throw new Error('the graphics driver refused: ' + gl.getProgramInfoLog(this.program));
    }
    gl.useProgram(this.program);
    gl.pixelStorei(gl.UNPACK_ALIGNMENT, 1);
    gl.disable(gl.DITHER);
    this.wide = this.makeWide();
  }

  shader(kind, text) {
    const gl = this.gl;
    const shader = gl.createShader(kind);
    gl.shaderSource(shader, text);
    gl.compileShader(shader);
    gl.attachShader(this.program, shader);
  }

  uniform(name) { return this.gl.getUniformLocation(this.program, name); }

  /** Whether the screen and the browser show more than white. */
  makeWide() {
    const gl = this.gl;
    if (!matchMedia('(dynamic-range: high)').matches || !gl.drawingBufferStorage
        || !gl.drawingBufferToneMapping || !gl.getExtension('EXT_color_buffer_half_float')) {
      return false;
    }
    gl.drawingBufferToneMapping({ mode: 'extended' });
    return true;
  }

  resize(width, height) {
    if (this.canvas.width !== width || this.canvas.height !== height) {
      this.canvas.width = width;
      this.canvas.height = height;
      if (this.wide) { this.gl.drawingBufferStorage(this.gl.RGBA16F, width, height); }
    }
  }

  texture(width, height, samples, half) {
    const gl = this.gl;
    const texture = gl.createTexture();
    gl.bindTexture(gl.TEXTURE_2D, texture);
    for (const [name, value] of [['MIN_FILTER', 'NEAREST'], ['MAG_FILTER', 'NEAREST'],
      ['WRAP_S', 'CLAMP_TO_EDGE'], ['WRAP_T', 'CLAMP_TO_EDGE']]) {
      gl.texParameteri(gl.TEXTURE_2D, gl['TEXTURE_' + name], gl[value]);
    }
    gl.texImage2D(gl.TEXTURE_2D, 0, half ? gl.RGB16F : gl.RGB32F, width, height, 0, gl.RGB,
      half ? gl.HALF_FLOAT : gl.FLOAT,
      half ? new Uint16Array(samples) : new Float32Array(samples));
    return texture;
  }

  release(texture) {
    if (texture) { this.gl.deleteTexture(texture); }
  }

  /** Begins a picture: what is drawn of it is between two columns. */
  begin(left, right, look) {
    const gl = this.gl;
    const { width, height } = this.canvas;
    gl.viewport(0, 0, width, height);
    gl.enable(gl.SCISSOR_TEST);
    gl.scissor(left, 0, Math.max(0, right - left), height);
    gl.clearColor(...look.background, 1);
    gl.clear(gl.COLOR_BUFFER_BIT);
    gl.uniform1f(this.uniform('gain'), 2 ** look.stops);
    gl.uniform1i(this.uniform('marks'), look.marks ? 1 : 0);
    gl.uniform1i(this.uniform('wide'), this.wide ? 1 : 0);
    gl.uniform1i(this.uniform('bands'), look.bands.length);
    gl.uniform3f(this.uniform('weights'), ...look.weights);
    if (look.bands.length > 0) {
      gl.uniform3fv(this.uniform('colours'), look.bands.flatMap((band) => band.rgb));
      gl.uniform1fv(this.uniform('limits'), look.bands.map((band) => band.from));
    }
  }

  /** Draws a tile. The picture's first pixel is at (x, y), and one pixel has `scale`. */
  draw(tile, x, y, scale) {
    const gl = this.gl;
    const { width, height } = this.canvas;
    const horizontal = (at) => 2 * (x + at * scale) / width - 1;
    const vertical = (at) => 1 - 2 * (y + at * scale) / height;
    gl.bindTexture(gl.TEXTURE_2D, tile.texture);
    gl.uniform4f(this.uniform('place'), horizontal(tile.x), vertical(tile.y),
      horizontal(tile.right), vertical(tile.bottom));
    gl.uniform2f(this.uniform('part'), tile.u, tile.v);
    gl.drawArrays(gl.TRIANGLE_STRIP, 0, 4);
  }

  /** The bytes of the whole canvas, as they were drawn last; for whoever checks them. */
  pixels() {
    const gl = this.gl;
    const bytes = new Uint8Array(this.canvas.width * this.canvas.height * 4);
    gl.readPixels(0, 0, this.canvas.width, this.canvas.height, gl.RGBA, gl.UNSIGNED_BYTE, bytes);
    return bytes;
  }
}
