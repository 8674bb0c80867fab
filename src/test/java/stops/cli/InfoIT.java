package stops.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class InfoIT {
  private static final Path DESK = Path.of("src/main/examples/desk.exr").toAbsolutePath();

  @Test
  void statisticsHaveACommandOfTheirOwn() throws Exception {
    Program.Result result = Program.packaged().run("info", DESK.toString(), "--stats");
    assertEquals(2, result.status(), result.err());
    assertEquals(
        "stops info: there is no option --stats; see stops info --help", result.err().strip());
    Program.Result help = Program.packaged().run("info", "--help");
    assertTrue(help.out().contains("See stops stats"), help.out());
  }
}
