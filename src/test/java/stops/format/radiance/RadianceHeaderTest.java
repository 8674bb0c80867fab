package stops.format.radiance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import stops.format.Problem;
import stops.image.ImageSource;

/** Headers of a megabyte take the work of a megabyte. */
class RadianceHeaderTest {
  private static final RadianceFormat RADIANCE = new RadianceFormat();

  @TempDir Path folder = Path.of("");

  private Path file(String lines) throws Exception {
    String text =
        "#?RADIANCE\n" + lines + "FORMAT=32-bit_rle_rgbe\n\n-Y 1 +X 1\n\u0001\u0002\u0003\u0080";
    return Files.write(folder.resolve("a.hdr"), text.getBytes(StandardCharsets.ISO_8859_1));
  }

  /** Joined one to the other, the values took 86 GB. */
  @Test
  void manyLinesOfOneNameAreJoinedOnce() throws Exception {
    int lines = 250_000;
    Path file = file("A=1\n".repeat(lines));
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    try (ImageSource source = RADIANCE.open(file)) {
      Map<String, String> attributes = source.info().parts().getFirst().attributes();
      assertEquals("1" + ", 1".repeat(lines - 1), attributes.get("A"));
      assertEquals(1, source.metadata().own().size());
    }
    long bytes = threads.getCurrentThreadAllocatedBytes() - before;
    assertTrue(bytes < 512L << 20, () -> "takes " + bytes);
  }

  /** Tried from every digit on, numbers of this length take hours. */
  @Test
  void longNumbersAreReadOnce() throws Exception {
    String digits = "1".repeat(1_000_000);
    Problem.input("EXPOSURE", () -> RADIANCE.open(file("EXPOSURE=" + digits + "x\n")));
    Problem.input(
        "EXPOSURE", () -> RADIANCE.open(file("EXPOSURE=" + "0".repeat(1_000_000) + "x\n")));
    Path zeros = file("EXPOSURE=1 " + "0".repeat(1_000_000) + "x\n");
    try (ImageSource source = RADIANCE.open(zeros)) {
      assertEquals(0, source.notes().size());
    }
  }
}
