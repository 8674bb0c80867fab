package stops.opencl;

import java.util.Locale;
import stops.engine.Conversion;
import stops.engine.Direction;
import stops.engine.SampleType;

/**
 * One build of the kernel: the parameters that are fixed at compile time.
 *
 * @param direction the map
 * @param source type of the samples read
 * @param target type of the samples written
 * @param arithmetic what it computes with
 * @param gain whether it applies a gain
 * @param oneChannel whether there is only one channel
 * @param aligned whether both buffers are aligned to whole vectors
 * @param checked whether it computes sums of the samples read and written
 * @param shape the distribution of samples over work-items
 */
record Variant(
    Direction direction,
    SampleType source,
    SampleType target,
    Arithmetic arithmetic,
    boolean gain,
    boolean oneChannel,
    boolean aligned,
    boolean checked,
    Shape shape) {
  /** The most samples in a vector where doubles are computed in software. */
  private static final int SOFTWARE_SAMPLES = 4;

  /**
   * The distribution of samples over work-items.
   *
   * @param vectorSamples samples in a vector: 2, 4, 8 or 16
   * @param steps vectors that a work-item converts, 1 to 255
   * @param localItems work-items in a work-group, a power of 2 up to 1024
   */
  record Shape(int vectorSamples, int steps, int localItems) {

    Shape {
      if (!isPowerOf2(vectorSamples, 2, 16)
          || steps < 1
          || steps > 255
          || !isPowerOf2(localItems, 1, 1024)) {
        throw new IllegalArgumentException(
            String.format(Locale.ROOT, "no shape: %d x %d x %d", vectorSamples, steps, localItems));
      }
    }

    private static boolean isPowerOf2(int value, int least, int most) {
      return value >= least && value <= most && Integer.bitCount(value) == 1;
    }

    /** The number of work-items for {@code samples} samples, a multiple of {@code localItems}. */
    long globalItems(long samples) {
      long groupSamples = (long) vectorSamples * steps * localItems;
      return Math.ceilDiv(samples, groupSamples) * localItems;
    }
  }

  /**
   * The build for a conversion. Doubles in software are computed one by one, and a compiler may
   * repeat their code for each of a vector, so that their vectors are short.
   *
   * @param choice the kernel, with the distribution for other builds
   */
  static Variant of(
      Conversion conversion,
      KernelChoice choice,
      boolean oneChannel,
      boolean aligned,
      boolean checked) {
    Arithmetic arithmetic = choice.arithmetic();
    Shape shape = choice.shape();
    ConversionKind kind = ConversionKind.of(conversion);
    boolean software =
        kind.isWide()
            ? arithmetic != Arithmetic.FP64
            : conversion.direction().adjusts() && kind.hasFloat64();
    int most = software ? SOFTWARE_SAMPLES : shape.vectorSamples();
    return new Variant(
        conversion.direction(),
        conversion.source(),
        conversion.target(),
        arithmetic,
        conversion.hasGain(),
        oneChannel,
        aligned,
        checked,
        new Shape(Math.min(shape.vectorSamples(), most), shape.steps(), shape.localItems()));
  }

  /** The compiler options. */
  String options() {
    return String.format(
            Locale.ROOT,
            "-cl-std=CL1.2 -DSOURCE=%d -DTARGET=%d -DTO_EXPOSURE=%d -DHAS_FP64=%d -DPAIRS=%d",
            source.bytes() * 8,
            target.bytes() * 8,
            direction == Direction.TO_EXPOSURE ? 1 : 0,
            arithmetic == Arithmetic.FP64 ? 1 : 0,
            arithmetic == Arithmetic.PAIRS ? 1 : 0)
        + String.format(
            Locale.ROOT,
            " -DADJUST=%d -DSHIFT=%d -DGAIN=%d -DCHANNELS_ONE=%d -DALIGNED=%d -DCHECKED=%d -DLANES=%d -DSTEPS=%d",
            direction.adjusts() ? 1 : 0,
            direction == Direction.SHIFT ? 1 : 0,
            gain ? 1 : 0,
            oneChannel ? 1 : 0,
            aligned ? 1 : 0,
            checked ? 1 : 0,
            shape.vectorSamples(),
            shape.steps());
  }
}
