package stops.opencl;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;

/** The kernel's source text, from the class path's {@code /kernels}: its files in order. */
final class KernelSource {
  private static final List<String> FILES =
      List.of(
          "lanes.cl",
          "samples.cl",
          "tally.cl",
          "rounding_fp64.cl",
          "log2_fp64.cl",
          "exp2_fp64.cl",
          "convert.cl");

  private KernelSource() {}

  static String read() {
    StringBuilder text = new StringBuilder();
    for (String file : FILES) {
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
