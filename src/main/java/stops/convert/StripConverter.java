package stops.convert;

import java.lang.foreign.MemorySegment;
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
  private final long jobSamples;

  StripConverter(
      List<Part> parts,
      ChannelPlan plan,
      EnginePool engines,
      FileTally tally,
      EngineLedger ledger) {
    this.ledger = ledger;
    this.parts = parts;
    this.jobSamples = plan.samples(parts);
    this.plan = plan;
    this.engines = engines;
    this.tally = tally;
  }

  void convert(Strip source, Strip target) throws EngineFailure, InterruptedException {
    for (int i = 0; i < source.planes().size(); i++) {
      convert(source, source.planes().get(i), target.planes().get(i));
    }
  }

  private void convert(Strip strip, Plane source, Plane target)
      throws EngineFailure, InterruptedException {
    List<@Nullable Conversion> conversions =
        plan.conversions()
            .get(strip.part())
            .subList(source.firstChannel(), source.firstChannel() + source.channels());
    Conversion conversion = null;
    boolean mixed = false;
    for (Conversion each : conversions) {
      mixed |= each == null;
      conversion = each == null ? conversion : each;
    }
    if (conversion == null) {
      copy(strip, source, target);
      return;
    }
    Outcome outcome =
        engines.convertPart(
            conversion,
            new Chunk(source.samples(), target.samples(), source.count(), source.channels(), 0),
            jobSamples);
    ledger.add(outcome);
    Tally met = outcome.tally();
    for (int c = 0; c < source.channels(); c++) {
      if (conversions.get(c) != null) {
        tally.add(strip, source, c, met);
      } else {
        tally.addCopied(strip, source, c);
      }
    }
    if (mixed) {
      restore(conversions, conversion, source, target);
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
      List<@Nullable Conversion> conversions, Conversion conversion, Plane source, Plane target) {
    MemorySegment from = source.samples();
    MemorySegment to = target.samples();
    for (int c = 0; c < conversions.size(); c++) {
      if (conversions.get(c) == null) {
        SampleCast.copy(
            conversion.source(),
            from,
            conversion.target(),
            to,
            c,
            conversions.size(),
            source.count());
      }
    }
  }
}
