package stops.opencl;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import stops.engine.Conversion;
import stops.engine.Direction;
import stops.engine.SampleType;
import stops.engine.ZeroPolicy;

/**
 * Conversions that run the same builds of the kernel.
 *
 * @param direction the map
 * @param source type of the samples read
 * @param target type of the samples written
 * @param gain whether there is a gain
 */
public record ConversionKind(
    Direction direction, SampleType source, SampleType target, boolean gain) {

  /** The conversions of float32 to float32, of both maps. */
  public static final List<ConversionKind> FLOAT32 =
      Direction.MAPS.stream()
          .map(direction ->
              new ConversionKind(direction, SampleType.FLOAT32, SampleType.FLOAT32, false))
          .toList();

  public static ConversionKind of(Conversion conversion) {
    return new ConversionKind(
        conversion.direction(), conversion.source(), conversion.target(), conversion.hasGain());
  }

  /** All kinds. */
  public static List<ConversionKind> all() {
    List<ConversionKind> kinds = new ArrayList<>();
    for (Direction direction : Direction.values()) {
      for (SampleType source : SampleType.values()) {
        for (SampleType target : SampleType.values()) {
          kinds.add(new ConversionKind(direction, source, target, false));
          if (!direction.adjusts()) {
            kinds.add(new ConversionKind(direction, source, target, true));
          }
        }
      }
    }
    return kinds;
  }

  /** The kind that {@link #text} describes; empty if there is none. */
  public static Optional<ConversionKind> read(String text) {
    return all().stream().filter(kind -> kind.text().equals(text)).findFirst();
  }

  /** A conversion of this kind. */
  public Conversion example() {
    boolean adjusted = gain || direction.adjusts();
    return new Conversion(direction, source, target, adjusted ? 1.25 : 0, ZeroPolicy.INF);
  }

  /** Whether it needs the wide core, which computes with sums of two doubles. */
  boolean isWide() {
    return !direction.adjusts() && (gain || hasFloat64());
  }

  /** Whether float64 samples are read or written. */
  boolean hasFloat64() {
    return source == SampleType.FLOAT64 || target == SampleType.FLOAT64;
  }

  /**
   * Whether the fastest kernel is found by measurement. Wide conversions are the fastest in double
   * precision, if the device has it, and adjustments have one kernel only.
   */
  boolean isMeasured() {
    return !isWide() && !direction.adjusts();
  }

  /** The kind on one line. */
  public String text() {
    return String.format(
        Locale.ROOT,
        "%s from %s to %s%s",
        switch (direction) {
          case TO_EXPOSURE -> "exposure";
          case TO_INTENSITY -> "intensity";
          case SCALE -> "adjusted intensity";
          case SHIFT -> "adjusted exposure";
        },
        source,
        target,
        gain ? " with a gain" : "");
  }
}
