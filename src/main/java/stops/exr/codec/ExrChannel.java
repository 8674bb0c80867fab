package stops.exr.codec;

/**
 * One channel of a part.
 *
 * <p>API: programs that use Stops may rely on it.
 *
 * @param name full name with its layer, such as {@code R} or {@code diffuse.R}
 * @param type what its samples are
 * @param perceptuallyLinear the file's pLinear flag: how the B44 compressions quantise
 * @param xSampling a sample at every x that is a multiple of this, 1 or more
 * @param ySampling a sample at every y that is a multiple of this, 1 or more
 */
public record ExrChannel(
    String name, PixelType type, boolean perceptuallyLinear, int xSampling, int ySampling) {

  /** A channel with a sample in every pixel. */
  public static ExrChannel of(String name, PixelType type) {
    return new ExrChannel(name, type, false, 1, 1);
  }

  /** How many multiples of {@code sampling} lie from {@code first} to {@code last} inclusive. */
  static long samplesBetween(int first, int last, int sampling) {
    return (long) Math.floorDiv(last, sampling) - Math.floorDiv((long) first - 1, (long) sampling);
  }
}
