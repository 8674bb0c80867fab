package stops;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Threads that share the real devices, every OpenCL device and the CPU, get the right bits, and
 * memory does not grow. In a JVM of its own, whose heap is touched from the beginning, so that what
 * grows is not garbage.
 */
class SharedDevicesTest {
  private static final long MOST_GROWTH_KIBIBYTES = 64 << 10;

  @Test
  void eightThreadsShareTheDevicesForTenSeconds() throws Exception {
    share(10);
  }

  @Test
  @Tag("exhaustive")
  void eightThreadsShareTheDevicesForAMinute() throws Exception {
    share(60);
  }

  private static void share(long seconds) throws Exception {
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--enable-native-access=ALL-UNNAMED",
            "--add-modules=jdk.incubator.vector",
            "-Xms512m",
            "-Xmx512m",
            "-XX:+AlwaysPreTouch",
            "-Djava.library.path=" + System.getProperty("java.library.path"),
            "-cp",
            System.getProperty("java.class.path"),
            SharedDevicesMain.class.getName(),
            "all",
            String.valueOf(seconds));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertTrue(process.waitFor(3, TimeUnit.MINUTES), output);
    assertEquals(0, process.exitValue(), output);
    System.out.print(output);
    assertTrue(value(output, "engine cpu") > 0, output);
    long growth = value(output, "late") - value(output, "early");
    assertTrue(growth < MOST_GROWTH_KIBIBYTES, () -> "grew by " + growth + " KiB: " + output);
  }

  private static long value(String output, String name) {
    Optional<String> line = output.lines().filter(each -> each.startsWith(name + " ")).findFirst();
    return Long.parseLong(line.orElseThrow().substring(name.length() + 1));
  }
}
