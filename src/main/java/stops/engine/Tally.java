package stops.engine;

import java.util.Arrays;
import java.util.Locale;

/**
 * Counts the samples of each {@link Anomaly} per channel and keeps the index of the first one.
 * Confined to one thread at a time.
 */
public final class Tally {
  private static final int KINDS = Anomaly.values().length;

  private final int channels;
  private final long[] counts;
  private final long[] firsts;

  /** An empty tally of {@code channels} channels. */
  public Tally(int channels) {
    this.channels = channels;
    this.counts = new long[channels * KINDS];
    this.firsts = new long[channels * KINDS];
    Arrays.fill(firsts, Long.MAX_VALUE);
  }

  /** Number of channels, 1 or more. */
  public int channels() {
    return channels;
  }

  /** Counts one sample. */
  public void add(int channel, Anomaly anomaly, long sample) {
    add(channel, anomaly, 1, sample);
  }

  /** Counts {@code count} samples. The first of them has index {@code first} in the run. */
  public void add(int channel, Anomaly anomaly, long count, long first) {
    if (count > 0) {
      int at = channel * KINDS + anomaly.ordinal();
      counts[at] += count;
      firsts[at] = Math.min(firsts[at], first);
    }
  }

  /**
   * Adds the counts of {@code other}, whose run begins {@code offset} samples later than this one.
   */
  public void add(Tally other, long offset) {
    for (int i = 0; i < counts.length; i++) {
      if (other.counts[i] > 0) {
        counts[i] += other.counts[i];
        firsts[i] = Math.min(firsts[i], other.firsts[i] + offset);
      }
    }
  }

  /** The number of samples of {@code channel} that were {@code anomaly}. */
  public long count(int channel, Anomaly anomaly) {
    return counts[channel * KINDS + anomaly.ordinal()];
  }

  /** The number of samples of all channels that were {@code anomaly}. */
  public long count(Anomaly anomaly) {
    long sum = 0;
    for (int channel = 0; channel < channels; channel++) {
      sum += count(channel, anomaly);
    }
    return sum;
  }

  /**
   * Index in the run of the first sample of {@code channel} that was {@code anomaly}; −1 if there
   * was none.
   */
  public long first(int channel, Anomaly anomaly) {
    int at = channel * KINDS + anomaly.ordinal();
    return counts[at] == 0 ? -1 : firsts[at];
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Tally that
        && channels == that.channels
        && Arrays.equals(counts, that.counts)
        && Arrays.equals(firsts, that.firsts);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(counts) + Arrays.hashCode(firsts);
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    for (int channel = 0; channel < channels; channel++) {
      for (Anomaly anomaly : Anomaly.values()) {
        if (count(channel, anomaly) > 0) {
          text.append(
              String.format(
                  Locale.ROOT,
                  "channel %d: %d %s, first at %d; ",
                  channel,
                  count(channel, anomaly),
                  anomaly,
                  first(channel, anomaly)));
        }
      }
    }
    return text.isEmpty() ? "nothing unusual" : text.toString();
  }
}
