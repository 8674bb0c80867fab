package stops.convert;

import java.lang.foreign.MemorySegment;
import java.util.List;
import org.jspecify.annotations.Nullable;
import stops.engine.Anomaly;
import stops.engine.Conversion;
import stops.engine.SampleType;
import stops.engine.Tally;
import stops.image.NoData;
import stops.image.Plane;

/**
 * Raises exposures below a floor to the floor, and counts them as {@link Anomaly#FLOORED}.
 *
 * @param stops the floor, finite; rounded to the type of the samples
 */
record ExposureFloor(double stops) {

  /**
   * Raises the samples of a converted plane.
   *
   * @param conversions the conversion of each channel of the plane; null if it is not converted,
   *     and such a channel stays as it is
   * @param source the samples before the conversion
   * @param noData the value of samples that stay as they are; null for none
   * @param results the samples after it
   * @param met receives the number of samples that are raised
   */
  void raise(
      List<@Nullable Conversion> conversions,
      Conversion conversion,
      Plane source,
      @Nullable NoData noData,
      MemorySegment results,
      Tally met) {
    SampleType type = conversion.target();
    double floor = SampleCast.rounded(type, stops);
    int channels = conversions.size();
    long count = source.count();
    for (long i = 0; i < count; i++) {
      if (SampleCast.get(type, results, i) < floor) {
        int channel = (int) (i % channels);
        if (conversions.get(channel) != null
            && (noData == null || !noData.isAt(source.samples(), conversion.source(), i))) {
          NoData.put(results, type, i, floor);
          met.add(channel, Anomaly.FLOORED, i);
        }
      }
    }
  }
}
