package stops.stats;

import java.math.BigInteger;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import stops.engine.SampleType;
import stops.math.Scalar;

/**
 * The samples of a channel of float32 or float64 intensities, or of values, in bins of 1/128 of a
 * power of two. A row of bins is the numbers with the same sign and exponent as float64.
 *
 * <p>The sum of the samples is exact. The mean exposure of a bin is computed from the mean {@code
 * m} and the variance {@code v} of its samples: {@code log2(m) − v / (2 m² ln 2)}. The error is
 * below 3e-8 stops: a third of the bin's third central moment, of at most 0.1 times (1/128)³, over
 * ln 2. It is zero if all samples of each bin are the same.
 */
final class ValueBins extends Bins {
  private static final double LN2 = Math.log(2);
  private static final int SIGN = Integer.MIN_VALUE;
  private static final int INFINITY = 0x7f80_0000;
  private static final int LEAST_NORMAL = 0x0080_0000;

  /** Difference of the biases of float64 and float32 exponents. */
  private static final int REBIAS = 1023 - 127;

  private static final int LOW_BITS = 29;
  private static final long MANTISSA = (1L << 52) - 1;

  private final @Nullable SampleType type;
  private final BinRows rows;
  private long zeros;
  private double leastPositive = Double.POSITIVE_INFINITY;
  private double greatestPositive = Double.NEGATIVE_INFINITY;
  private double leastNegative = Double.POSITIVE_INFINITY;
  private double greatestNegative = Double.NEGATIVE_INFINITY;

  ValueBins(@Nullable SampleType type, RowMemory memory) {
    this.type = type;
    rows = new BinRows(memory);
  }

  @Override
  void add(SampleRuns samples, Scratch scratch) {
    switch (type) {
      case FLOAT32 -> addFloats(samples, scratch);
      case FLOAT64 -> addDoubles(samples, scratch.longs, this::addOne);
      case null -> addIntegers(samples, scratch.ints);
      case FLOAT16 -> throw new IllegalArgumentException("float16 samples have their own bins");
    }
  }

  private void addFloats(SampleRuns samples, Scratch scratch) {
    int[] block = scratch.ints;
    for (int read = samples.read(block); read > 0; ) {
      FloatRange range = new FloatRange();
      for (int all = 0; read > 0 && all < Scratch.MOST_SAMPLES; all += SampleRuns.BLOCK) {
        int usual = read;
        if (!range.add(block, read)) {
          usual = withoutUnusual(block, read);
          if (!range.add(block, usual)) {
            throw new AssertionError("a sample is unusual that was taken for usual");
          }
        }
        count(block, usual, scratch.table());
        read = samples.read(block);
      }
      flush(scratch, range);
    }
  }

  /** Counts samples in the table: the bin is sign, exponent and the 7 high bits of the mantissa. */
  private static void count(int[] block, int samples, long[] table) {
    for (int i = 0; i < samples; i++) {
      int bits = block[i];
      int low = bits & 0xffff;
      int at = bits >>> 16 << 1;
      table[at] += Scratch.ONE + low;
      table[at + 1] += (long) low * low;
    }
  }

  /**
   * Removes samples that are infinite, NaN or subnormal from a block and counts them one by one.
   * Returns how many are left.
   */
  private synchronized int withoutUnusual(int[] block, int samples) {
    int kept = 0;
    for (int i = 0; i < samples; i++) {
      int magnitude = block[i] & Integer.MAX_VALUE;
      if (magnitude == 0 || magnitude >= LEAST_NORMAL && magnitude < INFINITY) {
        block[kept++] = block[i];
      } else {
        addOne(Float.intBitsToFloat(block[i]));
      }
    }
    return kept;
  }

  private synchronized void flush(Scratch scratch, FloatRange range) {
    // Subnormal numbers are not in the table, so the bins at both zeros hold nothing else.
    scratch.flush(0, 0, (bin, count, sum, squares) -> zeros += count);
    scratch.flush(0x8000, 0x8000, (bin, count, sum, squares) -> zeros += count);
    if (range.hasPositive()) {
      scratch.flush(range.leastPositive >>> 16, range.greatestPositive >>> 16, this::addBin);
      leastPositive = Math.min(leastPositive, Float.intBitsToFloat(range.leastPositive));
      greatestPositive = Math.max(greatestPositive, Float.intBitsToFloat(range.greatestPositive));
    }
    if (range.hasNegative()) {
      int nearest = range.leastNegative | SIGN;
      int farthest = range.greatestNegative | SIGN;
      scratch.flush(nearest >>> 16, farthest >>> 16, this::addBin);
      greatestNegative = Math.max(greatestNegative, Float.intBitsToFloat(nearest));
      leastNegative = Math.min(leastNegative, Float.intBitsToFloat(farthest));
    }
  }

