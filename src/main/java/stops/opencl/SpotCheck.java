package stops.opencl;

import java.lang.foreign.MemorySegment;
import java.util.concurrent.ThreadLocalRandom;
import stops.engine.Chunk;
import stops.engine.Conversion;
import stops.engine.SampleType;
import stops.math.SampleBits;

/**
 * Looks whether a device's results have arrived: one sample of every {@value #PAGE_BYTES} bytes of
 * the target, and the first and the last one, against the definition. Before the device begins,
 * these samples are set to a value that no conversion gives, so that a page that is not written is
 * noticed even where the old samples look right.
 *
 * <p>The place in a page is random and another one each time: with memory at fixed distances, an
 * error at a fixed distance would never be seen.
 */
final class SpotCheck {
  private static final long PAGE_BYTES = 4096;

  /** All bits set: a NaN in every sample type, but not the canonical one. */
  private static final long UNWRITTEN = -1;

  private static final long MIX = 0x9e3779b97f4a7c15L;

  private final Job job;
  private final long samples;
  private final long pageSamples;
  private final long seed = ThreadLocalRandom.current().nextLong();

  SpotCheck(Job job, Chunk piece) {
    this.job = job;
    this.samples = piece.samples();
    this.pageSamples = PAGE_BYTES / job.conversion().target().bytes();
  }

  /** Marks the samples of {@code target} that will be looked at. */
  void mark(MemorySegment target) {
    SampleType type = job.conversion().target();
    RawSamples.put(target, type, 0, UNWRITTEN);
    for (long page = 0; page * pageSamples < samples; page++) {
      RawSamples.put(target, type, at(page), UNWRITTEN);
    }
    RawSamples.put(target, type, samples - 1, UNWRITTEN);
  }

  /** Fails if a sample is not what the definition says. */
  void verify(MemorySegment source, MemorySegment target) throws WrongSampleException {
    verify(source, target, 0);
    for (long page = 0; page * pageSamples < samples; page++) {
      verify(source, target, at(page));
    }
    verify(source, target, samples - 1);
  }

  private void verify(MemorySegment source, MemorySegment target, long index)
      throws WrongSampleException {
    Conversion conversion = job.conversion();
    double sample =
        SampleBits.value(conversion.source(), RawSamples.get(source, conversion.source(), index));
    long expected = job.definition().convert(sample);
    long found = RawSamples.get(target, conversion.target(), index);
    if (found != expected) {
      throw new WrongSampleException(
          "spot check: sample %d of %d became %x, not %x"
              .formatted(index, samples, found, expected));
    }
  }

  /** The sample of {@code page} that is looked at. */
  private long at(long page) {
    long mixed = (page + seed) * MIX;
    return Math.min(page * pageSamples + (mixed >>> 32) % pageSamples, samples - 1);
  }
}
