package stops.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import stops.bench.BenchReport;
import stops.bench.BenchRow;
import stops.bench.Machine;
import stops.bench.Measure;
import stops.bench.ReportFile;
import stops.bench.Timing;
import stops.cli.syntax.Arguments;
import stops.cli.terminal.ExitStatus;
import stops.cli.terminal.UsageException;
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

  private static int status(BenchReport report, @Nullable BenchReport before) {
    return BenchCommand.finish(report, before, 10, false);
  }

  @Test
  void aFailedRowIsExitStatusOne() {
    assertEquals(ExitStatus.DONE, status(report(good(1)), null));
    assertEquals(ExitStatus.DATA, status(report(WRONG), null));
  }

  @Test
  void slowerThanTheToleranceIsExitStatusOne() {
    assertEquals(ExitStatus.DONE, status(report(good(1.05)), report(good(1))));
    assertEquals(ExitStatus.DATA, status(report(good(1.5)), report(good(1))));
  }

  private static Arguments arguments(String... words) throws UsageException {
    return Arguments.parse(new BenchCommand().syntax(), words, word -> false);
  }

  @Test
  void anOutputThatCannotBeWrittenIsNamedBeforeAnythingIsMeasured(@TempDir Path folder) {
    String absent = folder.resolve("absent").resolve("bench.json").toString();
    ImageException problem =
        assertThrows(ImageException.class, () -> BenchOutputs.of(arguments("--json", absent)));
    assertEquals(ImageException.Side.OUTPUT, problem.side());
    assertTrue(String.valueOf(problem.getMessage()).contains(absent), problem.getMessage());
  }

  @Test
  void resultsAreWrittenAtOnceOrNotAtAll(@TempDir Path folder) throws Exception {
    Path json = folder.resolve("bench.json");
    Path csv = folder.resolve("bench.csv");
    Files.writeString(json, "old");
    try (BenchOutputs outputs = BenchOutputs.of(arguments("--json=" + json, "--csv", "" + csv))) {
      assertEquals("old", Files.readString(json));
    }
    assertEquals("old", Files.readString(json));
    try (BenchOutputs outputs = BenchOutputs.of(arguments("--json=" + json, "--csv", "" + csv))) {
      outputs.write(report(good(1)));
    }
    assertEquals(ReportFile.json(report(good(1))), Files.readString(json));
    assertEquals(ReportFile.csv(report(good(1))), Files.readString(csv));
    try (var files = Files.list(folder)) {
      assertEquals(2, files.count());
    }
  }
}
