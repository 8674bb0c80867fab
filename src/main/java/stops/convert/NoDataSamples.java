package stops.convert;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import stops.engine.Conversion;
import stops.engine.SampleType;
import stops.image.NoData;
import stops.image.Plane;

/**
 * Keeps {@link NoData} samples out of a conversion. They are neither converted nor counted as
 * anomalies. Thread-safe.
 */
final class NoDataSamples {
  private static final int ALIGNMENT = 64;

  private final @Nullable NoData noData;
  private final LongAdder left = new LongAdder();

  /** Null is for a file without a no-data value, of which all samples are converted. */
  NoDataSamples(@Nullable NoData noData) {
    this.noData = noData;
  }

  /** The value of no-data samples; null if the file has none. */
  @Nullable NoData value() {
    return noData;
  }

  /**
   * A copy of the plane with its no-data samples replaced by a harmless value; the plane itself if
   * it has none.
   */
  Plane masked(Conversion conversion, Plane plane, SegmentAllocator memory) {
    if (noData == null) {
      return plane;
    }
    SampleType type = conversion.source();
    double harmless = harmless(conversion);
    @Nullable MemorySegment masked = null;
    for (long i = 0; i < plane.count(); i++) {
      if (noData.isAt(plane.samples(), type, i)) {
        if (masked == null) {
          masked = memory.allocate(plane.samples().byteSize(), ALIGNMENT);
          masked.copyFrom(plane.samples());
        }
        NoData.put(masked, type, i, harmless);
      }
    }
    return masked == null
        ? plane
        : new Plane(
            plane.firstChannel(), plane.channels(), masked, plane.count(), plane.rowSamples());
  }

  /** A sample that is no anomaly. */
  private static double harmless(Conversion conversion) {
    return switch (conversion.direction()) {
      case TO_EXPOSURE -> 1;
      // The exposure that becomes 1 with the gain.
      case TO_INTENSITY -> -conversion.gainStops();
      // An adjustment leaves it as it is.
      case SCALE, SHIFT -> Double.NaN;
    };
  }

  /**
   * Writes the no-data samples of converted channels to the target, bit for bit if the type is the
   * same.
   *
   * @param to the type of all samples of {@code target}
   */
  void restore(
      List<@Nullable Conversion> conversions,
      SampleType from,
      Plane source,
      SampleType to,
      MemorySegment target) {
    if (noData == null) {
      return;
    }
    long count = 0;
    for (long i = 0; i < source.count(); i++) {
      boolean converted = conversions.get((int) (i % conversions.size())) != null;
      if (converted && noData.isAt(source.samples(), from, i)) {
        if (from == to) {
          int bytes = from.bytes();
          MemorySegment.copy(source.samples(), i * bytes, target, i * bytes, bytes);
        } else {
          noData.put(target, to, i);
        }
        count++;
      }
    }
    left.add(count);
  }

  /** A note for the user if there were no-data samples. */
  List<String> notes() {
    return noData == null || left.sum() == 0
        ? List.of()
        : List.of(
            String.format(
                Locale.ROOT,
                "%d samples are %s (%s) and stay as they are",
                left.sum(),
                noData.name(),
                noData.text()));
  }
}
