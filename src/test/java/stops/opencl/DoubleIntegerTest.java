package stops.opencl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import stops.opencl.api.CommandQueue;
import stops.opencl.api.Context;
import stops.opencl.api.DeviceBuffer;
import stops.opencl.api.Kernel;
import stops.opencl.api.Program;

/** The arithmetic of {@code double_integer.cl} has the bits of Java's doubles. */
final class DoubleIntegerTest {
  private static final int TRIPLES = 500_000;
  private static final int OPERATIONS = 8;
  private static final long SIGN = Long.MIN_VALUE;
  private static final long FRACTION = (1L << 52) - 1;

  /** Applies every operation to three operands. */
  private static final String KERNEL =
      """
      __kernel void operate(__global const ulong *operands, __global ulong *results) {
        size_t i = get_global_id(0);
        ulong a = operands[3 * i];
        ulong b = operands[3 * i + 1];
        ulong c = operands[3 * i + 2];
        __global ulong *at = results + 8 * i;
        at[0] = negative(a);
        at[1] = add(a, b);
        at[2] = subtract(a, b);
        at[3] = multiply(a, b);
        at[4] = multiplyAdd(a, b, c);
        at[5] = toDoubles((int)(a >> (b & 63)));
        at[6] = (ulong)isLess(a, b);
        at[7] = (ulong)isNonzero(a);
      }
      """;

  private final SplittableRandom random = new SplittableRandom(11);

  @Test
  void everyOperationIsRoundedAsIeee754Says() throws Exception {
    OpenCl openCl = TestDevice.openCl();
    String source = KernelSource.read(List.of("lanes.cl", "double_integer.cl")) + KERNEL;
    String options = "-cl-std=CL1.2 -DSOURCE=64 -DTARGET=64 -DHAS_FP64=0";
    try (Arena arena = Arena.ofConfined();
        Context context = Context.create(openCl.usable(TestDevice.of(openCl)))) {
      MemorySegment operands = arena.allocate(8L * 3 * TRIPLES, 8);
      MemorySegment results = arena.allocate(8L * OPERATIONS * TRIPLES, 8);
      for (int i = 0; i < TRIPLES; i++) {
        putTriple(operands, i);
      }
      Kernel kernel = Kernel.create(Program.compile(context, source, options), "operate");
      CommandQueue queue = CommandQueue.create(context);
      DeviceBuffer in = DeviceBuffer.create(context, DeviceBuffer.READ_ONLY, operands.byteSize());
      DeviceBuffer out = DeviceBuffer.create(context, DeviceBuffer.WRITE_ONLY, results.byteSize());
      queue.write(in, operands);
      kernel.set(0, in);
      kernel.set(1, out);
      queue.run(kernel, TRIPLES, 1);
      queue.read(out, results);
      compare(operands, results);
    }
  }

  private static void compare(MemorySegment operands, MemorySegment results) {
    int subnormal = 0;
    for (int i = 0; i < TRIPLES; i++) {
      long[] bits = {at(operands, 3 * i), at(operands, 3 * i + 1), at(operands, 3 * i + 2)};
      double a = Double.longBitsToDouble(bits[0]);
      double b = Double.longBitsToDouble(bits[1]);
      double c = Double.longBitsToDouble(bits[2]);
      double[] right = {
        -a, a + b, a - b, a * b, Math.fma(a, b, c), (int) (bits[0] >>> (bits[1] & 63))
      };
      String what =
          Double.toHexString(a) + ", " + Double.toHexString(b) + ", " + Double.toHexString(c);
      for (int k = 0; k < right.length; k++) {
        // The bits of a result that overflows have no meaning.
        if (Double.isFinite(right[k])) {
          int operation = k;
          long found = at(results, OPERATIONS * i + k);
          if (Double.doubleToRawLongBits(right[k]) != found) {
            assertEquals(
                Double.toHexString(right[k]),
                Double.toHexString(Double.longBitsToDouble(found)),
                () -> "operation " + operation + " of " + what);
          }
          subnormal += Math.abs(right[k]) < Double.MIN_NORMAL && right[k] != 0 ? 1 : 0;
        }
      }
      assertEquals(a < b ? -1 : 0, at(results, OPERATIONS * i + 6), what);
      assertEquals(a != 0 ? -1 : 0, at(results, OPERATIONS * i + 7), what);
    }
    assertTrue(subnormal > TRIPLES / 20, subnormal + " results are subnormal");
  }

  /** The third operand is often close to the product of the others, or cancels it. */
  private void putTriple(MemorySegment operands, int i) {
    double a = operand(1023, 1023);
    double b = random.nextBoolean() ? operand(1023, 1023) : operand(Math.getExponent(a) + 1023, 60);
    double product = a * b;
    double c =
        switch (random.nextInt(4)) {
          case 0 -> operand(1023, 1023);
          case 1 -> operand(Math.getExponent(product) + 1023, 130);
          case 2 -> operand(Math.getExponent(product) + 1023, 2);
          default -> -product;
        };
    operands.setAtIndex(ValueLayout.JAVA_DOUBLE, 3L * i, a);
    operands.setAtIndex(ValueLayout.JAVA_DOUBLE, 3L * i + 1, b);
    operands.setAtIndex(ValueLayout.JAVA_DOUBLE, 3L * i + 2, Double.isFinite(c) ? c : a);
  }

  /**
   * A number with an exponent near {@code middle}, whose fraction often has few changes of bits.
   */
  private double operand(int middle, int range) {
    int exponent =
        random.nextInt(8) == 0 ? random.nextInt(60) : middle + random.nextInt(-range, range + 1);
    long fraction =
        switch (random.nextInt(5)) {
          case 0 -> 1L << random.nextInt(52);
          case 1 -> (1L << random.nextInt(53)) - 1;
          case 2 -> -1L << random.nextInt(64);
          case 3 -> 0;
          default -> random.nextLong();
        };
    return Double.longBitsToDouble(
        (random.nextLong() & SIGN)
            | (long) Math.clamp(exponent, 0, 2046) << 52
            | (fraction & FRACTION));
  }

  private static long at(MemorySegment memory, long index) {
    return memory.getAtIndex(ValueLayout.JAVA_LONG, index);
  }
}
