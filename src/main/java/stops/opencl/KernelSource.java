package stops.opencl;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads the conversion kernel's source from {@code /kernels} on the class path. {@code lanes.cl}
 * lists its files and their order.
 */
public final class KernelSource {
  private static final List<String> INTEGER =
      List.of("rounding_integer.cl", "log2_integer.cl", "exp2_integer.cl", "convert_integer.cl");

  private KernelSource() {}

  /** The source of the kernels that compute with {@code arithmetic}. */
  public static String read(Arithmetic arithmetic) {
    List<String> files = new ArrayList<>();
    switch (arithmetic) {
      case FP64 ->
          files.addAll(
              List.of("rounding_fp64.cl", "log2_fp64.cl", "exp2_fp64.cl", "double_native.cl"));
      case PAIRS -> {
        files.addAll(INTEGER);
        files.addAll(
            List.of("rounding_pairs.cl", "log2_pairs.cl", "exp2_pairs.cl", "double_integer.cl"));
      }
      case INTEGER -> {
        files.addAll(INTEGER);
        files.add("double_integer.cl");
      }
    }
    files.addAll(List.of("rounding_wide.cl", "log2_wide.cl", "exp2_wide.cl", "convert_wide.cl"));
    return read(List.of("lanes.cl", "samples.cl", "sums.cl", "tally.cl"))
        + "#if !ADJUST\n"
        + read(files)
        + "#endif\n"
        + read(List.of("adjust.cl", "convert.cl"));
  }

  /** The source of the kernel that calls the device's built-in functions. */
  static String builtin() {
    return read(List.of("builtin.cl"));
  }

  /** The text of {@code files}, one after another. */
  static String read(List<String> files) {
    StringBuilder text = new StringBuilder();
    for (String file : files) {
      try (InputStream stream = KernelSource.class.getResourceAsStream("/kernels/" + file)) {
        if (stream == null) {
          throw new IllegalStateException("/kernels/" + file + " is missing from the class path");
        }
        text.append(new String(stream.readAllBytes(), UTF_8)).append('\n');
      } catch (IOException e) {
        throw new UncheckedIOException("/kernels/" + file + " cannot be read", e);
      }
    }
    return text.toString();
  }
}
