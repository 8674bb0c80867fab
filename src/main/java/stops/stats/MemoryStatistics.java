package stops.stats;

import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import stops.engine.EngineFailure;
import stops.engine.SampleType;
import stops.image.Domain;
import stops.image.ImageException;
import stops.image.MemoryBound;
import stops.stats.ChannelStatistics.Meaning;
import stops.strip.StripWorkers;

/** Computes the statistics of samples in memory. */
public final class MemoryStatistics {
  /** Samples of a piece: as many as a table takes before it is flushed. */
  private static final long PIECE = Scratch.MOST_SAMPLES;

  private MemoryStatistics() {}

  /**
   * The statistics of packed little-endian samples of one channel.
   *
   * @param domain what they stand for
   * @param percents the percentages of the percentiles, each from 0 to 100
   * @param threads number of threads, 1 or more; memory of a confined arena is read by the calling
   *     thread alone
   * @throws IllegalArgumentException if the memory does not hold a whole number of samples
   * @throws InterruptedException if the calling thread was interrupted
   */
  public static ChannelStatistics of(
      SampleType type, MemorySegment samples, Domain domain, List<Double> percents, int threads)
      throws InterruptedException {
    long count = samples.byteSize() / type.bytes();
    if (count * type.bytes() != samples.byteSize()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT, "%d bytes are no whole number of %s samples", samples.byteSize(), type));
    }
    Bins bins = Bins.of(type, domain, new RowMemory(Long.MAX_VALUE));
    boolean shared = samples.isAccessibleBy(Thread.ofPlatform().unstarted(() -> {}));
    if (threads == 1 || !shared || count <= PIECE) {
      bins.add(SampleRuns.all(samples, 0, 1, count), new Scratch());
    } else {
      add(type, samples, count, bins, threads);
    }
    return Summary.of(
        "",
        "",
        domain == Domain.EXPOSURE ? Meaning.EXPOSURE : Meaning.INTENSITY,
        bins,
        percents,
        null);
  }

  private static void add(
      SampleType type, MemorySegment samples, long count, Bins bins, int threads)
      throws InterruptedException {
    long share = Math.max(PIECE, Math.ceilDiv(count, 8L * threads));
    int shares = (int) Math.ceilDiv(count, share);
    try (StripWorkers workers = StripWorkers.reading(threads, MemoryBound.DEFAULT)) {
      workers.forEach(
          Path.of("memory"),
          shares,
          1,
          (index, unused) -> {
            long first = index * share;
            long some = Math.min(share, count - first);
            MemorySegment part = samples.asSlice(first * type.bytes(), some * type.bytes());
            bins.add(SampleRuns.all(part, 0, 1, some), new Scratch());
          });
    } catch (ImageException | EngineFailure impossible) {
      throw new AssertionError("no file and no engine is at work", impossible);
    }
  }
}
