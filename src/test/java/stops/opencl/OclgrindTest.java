package stops.opencl;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import stops.Required;

/** No kernel accesses memory out of bounds, and no two work-items race. */
final class OclgrindTest {
  private static final int CONVERSIONS = 2 * 9 * 2;

  @TempDir Path folder = Path.of("");

  @Test
  void theKernelsPassOclgrind() throws Exception {
    Files.writeString(folder.resolve("oclgrind.icd"), library() + "\n");
    Path log = folder.resolve("log");
    String output =
        ChildJvm.run(
            OclgrindMain.class,
            Map.of(
                "OCL_ICD_VENDORS",
                folder.toString(),
                "OCLGRIND_LOG",
                log.toString(),
                "OCLGRIND_DATA_RACES",
                "1"),
            List.of(),
            folder.resolve("cache").toString());
    assertEquals("right " + (4 * CONVERSIONS) + "\n", output);
    assertEquals("", Files.exists(log) ? Files.readString(log) : "");
  }

  private static Path library() {
    Optional<Path> found =
        Stream.of("/usr/lib/oclgrind", "/usr/lib/x86_64-linux-gnu", "/usr/local/lib")
            .map(place -> Path.of(place, "liboclgrind-rt-icd.so"))
            .filter(Files::exists)
            .findFirst();
    return found.orElseGet(() -> Required.missing("Oclgrind"));
  }
}
