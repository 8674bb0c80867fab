package stops.opencl;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import stops.opencl.api.OpenClDevice;

/**
 * A choice of kernel for a conversion.
 *
 * @param arithmetic what it computes with
 * @param shape how it spreads samples over work-items; doubles in software have shorter vectors
 */
record KernelChoice(Arithmetic arithmetic, Variant.Shape shape) {
  /** Samples in a vector of pairs for Mesa's llvmpipe, which takes long to compile longer ones. */
  private static final int LLVMPIPE_SAMPLES = 2;

  /** Work-items in a work-group, if the device allows so many. */
  private static final int LOCAL_ITEMS = 128;

  /** The choice for {@code device} as long as nothing was measured. */
  static KernelChoice preferred(OpenClDevice device, Arithmetic arithmetic) {
    KernelChoice usual = preferred(device.type(), device.maxWorkGroupItems(), arithmetic);
    Variant.Shape shape = usual.shape();
    return arithmetic.isLastResortOn(device)
        ? new KernelChoice(
            arithmetic, new Variant.Shape(LLVMPIPE_SAMPLES, shape.steps(), shape.localItems()))
        : usual;
  }

  /**
   * The choice for a kind of device as long as nothing was measured. On a CPU, 16 float32 or 8
   * float64 fill the largest registers.
   *
   * @param maxWorkGroupItems the most work-items in a work-group
   */
  static KernelChoice preferred(
      OpenClDevice.Type type, long maxWorkGroupItems, Arithmetic arithmetic) {
    return new KernelChoice(
        arithmetic,
        type == OpenClDevice.Type.CPU
            ? new Variant.Shape(arithmetic == Arithmetic.PAIRS ? 16 : 8, 255, 1)
            : new Variant.Shape(
                4, 8, (int) Long.highestOneBit(Math.clamp(maxWorkGroupItems, 1, LOCAL_ITEMS))));
  }

  /** This choice with vectors of other lengths. */
  List<KernelChoice> withOtherVectors() {
    return others(
        2,
        16,
        shape.vectorSamples(),
        vector -> new Variant.Shape(vector, shape.steps(), shape.localItems()));
  }

  /** This choice with other numbers of vectors for a work-item. */
  List<KernelChoice> withOtherSteps() {
    return others(
        1,
        255,
        shape.steps(),
        steps -> new Variant.Shape(shape.vectorSamples(), steps, shape.localItems()));
  }

  /** This choice with work-groups of other sizes, at most {@code most}. */
  List<KernelChoice> withOtherGroups(long most) {
    return shape.localItems() == 1
        ? List.of()
        : others(
            32,
            (int) Math.min(most, 1024),
            shape.localItems(),
            items -> new Variant.Shape(shape.vectorSamples(), shape.steps(), items));
  }

  @FunctionalInterface
  private interface Change {
    Variant.Shape to(int value);
  }

  /** The choices with half and twice the present value, as far as these are within limits. */
  private List<KernelChoice> others(int least, int most, int present, Change change) {
    List<KernelChoice> others = new ArrayList<>();
    IntStream.of(present / 2, present * 2)
        .filter(value -> value >= least && value <= most)
        .forEach(value -> others.add(new KernelChoice(arithmetic, change.to(value))));
    return others;
  }

  /** The choice on one line, for people. */
  String text() {
    return String.format(
        Locale.ROOT,
        "%s (%d x %d x %d)",
        arithmetic.description(),
        shape.vectorSamples(),
        shape.steps(),
        shape.localItems());
  }
}
