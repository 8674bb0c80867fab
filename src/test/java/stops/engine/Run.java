package stops.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import stops.math.Definition;
import stops.math.SampleBits;

/** One conversion of given samples, with the results that the definition gives for it. */
final class Run {
  static final ValueLayout.OfByte BYTE = ValueLayout.JAVA_BYTE;
  private static final ValueLayout.OfShort SHORT =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  static final ValueLayout.OfInt INT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfLong LONG =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private final Conversion conversion;
  private final long[] samples;
  private final int channels;
  private final int firstChannel;

  /** A run of {@code samples}, bit patterns of the source type. */
  Run(Conversion conversion, long[] samples, int channels, int firstChannel) {
    this.conversion = conversion;
    this.samples = samples;
    this.channels = channels;
    this.firstChannel = firstChannel;
  }

  /** The samples in memory, {@code shift} bytes past an aligned address. */
  MemorySegment source(Arena arena, int shift) {
    SampleType type = conversion.source();
    long bytes = (long) samples.length * type.bytes();
    MemorySegment source = arena.allocate(bytes + shift, 64).asSlice(shift, bytes);
    for (int i = 0; i < samples.length; i++) {
      long at = (long) i * type.bytes();
      switch (type) {
        case FLOAT16 -> source.set(SHORT, at, (short) samples[i]);
        case FLOAT32 -> source.set(INT, at, (int) samples[i]);
        case FLOAT64 -> source.set(LONG, at, samples[i]);
      }
    }
    return source;
  }

  /** Room for the results. */
  MemorySegment target(Arena arena) {
    return arena.allocate((long) samples.length * conversion.target().bytes(), 64);
  }

  /** Converts by {@code engine}, and compares every result and the tally with the definition. */
  Tally check(Engine engine, MemorySegment source, MemorySegment target) throws EngineFailure {
    Chunk chunk = new Chunk(source, target, samples.length, channels, firstChannel);
    Tally tally = engine.convert(conversion, chunk);
    Definition definition = new Definition(conversion);
    Tally expectedTally = new Tally(channels);
    for (int i = 0; i < samples.length; i++) {
      double sample = SampleBits.value(conversion.source(), samples[i]);
      long expected = definition.convertBits(samples[i]);
      long actual = read(target, i);
      if (expected != actual) {
        fail(
            String.format(
                Locale.ROOT,
                "%s: sample %d, %x (%s) became %x (%s) instead of %x (%s)",
                conversion,
                i,
                samples[i],
                sample,
                actual,
                SampleBits.value(conversion.target(), actual),
                expected,
                SampleBits.value(conversion.target(), expected)));
      }
      @Nullable Anomaly anomaly = definition.anomalyOfBits(samples[i], expected);
      if (anomaly != null) {
        expectedTally.add(chunk.channelOf(i), anomaly, i);
      }
    }
    assertEquals(expectedTally, tally, conversion::toString);
    return tally;
  }

  private long read(MemorySegment target, int index) {
    SampleType type = conversion.target();
    long at = (long) index * type.bytes();
    return switch (type) {
      case FLOAT16 -> target.get(SHORT, at) & 0xffffL;
      case FLOAT32 -> target.get(INT, at) & 0xffff_ffffL;
      case FLOAT64 -> target.get(LONG, at);
    };
  }
}
