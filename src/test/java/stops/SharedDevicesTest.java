package stops;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * Threads that share the real devices, every OpenCL device and the CPU, get the right bits, and
 * memory does not grow. The test runs in a JVM of its own. Its whole heap is touched at the start,
 * so that garbage does not look like growth.
 */
class SharedDevicesTest {
  /** The process may grow by less than this fraction, 1/16, of the converted memory. */
  private static final int MOST_KEPT = 16;

  @Test
  void eightThreadsShareTheDevices() throws Exception {
    share(12);
  }

  @Exhaustive
  @Test
  void eightThreadsShareTheDevicesForLong() throws Exception {
    share(Math.max(24, 240 / Integer.getInteger("stops.every", 1)));
  }

  private static void share(int rounds) throws Exception {
    List<String> flags =
        List.of(
            "--enable-native-access=ALL-UNNAMED",
            "--add-modules=jdk.incubator.vector",
            "-Xms512m",
            "-Xmx512m",
            "-XX:+AlwaysPreTouch",
            "-Djava.library.path=" + System.getProperty("java.library.path"));
    String output = Command.java(flags, SharedDevicesMain.class, "all", rounds + "").output();
    long growth = value(output, "late") - value(output, "early");
    long most = value(output, "converted") / MOST_KEPT;
    assertTrue(
        growth < most,
        () -> String.format(Locale.ROOT, "grew by %d KiB, more than %d: %s", growth, most, output));
  }

  private static long value(String output, String name) {
    Optional<String> line = output.lines().filter(each -> each.startsWith(name + " ")).findFirst();
    return Long.parseLong(line.orElseThrow().substring(name.length() + 1));
  }
}
