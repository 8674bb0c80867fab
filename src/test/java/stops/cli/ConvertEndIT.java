package stops.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import stops.Await;
import stops.cli.terminal.ExitStatus;

/** A conversion that ends too early: whatever ends it, the output is the old or the new file. */
class ConvertEndIT {
  private static final int SAMPLES = 32 << 20;
  private static final String OLD = "the old file";

  /** How much of the new file is written when it is killed, in sixteenths. */
  private static final int[] MOMENTS = {0, 1, 2, 4, 8, 12, 15};

  private static final long LARGE_BYTES = 3L << 30;

  @TempDir Path folder = Path.of("");

  @Test
  void killedAtAnyMomentTheOutputIsTheOldOrTheNewFileAndTheNextRunCleansUp() throws Exception {
    Path source = light();
    Path expected = folder.resolve("expected.raw");
    Path target = Files.writeString(folder.resolve("target.raw"), OLD);
    Path output = Files.createTempFile("stops", ".out");
    assertEquals(0, Await.end(convert(source, expected, output)), Files.readString(output));
    kill(convert(source, target, output), expected, target);
    for (int moment : MOMENTS) {
      long bytes = Files.size(expected) * moment / 16;
      boolean inTheMiddle = false;
      while (!inTheMiddle) {
        List<Path> before = temporaryFiles();
        Process process = convert(source, target, output);
        Await.until(
            "so much is written, or all",
            () ->
                !process.isAlive()
                    || temporaryFiles().stream()
                        .anyMatch(file -> !before.contains(file) && size(file) >= bytes));
        Signals.send("STOP", process);
        // What does not move is seen as it is, however long looking takes.
        inTheMiddle = process.isAlive() && !before.containsAll(temporaryFiles());
        kill(process, expected, target);
      }
    }
    assertEquals(0, Await.end(convert(source, target, output)), Files.readString(output));
    assertEquals(-1, Files.mismatch(expected, target));
    assertEquals(List.of(), temporaryFiles());
    Files.delete(output);
  }

  private void kill(Process process, Path expected, Path target) throws Exception {
    process.destroyForcibly();
    int unused = Await.end(process);
    if (!Files.exists(target) || Files.mismatch(expected, target) != -1) {
      assertEquals(OLD, Files.readString(target), "neither the old nor the new file");
    }
    Files.writeString(target, OLD);
    List<Path> left = temporaryFiles();
    assertTrue(left.size() <= 1, () -> "the run before left " + left);
  }

  @Test
  void interruptedItStopsAndLeavesNothing() throws Exception {
    Path source = folder.resolve("large.raw");
    try (RandomAccessFile file = new RandomAccessFile(source.toFile(), "rw")) {
      file.setLength(LARGE_BYTES);
    }
    for (String device : List.of("cpu", "all")) {
      Path target = Files.writeString(folder.resolve("target.raw"), OLD);
      Path output = Files.createTempFile("stops", ".out");
      Process process = convert(source, target, output, "--device", device);
      Await.until("it is at work", () -> !process.isAlive() || written() >= LARGE_BYTES / 16);
      Signals.send("STOP", process);
      assertEquals(1, temporaryFiles().size(), "it was done too early");
      Signals.send("INT", process);
      Signals.send("CONT", process);
      assertEquals(ExitStatus.INTERRUPTED, Await.end(process), Files.readString(output));
      assertEquals(OLD, Files.readString(target));
      assertEquals(List.of(), temporaryFiles());
      assertEquals(
          "stops convert: interrupted; nothing was written", Files.readString(output).strip());
      Files.delete(output);
    }
  }

  private Process convert(Path source, Path target, Path output, String... options)
      throws IOException {
    Stream<String> arguments =
        Stream.of(
            "convert",
            source.toString(),
            target.toString(),
            "--to=exposure",
            "--raw=f32",
            "--quiet");
    return Program.packaged()
        .interruptible()
        .start(output, Stream.concat(arguments, Stream.of(options)).toArray(String[]::new));
  }

  private Path light() throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(4 * SAMPLES).order(ByteOrder.LITTLE_ENDIAN);
    Random random = new Random(1);
    for (int i = 0; i < SAMPLES; i++) {
      bytes.putFloat(4 * i, random.nextFloat());
    }
    return Files.write(folder.resolve("source.raw"), bytes.array());
  }

  private List<Path> temporaryFiles() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.getFileName().toString().endsWith(".tmp")).toList();
    }
  }

  private long written() throws IOException {
    return temporaryFiles().stream().mapToLong(ConvertEndIT::size).sum();
  }

  private static long size(Path file) {
    return file.toFile().length();
  }
}
