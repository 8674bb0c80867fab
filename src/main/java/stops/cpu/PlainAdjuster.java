package stops.cpu;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import stops.engine.Chunk;
import stops.engine.Conversion;
import stops.engine.SampleType;
import stops.engine.Tally;
import stops.math.Adjustment;

/**
 * Adjusts float32 samples in blocks that stay in the core's first-level cache, with plain code.
 * Confined to one thread.
 */
final class PlainAdjuster {
  private static final int BLOCK_SAMPLES = 1 << 10;
  private static final ValueLayout.OfInt INT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private static final PerConversion<Operands> OPERANDS = new PerConversion<>(Operands::of);

  /** The operand of an adjustment, and that of the opposite one. */
  private record Operands(Float32Operand there, Float32Operand back) {

    static Operands of(Conversion conversion) {
      Adjustment adjustment = new Adjustment(conversion);
      return new Operands(
          Float32Operand.of(adjustment.scales(), adjustment.there()),
          Float32Operand.of(adjustment.scales(), adjustment.back()));
    }
  }

  private PlainAdjuster() {}

  /** Whether {@code conversion} adjusts float32 samples and leaves them float32. */
  static boolean fits(Conversion conversion) {
    return conversion.direction().adjusts()
        && conversion.source() == SampleType.FLOAT32
        && conversion.target() == SampleType.FLOAT32;
  }

  /** Adjusts a chunk by a conversion that {@link #fits}. */
  static Tally convert(Conversion conversion, Chunk chunk) {
    Operands operands = OPERANDS.get(conversion);
    Float32Operand there = operands.there;
    Float32Operand back = operands.back;
    if (there.isNothing()) {
      chunk.target().copyFrom(chunk.source());
      return new Tally(chunk.channels());
    }
    AdjustmentCounts counts = new AdjustmentCounts(there.scales(), chunk);
    int[] samples = new int[BLOCK_SAMPLES];
    int[] results = new int[BLOCK_SAMPLES];
    for (long at = 0; at < chunk.samples(); at += BLOCK_SAMPLES) {
      int count = (int) Math.min(BLOCK_SAMPLES, chunk.samples() - at);
      MemorySegment.copy(chunk.source(), INT, at * Integer.BYTES, samples, 0, count);
      for (int i = 0; i < count; i++) {
        results[i] = there.adjust(samples[i]);
      }
      for (int i = 0; i < count; i++) {
        if (back.adjust(results[i]) != samples[i]) {
          counts.addLost(results[i], at + i);
        }
      }
      MemorySegment.copy(results, 0, chunk.target(), INT, at * Integer.BYTES, count);
    }
    return counts.tally();
  }
}
