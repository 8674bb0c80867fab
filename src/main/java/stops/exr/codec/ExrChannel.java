package stops.exr.codec;

/**
 * One channel of a part.
 *
 * <p>API: programs that use Stops may rely on it.
 *
 * @param name full name with its layer, such as {@code R} or {@code diffuse.R}
 * @param type the type of the samples
 * @param perceptuallyLinear the file's pLinear flag; it selects the quantisation of B44
 * @param xSampling horizontal sampling, 1 or more; samples are at multiples of it
 * @param ySampling vertical sampling, 1 or more; samples are at multiples of it
 */
public record ExrChannel(
    String name, PixelType type, boolean perceptuallyLinear, int xSampling, int ySampling) {

  /** A channel with a sample in every pixel. */
  public static ExrChannel of(String name, PixelType type) {
    return new ExrChannel(name, type, false, 1, 1);
  }

  /** Number of multiples of {@code sampling} from {@code first} to {@code last} inclusive. */
  static long samplesBetween(int first, int last, int sampling) {
    return (long) Math.floorDiv(last, sampling) - Math.floorDiv((long) first - 1, (long) sampling);
  }
}
