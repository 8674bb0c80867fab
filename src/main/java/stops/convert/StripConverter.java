package stops.convert;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import stops.engine.Chunk;
import stops.engine.Conversion;
import stops.engine.EngineFailure;
import stops.engine.SampleType;
import stops.engine.Tally;
import stops.image.Part;
import stops.image.Plane;
import stops.image.Strip;

/**
 * Fills a strip of the target from the same strip of the source. Light is converted, all other
 * channels are copied bit for bit. Thread-safe.
 *
 * <p>From a ZIP file of halves to a ZIP file of floats, each sample is touched by five passes:
 * inflate; join bytes into planes; convert, which is the one pass made here; split planes into
 * bytes; deflate. Planes that are converted alike are one job for the engines, since 65,536 samples
 * at a time are too few for a device.
 */
final class StripConverter {
  private final List<Part> parts;
  private final ChannelPlan plan;
  private final FilePlans plans;
  private final FileTally tally;
  private final NoDataSamples noData;
  private final @Nullable ExposureFloor floor;

  /**
   * A converter.
   *
   * @param floor the lowest exposure that is stored; null for none
   */
  StripConverter(
      List<Part> parts,
      ChannelPlan plan,
      FilePlans plans,
      FileTally tally,
      NoDataSamples noData,
      @Nullable ExposureFloor floor) {
    this.parts = parts;
    this.plan = plan;
    this.plans = plans;
    this.tally = tally;
    this.noData = noData;
    this.floor = floor;
  }

  /**
   * A plane of a strip that contains light, with the memory of its samples and results.
   *
   * @param conversions the conversion of each channel; null if it is copied
   * @param conversion the conversion of the whole plane
   * @param source the plane of the source
   * @param masked the plane of the source with its no-data samples replaced
   * @param target the plane of the target to fill
   * @param results memory for the results: the target's own unless it has a wider type
   * @param widened whether the target has a wider type than the results
   */
  private record Light(
      List<@Nullable Conversion> conversions,
      Conversion conversion,
      Plane source,
      Plane masked,
      Plane target,
      MemorySegment results,
      boolean widened) {

    Chunk chunk() {
      return new Chunk(masked.samples(), results, source.count(), source.channels(), 0);
    }
  }

  /**
   * Converts a strip. Planes with the same conversion are one job of the engines.
   *
   * @param memory allocates temporary memory
   */
  void convert(Strip source, Strip target, SegmentAllocator memory)
      throws EngineFailure, InterruptedException {
    Map<Conversion, List<Light>> alike = new LinkedHashMap<>();
    for (int i = 0; i < source.planes().size(); i++) {
      Plane from = source.planes().get(i);
      Plane to = target.planes().get(i);
      List<@Nullable Conversion> conversions =
          plan.conversions()
              .get(source.part())
              .subList(from.firstChannel(), from.firstChannel() + from.channels());
      Conversion conversion = widest(conversions);
      if (conversion == null) {
        copy(source, from, to);
      } else {
        alike
            .computeIfAbsent(conversion, each -> new ArrayList<>())
            .add(light(conversions, conversion, from, to, memory));
      }
    }
    for (Map.Entry<Conversion, List<Light>> each : alike.entrySet()) {
      List<Light> planes = each.getValue();
      List<Tally> met = plans.of(each.getKey()).convert(planes.stream().map(Light::chunk).toList());
      for (int i = 0; i < planes.size(); i++) {
        finish(source, planes.get(i), met.get(i));
      }
    }
  }

  private static @Nullable Conversion widest(List<@Nullable Conversion> conversions) {
    Conversion widest = null;
    for (Conversion each : conversions) {
      boolean wider =
          each != null && (widest == null || each.target().bytes() > widest.target().bytes());
      widest = wider ? each : widest;
    }
    return widest;
  }

  private Light light(
      List<@Nullable Conversion> conversions,
      Conversion conversion,
      Plane source,
      Plane target,
      SegmentAllocator memory) {
    long bytes = source.count() * conversion.target().bytes();
    boolean widened = target.samples().byteSize() != bytes;
    MemorySegment results = widened ? memory.allocate(bytes, 64) : target.samples();
    Plane masked = noData.masked(conversion, source, memory);
    return new Light(conversions, conversion, source, masked, target, results, widened);
  }

  /**
   * Completes a converted plane: raises exposures to the floor, widens results, restores channels
   * that are not light, and adds the tally. If the target's type is wider than that of the results,
   * these were rounded to their own type first and are widened here. They thus equal the results in
   * a plane of their own.
   */
  private void finish(Strip strip, Light light, Tally met) {
    Plane source = light.source();
    Plane target = light.target();
    SampleType to = light.conversion().target();
    if (floor != null) {
      floor.raise(
          light.conversions(), light.conversion(), source, noData.value(), light.results(), met);
    }
    if (light.widened()) {
      SampleType wide = wider(source, target);
      SampleCast.copy(to, light.results(), wide, target.samples(), 0, 1, source.count());
      to = wide;
    }
    restore(light.conversions(), to, source, target);
    if (light.masked() != source) {
      noData.restore(
          light.conversions(), light.conversion().source(), source, to, target.samples());
    }
    for (int c = 0; c < source.channels(); c++) {
      if (light.conversions().get(c) != null) {
        tally.add(strip, source, c, met);
      } else {
        tally.addCopied(strip, source, c);
      }
    }
  }

  /** The type of the target's samples if it is wider than that of the results. */
  private static SampleType wider(Plane source, Plane target) {
    return target.samples().byteSize() == source.count() * SampleType.FLOAT32.bytes()
        ? SampleType.FLOAT32
        : SampleType.FLOAT64;
  }

  private void copy(Strip strip, Plane source, Plane target) {
    SampleType from = typeOf(strip, source);
    SampleType to = plan.types().get(strip.part()).get(source.firstChannel());
    if (from == null || to == null || from == to) {
      target.samples().copyFrom(source.samples());
    } else {
      SampleCast.copy(from, source.samples(), to, target.samples(), 0, 1, source.count());
    }
    for (int c = 0; c < source.channels(); c++) {
      tally.addCopied(strip, source, c);
    }
  }

  private @Nullable SampleType typeOf(Strip strip, Plane plane) {
    return parts.get(strip.part()).channels().get(plane.firstChannel()).type();
  }

  /**
   * Copies the channels of an interleaved plane that are not light, such as alpha, from the source
   * again, because the whole plane was converted.
   */
  private static void restore(
      List<@Nullable Conversion> conversions, SampleType to, Plane source, Plane target) {
    for (int c = 0; c < conversions.size(); c++) {
      if (conversions.get(c) == null) {
        SampleCast.copy(
            sourceType(conversions),
            source.samples(),
            to,
            target.samples(),
            c,
            conversions.size(),
            source.count());
      }
    }
  }

  /** The common type of the interleaved channels. */
  private static SampleType sourceType(List<@Nullable Conversion> conversions) {
    for (Conversion each : conversions) {
      if (each != null) {
        return each.source();
      }
    }
    throw new IllegalArgumentException("nothing is converted");
  }
}
