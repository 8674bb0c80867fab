package stops.stats;

import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import stops.engine.SampleType;
import stops.math.Scalar;

/**
 * The samples of a channel of float32 or float64 exposures, in bins of 1/128 stop. A row of bins is
 * a stop.
 *
 * <p>Exposures are counted as multiples of 2^-28 stops. Float32 exposures from 1/32 on are such
 * multiples; others are rounded to the nearest. Exposures beyond ±16,384 stops count as ±16,384
 * stops.
 *
 * <p>The mean intensity of a bin is computed from the mean {@code e} and the variance {@code v} of
 * its exposures: {@code 2^e · (1 + v ln²2 / 2)}. The relative error is below 4e-9: 1.3e-9 for the
 * rounding to half of 2^-28 stops, and a sixth of the bin's third central moment, of at most 0.1
 * times (1/128)³, times ln³2. It is that of the rounding alone if all samples of each bin are the
 * same.
 */
final class StopBins extends Bins {
  private static final double LN2 = Math.log(2);

  /** Fraction bits of an exposure: 7 for the bin, and 21 for the offset in it. */
  private static final int FRACTION = 28;

  private static final int OFFSET = 21;
  private static final int OFFSETS = (1 << OFFSET) - 1;

  /** Added to a number below 2^23, this rounds it to a multiple of 2^-28, ties to even. */
  private static final double ROUNDER = 0x1.8p24;

  private static final long ROUNDER_BITS = Double.doubleToRawLongBits(ROUNDER);

  /** Float32 pattern of 256. The table has the bins from −256 to 256 stops. */
  private static final int TABLE_END = 0x4380_0000;

  private static final int TABLE_ZERO = Scratch.BINS / 2;
  private static final double MOST_STOPS = 16_384;

  private final @Nullable SampleType type;
  private final BinRows rows;
  private double least = Double.POSITIVE_INFINITY;
  private double greatest = Double.NEGATIVE_INFINITY;

  StopBins(@Nullable SampleType type, RowMemory memory) {
    this.type = type;
    rows = new BinRows(memory);
  }

  @Override
  void add(SampleRuns samples, Scratch scratch) {
    if (type == SampleType.FLOAT32) {
      addFloats(samples, scratch);
    } else {
      addDoubles(samples, scratch.longs, this::addOne);
    }
  }

  private void addFloats(SampleRuns samples, Scratch scratch) {
    int[] block = scratch.ints;
    for (int read = samples.read(block); read > 0; ) {
      int least = Integer.MAX_VALUE;
      int greatest = Integer.MIN_VALUE;
      for (int all = 0; read > 0 && all < Scratch.MOST_SAMPLES; all += SampleRuns.BLOCK) {
        int usual = greatestMagnitude(block, read) < TABLE_END ? read : withoutUnusual(block, read);
        for (int i = 0; i < usual; i++) {
          // Patterns of negative numbers fall as the numbers rise, unless the other bits are
          // turned.
          int ordered = block[i] ^ block[i] >> 31 >>> 1;
          least = Math.min(least, ordered);
          greatest = Math.max(greatest, ordered);
        }
        count(block, usual, scratch.longs, scratch.table());
        read = samples.read(block);
      }
      if (least <= greatest) {
        flush(
            scratch,
            Float.intBitsToFloat(least ^ least >> 31 >>> 1),
            Float.intBitsToFloat(greatest ^ greatest >> 31 >>> 1));
      }
    }
  }

  private static int greatestMagnitude(int[] block, int samples) {
    int greatest = 0;
    for (int i = 0; i < samples; i++) {
      greatest = Math.max(greatest, block[i] & Integer.MAX_VALUE);
    }
    return greatest;
  }

  private static void count(int[] block, int samples, long[] fixed, long[] table) {
    // Java compiles the first loop to vectors, but not the second.
    for (int i = 0; i < samples; i++) {
      fixed[i] = fixed(Float.intBitsToFloat(block[i]));
    }
    for (int i = 0; i < samples; i++) {
      int at = place(fixed[i]);
      long offset = fixed[i] & OFFSETS;
      table[at] += Scratch.ONE + offset;
      table[at + 1] += offset * offset;
    }
  }

  /** Place of a bin in the table. */
  private static int place(long fixed) {
    return (int) (fixed >> OFFSET) + TABLE_ZERO << 1;
  }

  /** An exposure in units of 2^-28 stops. */
  private static long fixed(double exposure) {
    return Double.doubleToRawLongBits(exposure + ROUNDER) - ROUNDER_BITS;
  }

  /** Removes exposures that the table does not have from a block and counts them one by one. */
  private synchronized int withoutUnusual(int[] block, int samples) {
    int kept = 0;
    for (int i = 0; i < samples; i++) {
      if ((block[i] & Integer.MAX_VALUE) < TABLE_END) {
        block[kept++] = block[i];
      } else {
        addOne(Float.intBitsToFloat(block[i]));
      }
    }
    return kept;
  }

  private synchronized void flush(Scratch scratch, float from, float to) {
    scratch.flush(
        place(fixed(from)) >> 1,
        place(fixed(to)) >> 1,
        (bin, count, sum, squares) -> {
          int number = bin - TABLE_ZERO;
          rows.add(number >> 7, number & 0x7f, count, sum, 0, squares);
        });
    least = Math.min(least, from);
    greatest = Math.max(greatest, to);
  }

  private void addOne(double exposure) {
    if (!Double.isFinite(exposure)) {
      countSpecial(exposure, 1);
      return;
    }
    long fixed = fixed(Math.clamp(exposure, -MOST_STOPS, MOST_STOPS));
    long offset = fixed & OFFSETS;
    rows.add(
        (int) (fixed >> FRACTION), (int) (fixed >> OFFSET) & 0x7f, 1, offset, 0, offset * offset);
    least = Math.min(least, exposure);
    greatest = Math.max(greatest, exposure);
  }

  @Override
  void forEach(Consumer<Bin> consumer) {
    for (Map.Entry<Integer, long[]> each : rows.rows().entrySet()) {
      long[] row = each.getValue();
      for (int bin = 0; bin < BinRows.BINS; bin++) {
        long count = BinRows.count(row, bin);
        if (count > 0) {
          long first = ((long) each.getKey() << FRACTION) + ((long) bin << OFFSET);
          double stops = BinRows.mean(row, bin, first, 0, -FRACTION);
          double variance = Math.scalb(BinRows.variance(row, bin), -2 * FRACTION);
          consumer.accept(
              new Bin(
                  count,
                  Scalar.intensity(stops) * (1 + variance * (LN2 * LN2 / 2)),
                  stops,
                  variance));
        }
      }
    }
  }

  @Override
  void addTo(ExactSum sum) {
    forEach(bin -> sum.add(bin.intensity(), bin.count()));
  }

  @Override
  long zeros() {
    return negativeInfinities();
  }

  @Override
  Range range() {
    return new Range(least, greatest, Double.NaN);
  }

  @Override
  double width() {
    return Scalar.intensity(1.0 / BinRows.BINS) - 1;
  }

  @Override
  double widthStops() {
    return 1.0 / BinRows.BINS;
  }
}
