package stops.engine;

import java.util.Arrays;
import java.util.Locale;

/**
 * How many samples of each {@link Anomaly} a conversion met, per channel, and where the first was.
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

  /** Notes one sample. */
  public void add(int channel, Anomaly anomaly, long sample) {
    add(channel, anomaly, 1, sample);
  }

  /** Notes {@code count} samples, the first of which is sample {@code first} of the run. */
  public void add(int channel, Anomaly anomaly, long count, long first) {
    if (count > 0) {
      int at = channel * KINDS + anomaly.ordinal();
      counts[at] += count;
      firsts[at] = Math.min(firsts[at], first);
    }
  }

  /** Adds what {@code other} counted, in a run that begins {@code offset} samples later. */
  public void add(Tally other, long offset) {
    for (int i = 0; i < counts.length; i++) {
      if (other.counts[i] > 0) {
        counts[i] += other.counts[i];
        firsts[i] = Math.min(firsts[i], other.firsts[i] + offset);
      }
    }
  }

  /** How many samples of {@code channel} were {@code anomaly}. */
  public long count(int channel, Anomaly anomaly) {
    return counts[channel * KINDS + anomaly.ordinal()];
  }

  /** How many samples of all channels were {@code anomaly}. */
  public long count(Anomaly anomaly) {
    long sum = 0;
    for (int channel = 0; channel < channels; channel++) {
      sum += count(channel, anomaly);
    }
    return sum;
  }

  /** Index in the run of the first such sample, or −1 if there was none. */
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
