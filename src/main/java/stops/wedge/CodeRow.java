package stops.wedge;

import stops.display.DisplayTransform;

/** A row of 8-bit codes: red, green and blue of each pixel. Confined to one thread. */
final class CodeRow implements Row {
  private final DisplayTransform transform;
  private final byte[] rgb;

  CodeRow(DisplayTransform transform, byte[] rgb) {
    this.transform = transform;
    this.rgb = rgb;
  }

  @Override
  public void set(int x, int colour) {
    for (int i = 0; i < 3; i++) {
      rgb[3 * x + i] = (byte) coded(colour >> (16 - 8 * i) & 0xff);
    }
  }

  @Override
  public void blend(int x, int colour, int cover) {
    for (int i = 0; i < 3; i++) {
      int below = rgb[3 * x + i] & 0xff;
      int above = coded(colour >> (16 - 8 * i) & 0xff);
      rgb[3 * x + i] = (byte) (below + Math.round((above - below) * cover / 255f));
    }
  }

  /** The code that shows what {@code code} shows in sRGB. */
  private int coded(int code) {
    return transform == DisplayTransform.SRGB
        ? code
        : transform.code((float) DisplayTransform.SRGB.light(code / 255.0));
  }

  @Override
  public void light(int x, float[] light) {
    for (int i = 0; i < 3; i++) {
      rgb[3 * x + i] = (byte) transform.code(light[i]);
    }
  }
}
