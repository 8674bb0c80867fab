package stops.display;

/**
 * How linear light is shown by 8-bit codes: 0 and less is black, 1 and more is white. Immutable and
 * thread-safe.
 */
public enum DisplayTransform {
  /** The transfer function of IEC 61966-2-1, as screens and browsers take pictures for. */
  SRGB("sRGB", 45455) {
    @Override
    public double light(double signal) {
      return signal <= 0.04045 ? signal / 12.92 : StrictMath.pow((signal + 0.055) / 1.055, 2.4);
    }
  },
  /** Codes are proportional to light. */
  LINEAR("linear", 100000) {
    @Override
    public double light(double signal) {
      return signal;
    }
  };

  private static final int WHITE = 255;

  private final String label;
  private final int pngGamma;
  private final float[] limits = new float[WHITE];

  DisplayTransform(String label, int pngGamma) {
    this.label = label;
    this.pngGamma = pngGamma;
  }

  /** The light of a signal from 0 to 1. */
  public abstract double light(double signal);

  /** Its name for people. */
  public String label() {
    return label;
  }

  /** The exponent of the signal, in units of 1/100000, as PNG files state it. */
  public int pngGamma() {
    return pngGamma;
  }

  /** The code that is nearest to the signal of {@code light}; 0 for a NaN. */
  public int code(float light) {
    int low = 0;
    int high = WHITE;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (light >= limits[middle]) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  static {
    for (DisplayTransform transform : values()) {
      for (int i = 0; i < WHITE; i++) {
        // The least float32 that is at or above the limit between two codes.
        double limit = transform.light((i + 0.5) / WHITE);
        float near = (float) limit;
        transform.limits[i] = near < limit ? Math.nextUp(near) : near;
      }
    }
  }
}
