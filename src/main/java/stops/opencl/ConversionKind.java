package stops.opencl;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
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
      Stream.of(Direction.values())
          .map(direction ->
              new ConversionKind(direction, SampleType.FLOAT32, SampleType.FLOAT32, false))
          .toList();

  public static ConversionKind of(Conversion conversion) {
    return new ConversionKind(
        conversion.direction(),
        conversion.source(),
        conversion.target(),
        conversion.gainStops() != 0);
  }

  /** All kinds. */
  public static List<ConversionKind> all() {
    List<ConversionKind> kinds = new ArrayList<>();
    for (Direction direction : Direction.values()) {
      for (SampleType source : SampleType.values()) {
        for (SampleType target : SampleType.values()) {
          kinds.add(new ConversionKind(direction, source, target, false));
          kinds.add(new ConversionKind(direction, source, target, true));
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
    return new Conversion(direction, source, target, gain ? 1.25 : 0, ZeroPolicy.INF);
  }

  /** Whether it needs the wide core, which computes with sums of two doubles. */
  boolean isWide() {
    return gain || source == SampleType.FLOAT64 || target == SampleType.FLOAT64;
  }

  /** The kind on one line. */
  public String text() {
    return String.format(
        Locale.ROOT,
        "%s from %s to %s%s",
        direction == Direction.TO_EXPOSURE ? "exposure" : "intensity",
        source,
        target,
        gain ? " with a gain" : "");
  }
}
