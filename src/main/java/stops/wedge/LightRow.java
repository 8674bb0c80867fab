package stops.wedge;

import stops.display.DisplayTransform;

/** A row of linear light: red, green and blue, each by itself. Confined to one thread. */
final class LightRow implements Row {
  private static final float[] LIGHT = new float[256];

  static {
    for (int code = 0; code < LIGHT.length; code++) {
      LIGHT[code] = (float) DisplayTransform.SRGB.light(code / 255.0);
    }
  }

  private final float[][] channels;

  LightRow(int width) {
    channels = new float[3][width];
  }

  /** The samples of a channel: 0 for red, 1 for green, 2 for blue. */
  float[] channel(int index) {
    return channels[index];
  }

  @Override
  public void set(int x, int rgb) {
    blend(x, rgb, 255);
  }

  @Override
  public void blend(int x, int rgb, int cover) {
    for (int i = 0; i < 3; i++) {
      float below = cover == 255 ? 0 : channels[i][x];
      channels[i][x] = below + (LIGHT[rgb >> (16 - 8 * i) & 0xff] - below) * (cover / 255f);
    }
  }

  @Override
  public void light(int x, float[] light) {
    for (int i = 0; i < 3; i++) {
      channels[i][x] = light[i];
    }
  }
}
