package stops.opencl;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import stops.opencl.api.OpenClDevice;

/** What a kernel computes with. The bits of its results do not depend on it. */
public enum Arithmetic {
  /** Double precision, on devices that have it. */
  FP64("double precision"),

  /**
   * Sums of two float32, and integers for the few samples for which these are not exact enough.
   * With float64 samples or a gain, integers for all.
   */
  PAIRS("float32 pairs"),

  /** Integers of 32 and 64 bits. */
  INTEGER("integer arithmetic");

  private final String description;

  Arithmetic(String description) {
    this.description = description;
  }

  /** The name that users read. */
  public String description() {
    return description;
  }

  /** Whether {@code device} has this arithmetic. */
  boolean isOn(OpenClDevice device) {
    return this != FP64 || device.fp64();
  }

  /**
   * Whether {@code device} should rather compute otherwise. Of the devices on CPUs without double
   * precision, Mesa's llvmpipe computes each fused multiply-add in software: pairs take 15 times as
   * long as integers.
   */
  boolean isLastResortOn(OpenClDevice device) {
    return this == PAIRS && device.type() == OpenClDevice.Type.CPU && !device.fp64();
  }

  /**
   * The arithmetic with the name {@code name}, in lower case.
   *
   * @throws IllegalArgumentException if there is none; the message lists the names
   */
  public static Arithmetic named(String name) {
    return Arrays.stream(values())
        .filter(each -> each.lowerCase().equals(name))
        .findFirst()
        .orElseThrow(() ->
            new IllegalArgumentException(
                String.format(
                    Locale.ROOT,
                    "%s is none of the arithmetics %s",
                    name.isEmpty() ? "\"\"" : name,
                    Arrays.stream(values())
                        .map(Arithmetic::lowerCase)
                        .collect(Collectors.joining(", ")))));
  }

  private String lowerCase() {
    return name().toLowerCase(Locale.ROOT);
  }
}
