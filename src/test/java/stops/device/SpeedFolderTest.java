package stops.device;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import stops.cache.PrivateFolder;

class SpeedFolderTest {
  private static final EngineSpeed SPEED = new EngineSpeed(1.25e-4, 3e-10);

  @TempDir private Path folder = Path.of("");

  private SpeedFolder speeds() {
    return new SpeedFolder(new PrivateFolder(folder.resolve("stops")));
  }

  @Test
  void remembersASpeedUnderItsKey() {
    speeds().put("a", SPEED);
    assertEquals(Optional.of(SPEED), speeds().get("a"));
    assertEquals(Optional.empty(), speeds().get("b"));
  }

  @Test
  void ignoresAFileThatIsDamagedOrForAnotherKey() throws IOException {
    speeds().put("a", SPEED);
    Path file;
    try (Stream<Path> files = Files.walk(folder)) {
      file = files.filter(Files::isRegularFile).findFirst().orElseThrow();
    }
    for (String damaged :
        List.of("", "a\n1\n", "a\n0\nx\n", "a\n0\n-1\n", "a\n0\nNaN\n", "b\n0\n1\n")) {
      Files.writeString(file, damaged);
      assertEquals(Optional.empty(), speeds().get("a"), damaged);
    }
  }
}
