package stops.image;

import org.jspecify.annotations.Nullable;
import stops.engine.SampleType;

/**
 * One channel of a part.
 *
 * @param name full name with its layer, such as {@code R} or {@code diffuse.R}. In a format without
 *     names, the conventional one ({@code R}, {@code G}, {@code B}, {@code Y}) or a number from
 *     {@code 0} on
 * @param type the floating-point format of its samples, or null for 32-bit unsigned integers
 * @param xSampling the channel has samples where x is a multiple of this
 * @param ySampling the channel has samples where y is a multiple of this
 */
public record Channel(String name, @Nullable SampleType type, int xSampling, int ySampling) {

  /** A channel with a sample in every pixel. */
  public static Channel of(String name, SampleType type) {
    return new Channel(name, type, 1, 1);
  }

  /** Size of one sample in bytes. */
  public int bytes() {
    return type == null ? 4 : type.bytes();
  }

  /** {@code float16}, {@code float32}, {@code float64} or {@code uint32}. */
  public String typeName() {
    return type == null ? "uint32" : type.toString();
  }
}
