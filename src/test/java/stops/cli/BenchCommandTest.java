package stops.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import stops.bench.BenchReport;
import stops.bench.BenchRow;
import stops.bench.Machine;
import stops.bench.Measure;
import stops.bench.Timing;
import stops.image.ImageException;

class BenchCommandTest {

  private static BenchReport report(BenchRow row) {
    return new BenchReport(
        1,
        "2026-01-01T00:00:00Z",
        1,
        new Machine("1", null, "os", "arch", "cpu", 2, "jdk"),
        List.of(),
        List.of(row),
        List.of(),
        List.of());
  }

  private static BenchRow good(double seconds) {
    Timing timing = new Timing(5, seconds, seconds, seconds, seconds);
    return new BenchRow(
        "cpu", "CPU", Measure.HOST_TO_HOST, "", 0, 0, timing, null, null, null, null, null, null);
  }

  private static final BenchRow WRONG =
      new BenchRow(
          "0:0",
          "GPU",
          Measure.KERNEL,
          "",
          0,
          0,
          null,
          null,
          null,
          null,
          null,
          null,
          "wrong result");

  private static BenchCommand quiet() {
    BenchCommand command = new BenchCommand();
    command.quiet = true;
    return command;
  }

  @Test
  void aFailedRowIsExitStatusOne() throws Exception {
    assertEquals(ExitStatus.DONE, quiet().finish(report(good(1)), null));
    assertEquals(ExitStatus.DATA, quiet().finish(report(WRONG), null));
  }

  @Test
  void slowerThanTheToleranceIsExitStatusOne() throws Exception {
    assertEquals(ExitStatus.DONE, quiet().finish(report(good(1.05)), report(good(1))));
    assertEquals(ExitStatus.DATA, quiet().finish(report(good(1.5)), report(good(1))));
  }

  @Test
  void anOutputThatCannotBeWrittenIsNamedAsOne(@TempDir Path folder) {
    BenchCommand command = quiet();
    command.json = folder.resolve("absent").resolve("bench.json");
    ImageException problem =
        assertThrows(ImageException.class, () -> command.finish(report(good(1)), null));
    assertEquals(ImageException.Side.OUTPUT, problem.side());
    assertTrue(String.valueOf(problem.getMessage()).contains("no such file or folder"));
  }
}
