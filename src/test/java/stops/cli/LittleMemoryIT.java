package stops.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Java may have less memory than a command needs: it then says so in one line. */
class LittleMemoryIT {
  private static final Path DESK = Path.of("src/main/examples/desk.exr").toAbsolutePath();

  @TempDir Path folder = Path.of("");
  private Shell shell = new Shell(folder);

  @BeforeEach
  void shell() {
    shell = new Shell(folder);
  }

  private static void check(Program.Result result) {
    String all = result.toString();
    assertFalse(all.contains("\tat ") || all.contains("unexpectedly"), all);
    assertFalse(all.contains("Exception"), all);
    assertEquals(1, result.err().lines().count(), all);
    assertTrue(result.err().startsWith("stops"), all);
    assertTrue(result.err().contains("STOPS_JAVA_OPTS=-Xmx4g"), all);
    assertEquals(3, result.status(), all);
  }

  @Test
  void aLineOfNumbersThatNeverEnds() throws Exception {
    check(
        shell.run(
            "head -c 200000000 /dev/zero | tr '\\0' 1 | STOPS_JAVA_OPTS=-Xmx32m \"$0\" exposure"));
  }

  /** An EXR file whose only attribute that is not required has 40 MB. */
  @ParameterizedTest
  @ValueSource(strings = {"info in.exr", "convert in.exr out.exr --to exposure --device cpu"})
  void anAttributeLargerThanTheMemory(String command) throws Exception {
    byte[] desk = Files.readAllBytes(DESK);
    try (RandomAccessFile file = new RandomAccessFile(folder.resolve("in.exr").toFile(), "rw")) {
      file.write(desk, 0, 8);
      file.write("comments\0string\0".getBytes(StandardCharsets.US_ASCII));
      ByteBuffer size = ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN);
      file.write(size.putInt(40_000_000).array());
      file.seek(file.getFilePointer() + 40_000_000);
      file.write(desk, 8, desk.length - 8);
    }
    check(shell.run("STOPS_JAVA_OPTS=-Xmx40m \"$0\" " + command));
    assertFalse(Files.exists(folder.resolve("out.exr")));
  }

  /** Whatever each command needs at least: it succeeds, or it says in one line that it cannot. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "stats desk.exr",
        "convert desk.exr out.exr --to exposure --device cpu",
        "convert desk.exr desk2.exr . --to exposure --device cpu",
        "verify --device cpu",
        "bench --quick --device cpu --max-time 1",
        "devices",
      })
  void noCommandPrintsATrace(String command) throws Exception {
    Files.copy(DESK, folder.resolve("desk.exr"));
    Files.copy(DESK, folder.resolve("desk2.exr"));
    for (String heap : new String[] {"4m", "6m", "8m", "12m", "20m"}) {
      Program.Result result = shell.run("STOPS_JAVA_OPTS=-Xmx" + heap + " \"$0\" " + command);
      String all = heap + ": " + result;
      assertFalse(all.contains("\tat ") || all.contains("unexpectedly"), all);
      assertFalse(all.contains("Exception in thread"), all);
      assertFalse(result.status() == 1 || result.status() > 5, all);
    }
  }
}
