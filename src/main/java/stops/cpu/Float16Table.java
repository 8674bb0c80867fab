package stops.cpu;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;
import stops.engine.Anomaly;
import stops.engine.Chunk;
import stops.engine.Conversion;
import stops.engine.SampleType;
import stops.engine.Tally;
import stops.math.Definition;
import stops.math.SampleBits;

/**
 * A conversion of float16 samples to any type, as a table of what becomes of each of them.
 * Immutable.
 */
final class Float16Table {
  private static final int SIZE = 1 << Short.SIZE;
  private static final ValueLayout.OfShort SHORT =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfInt INT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfLong LONG =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private final SampleType target;

  /** Bits of the results; those of float64 are in {@link #longResults}. */
  private final int[] results = new int[SIZE];

  private final long[] longResults;

  /** {@link AnomalyCounts#kind} of each. */
  private final byte[] anomalies = new byte[SIZE];

  /** The table of {@code conversion}, whose source is float16. */
  Float16Table(Conversion conversion) {
    target = conversion.target();
    longResults = new long[target == SampleType.FLOAT64 ? SIZE : 0];
    Definition definition = new Definition(conversion);
    for (int bits = 0; bits < SIZE; bits++) {
      double sample = SampleBits.value(SampleType.FLOAT16, bits);
      long result = definition.convert(sample);
      @Nullable Anomaly anomaly = definition.anomaly(sample, result);
      results[bits] = (int) result;
      if (longResults.length > 0) {
        longResults[bits] = result;
      }
      anomalies[bits] = (byte) AnomalyCounts.kind(anomaly);
    }
  }

  /** Converts {@code chunk}. */
  Tally convert(Chunk chunk) {
    AnomalyCounts counts = new AnomalyCounts(chunk);
    switch (target) {
      case FLOAT16 -> toFloat16(chunk, counts);
      case FLOAT32 -> toFloat32(chunk, counts);
      case FLOAT64 -> toFloat64(chunk, counts);
    }
    return counts.tally();
  }

  private void toFloat16(Chunk chunk, AnomalyCounts counts) {
    MemorySegment from = chunk.source();
    MemorySegment to = chunk.target();
    for (long i = 0; i < chunk.samples(); i++) {
      int bits = Short.toUnsignedInt(from.get(SHORT, i * Short.BYTES));
      to.set(SHORT, i * Short.BYTES, (short) results[bits]);
      if (anomalies[bits] != 0) {
        counts.add(anomalies[bits], i);
      }
    }
  }

  private void toFloat32(Chunk chunk, AnomalyCounts counts) {
    MemorySegment from = chunk.source();
    MemorySegment to = chunk.target();
    for (long i = 0; i < chunk.samples(); i++) {
      int bits = Short.toUnsignedInt(from.get(SHORT, i * Short.BYTES));
      to.set(INT, i * Integer.BYTES, results[bits]);
      if (anomalies[bits] != 0) {
        counts.add(anomalies[bits], i);
      }
    }
  }

  private void toFloat64(Chunk chunk, AnomalyCounts counts) {
    MemorySegment from = chunk.source();
    MemorySegment to = chunk.target();
    for (long i = 0; i < chunk.samples(); i++) {
      int bits = Short.toUnsignedInt(from.get(SHORT, i * Short.BYTES));
      to.set(LONG, i * Long.BYTES, longResults[bits]);
      if (anomalies[bits] != 0) {
        counts.add(anomalies[bits], i);
      }
    }
  }
}
