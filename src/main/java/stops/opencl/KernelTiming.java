package stops.opencl;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * The speed of a kernel on samples that are on the device.
 *
 * @param choice the kernel
 * @param copyShare its speed as a share of the speed of a copy of the same bytes, above 0
 */
record KernelTiming(KernelChoice choice, double copyShare) {

  KernelTiming {
    if (!(copyShare > 0 && copyShare < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("no share: " + copyShare);
    }
  }

  /**
   * Timings for people, the choice first: {@code float32 pairs (16 x 255 x 1) at 0.62 of a copy,
   * integer arithmetic at 0.05}.
   */
  static String text(List<KernelTiming> timings) {
    KernelTiming best = timings.getFirst();
    StringBuilder text =
        new StringBuilder(
            String.format(Locale.ROOT, "%s at %.2f of a copy", best.choice.text(), best.copyShare));
    Set<Arithmetic> named = EnumSet.of(best.choice.arithmetic());
    for (KernelTiming timing : timings) {
      if (named.add(timing.choice.arithmetic())) {
        text.append(
            String.format(
                Locale.ROOT,
                ", %s at %.2f",
                timing.choice.arithmetic().description(),
                timing.copyShare));
      }
    }
    return text.toString();
  }

  /** The timing on one line, as {@link #read} takes it. */
  String line() {
    Variant.Shape shape = choice.shape();
    return String.format(
        Locale.ROOT,
        "%s %d %d %d %.4g",
        choice.arithmetic(),
        shape.vectorSamples(),
        shape.steps(),
        shape.localItems(),
        copyShare);
  }

  /** The timing of a {@link #line}; empty if it is none. */
  static Optional<KernelTiming> read(String line) {
    List<String> words = Arrays.asList(line.split(" ", -1));
    try {
      if (words.size() != 5) {
        return Optional.empty();
      }
      Variant.Shape shape =
          new Variant.Shape(
              Integer.parseInt(words.get(1)),
              Integer.parseInt(words.get(2)),
              Integer.parseInt(words.get(3)));
      return Optional.of(
          new KernelTiming(
              new KernelChoice(Arithmetic.valueOf(words.get(0)), shape),
              Double.parseDouble(words.get(4))));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
