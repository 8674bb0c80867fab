package stops.convert;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import stops.engine.Chunk;
import stops.engine.Conversion;
import stops.engine.EngineFailure;
import stops.engine.EnginePool;
import stops.engine.Outcome;
import stops.engine.SampleType;
import stops.engine.Tally;
import stops.image.Part;
import stops.image.Plane;
import stops.image.Strip;

/**
 * Fills a strip of the target from the same strip of the source: light is converted, all else is
 * copied bit for bit. Thread-safe.
 */
final class StripConverter {
  private final List<Part> parts;
  private final ChannelPlan plan;
  private final EnginePool engines;
  private final EngineLedger ledger;
  private final FileTally tally;
  private final NoDataSamples noData;
  private final long jobSamples;

  StripConverter(
      List<Part> parts,
      ChannelPlan plan,
      EnginePool engines,
      long filesAlike,
      FileTally tally,
      NoDataSamples noData,
      EngineLedger ledger) {
    this.ledger = ledger;
    this.parts = parts;
    this.jobSamples = plan.samples(parts) * filesAlike;
    this.plan = plan;
    this.engines = engines;
    this.tally = tally;
    this.noData = noData;
  }

  /**
   * Converts a strip.
   *
   * @param memory for what is needed meanwhile
   */
  void convert(Strip source, Strip target, SegmentAllocator memory)
      throws EngineFailure, InterruptedException {
    for (int i = 0; i < source.planes().size(); i++) {
      convert(source, source.planes().get(i), target.planes().get(i), memory);
    }
  }

  private void convert(Strip strip, Plane source, Plane target, SegmentAllocator memory)
      throws EngineFailure, InterruptedException {
    List<@Nullable Conversion> conversions =
        plan.conversions()
            .get(strip.part())
            .subList(source.firstChannel(), source.firstChannel() + source.channels());
    Conversion conversion = null;
    boolean mixed = false;
    for (Conversion each : conversions) {
      mixed |= each == null;
      boolean wider =
          each != null
              && (conversion == null || each.target().bytes() > conversion.target().bytes());
      conversion = wider ? each : conversion;
    }
    if (conversion == null) {
      copy(strip, source, target);
      return;
    }
    Plane masked = noData.masked(conversion, source, memory);
    SampleType to = conversion.target();
    Tally met;
    if (target.samples().byteSize() == source.count() * to.bytes()) {
      met = convert(conversion, masked, target.samples());
      if (mixed) {
        restore(conversions, to, source, target);
      }
    } else {
      to = wider(source, target);
      met = convertAndWiden(conversion, masked, to, target);
      restore(conversions, to, source, target);
    }
    if (masked != source) {
      noData.restore(conversions, conversion.source(), source, to, target.samples());
    }
    for (int c = 0; c < source.channels(); c++) {
      if (conversions.get(c) != null) {
        tally.add(strip, source, c, met);
      } else {
        tally.addCopied(strip, source, c);
      }
    }
  }

  private Tally convert(Conversion conversion, Plane source, MemorySegment target)
      throws EngineFailure, InterruptedException {
    Outcome outcome =
        engines.convertPart(
            conversion,
            new Chunk(source.samples(), target, source.count(), source.channels(), 0),
            jobSamples);
    ledger.add(outcome);
    return outcome.tally();
  }

  /** The type of the target's samples where it is none of those that are converted to. */
  private static SampleType wider(Plane source, Plane target) {
    return target.samples().byteSize() == source.count() * SampleType.FLOAT32.bytes()
        ? SampleType.FLOAT32
        : SampleType.FLOAT64;
  }

  /**
   * Converts where light is to be narrower than what it is interleaved with: results are rounded to
   * their type and widened, so that they are what they are in a plane of their own.
   */
  private Tally convertAndWiden(Conversion conversion, Plane source, SampleType wide, Plane target)
      throws EngineFailure, InterruptedException {
    SampleType narrow = conversion.target();
    try (Arena arena = Arena.ofShared()) {
      MemorySegment converted = arena.allocate(source.count() * narrow.bytes(), 64);
      Tally met = convert(conversion, source, converted);
      SampleCast.copy(narrow, converted, wide, target.samples(), 0, 1, source.count());
      return met;
    }
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

  /** Puts back the channels of an interleaved plane that are not light, such as alpha. */
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

  /** Interleaved channels have one type. */
  private static SampleType sourceType(List<@Nullable Conversion> conversions) {
    for (Conversion each : conversions) {
      if (each != null) {
        return each.source();
      }
    }
    throw new IllegalArgumentException("nothing is converted");
  }
}
