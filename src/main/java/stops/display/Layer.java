package stops.display;

import java.util.List;

/**
 * Channels of a part that are shown together.
 *
 * @param part index of the part
 * @param name name for people: part, layer and channels
 * @param channels indices in the part: one for grey, or red, green, blue and perhaps alpha
 * @param exposures for each channel, whether its samples are exposures in stops
 * @param half whether all samples shown are float16
 * @param light whether it is light
 */
public record Layer(
    int part,
    String name,
    List<Integer> channels,
    List<Boolean> exposures,
    boolean half,
    boolean light) {

  /** Bytes of a sample of a tile. */
  public int sampleBytes() {
    return half ? Short.BYTES : Float.BYTES;
  }
}