  private void addBin(int bin, long count, long sum, long squares) {
    int exponent = (bin >>> 7 & 0xff) + REBIAS;
    rows.add(bin < 0x8000 ? exponent : ~exponent, bin & 0x7f, count, sum, 0, squares);
  }

  private synchronized void addIntegers(SampleRuns samples, int[] block) {
    for (int read = samples.read(block); read > 0; read = samples.read(block)) {
      for (int i = 0; i < read; i++) {
        addOne(Integer.toUnsignedLong(block[i]));
      }
    }
  }

  private void addOne(double value) {
    if (!Double.isFinite(value)) {
      countSpecial(value, 1);
    } else if (value == 0) {
      zeros++;
    } else {
      long bits = Double.doubleToRawLongBits(value);
      int exponent = (int) (bits >>> 52) & 0x7ff;
      long mantissa = bits & MANTISSA;
      long high = mantissa >>> LOW_BITS & 0xffff;
      rows.add(
          bits < 0 ? ~exponent : exponent,
          (int) (mantissa >>> 45),
          1,
          high,
          mantissa & ((1L << LOW_BITS) - 1),
          high * high);
      if (value > 0) {
        leastPositive = Math.min(leastPositive, value);
        greatestPositive = Math.max(greatestPositive, value);
      } else {
        leastNegative = Math.min(leastNegative, value);
        greatestNegative = Math.max(greatestNegative, value);
      }
    }
  }

  /** The magnitudes of a bin, summed up, in units of 2^(exponent − 1075). */
  private static BigInteger sum(int exponent, long[] row, int bin) {
    return BigInteger.valueOf(first(exponent, bin))
        .multiply(BigInteger.valueOf(BinRows.count(row, bin)))
        .add(BinRows.sum(row, bin, LOW_BITS));
  }

  /** Where a bin begins, in the same units. */
  private static long first(int exponent, int bin) {
    return (long) bin << 45 | (exponent == 0 ? 0 : 1L << 52);
  }

  private static int unit(int exponent) {
    return Math.max(exponent, 1) - 1075;
  }

  @Override
  void forEach(Consumer<Bin> consumer) {
    for (Map.Entry<Integer, long[]> each : rows.rows().entrySet()) {
      long[] row = each.getValue();
      boolean negative = each.getKey() < 0;
      for (int i = 0; i < BinRows.BINS; i++) {
        int bin = negative ? BinRows.BINS - 1 - i : i;
        if (BinRows.count(row, bin) > 0) {
          consumer.accept(
              negative ? negative(~each.getKey(), row, bin) : positive(each.getKey(), row, bin));
        }
      }
    }
  }

  private static double mean(int exponent, long[] row, int bin) {
    return BinRows.mean(row, bin, first(exponent, bin), LOW_BITS, unit(exponent));
  }

  private static Bin negative(int exponent, long[] row, int bin) {
    return Bin.of(BinRows.count(row, bin), -mean(exponent, row, bin), Double.NaN);
  }

  private static Bin positive(int exponent, long[] row, int bin) {
    double mean = mean(exponent, row, bin);
    double highUnit = Math.scalb(1.0, unit(exponent) + LOW_BITS) / mean;
    double variance = BinRows.variance(row, bin) * highUnit * highUnit;
    return new Bin(
        BinRows.count(row, bin),
        mean,
        Scalar.exposure(mean) - variance / (2 * LN2),
        variance / (LN2 * LN2));
  }

  @Override
  void addTo(ExactSum sum) {
    rows.rows()
        .forEach((key, row) -> {
          int exponent = key < 0 ? ~key : key;
          BigInteger ofRow = BigInteger.ZERO;
          for (int bin = 0; bin < BinRows.BINS; bin++) {
            if (BinRows.count(row, bin) > 0) {
              ofRow = ofRow.add(sum(exponent, row, bin));
            }
          }
          sum.add(key < 0 ? ofRow.negate() : ofRow, unit(exponent));
        });
  }

  @Override
  long zeros() {
    return zeros;
  }

  @Override
  Range range() {
    return new Range(
        Math.min(leastNegative, leastPositive),
        Math.max(greatestNegative, greatestPositive),
        leastPositive);
  }

  @Override
  double width() {
    return 1.0 / BinRows.BINS;
  }

  @Override
  double widthStops() {
    return Scalar.exposure(1 + 1.0 / BinRows.BINS);
  }
}
