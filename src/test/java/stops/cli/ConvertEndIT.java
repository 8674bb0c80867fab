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
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A conversion that ends too early: whatever ends it, the output is the old or the new file. */
@Timeout(300)
class ConvertEndIT {
  private static final int KILLS = 50;
  private static final int SAMPLES = 32 << 20;
  private static final String OLD = "the old file";

  /** The least of the kills that have to come while the new file is being written. */
  private static final int KILLS_IN_THE_MIDDLE = 10;

  private static final long LARGE_BYTES = 3L << 30;
  private static final long SOON_SECONDS = 10;

  @TempDir Path folder = Path.of("");

  @Test
  void killedAtAnyMomentTheOutputIsTheOldOrTheNewFileAndTheNextRunCleansUp() throws Exception {
    Path source = light();
    Path expected = folder.resolve("expected.raw");
    Path target = folder.resolve("target.raw");
    Path output = Files.createTempFile("stops", ".out");
    long start = System.nanoTime();
    assertEquals(0, convert(source, expected, output).waitFor(), Files.readString(output));
    long wholeNanos = System.nanoTime() - start;
    Random random = new Random();
    int middle = 0;
    int complete = 0;
    for (int kill = 0; kill < KILLS; kill++) {
      Files.writeString(target, OLD);
      Process process = convert(source, target, output);
      boolean ended =
          process.waitFor((long) (wholeNanos * random.nextDouble(1.1)), TimeUnit.NANOSECONDS);
      process.destroyForcibly().waitFor();
      if (Files.size(target) == OLD.length()) {
        assertEquals(OLD, Files.readString(target));
      } else {
        assertEquals(-1, Files.mismatch(expected, target), "neither the old nor the new file");
        complete++;
      }
      List<Path> left = temporaryFiles();
      assertTrue(left.size() <= 1, () -> "the run before left " + left);
      middle += !ended && left.size() == 1 ? 1 : 0;
    }
    assertEquals(0, convert(source, target, output).waitFor(), Files.readString(output));
    assertEquals(-1, Files.mismatch(expected, target));
    assertEquals(List.of(), temporaryFiles());
    System.out.printf(
        "%d kills: %d while the new file was written, %d after it was complete, the rest before%n",
        KILLS, middle, complete);
    assertTrue(middle >= KILLS_IN_THE_MIDDLE, middle + " kills came while the file was written");
    Files.delete(output);
  }

  @Test
  void interruptedItStopsSoonAndLeavesNothing() throws Exception {
    Path source = folder.resolve("large.raw");
    try (RandomAccessFile file = new RandomAccessFile(source.toFile(), "rw")) {
      file.setLength(LARGE_BYTES);
    }
    for (String device : List.of("cpu", "all")) {
      Path target = Files.writeString(folder.resolve("target.raw"), OLD);
      Path output = Files.createTempFile("stops", ".out");
      Process process = convert(source, target, output, "--device", device);
      long written = 0;
      while (process.isAlive() && written < LARGE_BYTES / 16) {
        Thread.sleep(1);
        written = temporaryFiles().stream().mapToLong(ConvertEndIT::size).sum();
      }
      long start = System.nanoTime();
      new ProcessBuilder("kill", "-INT", String.valueOf(process.pid())).start().waitFor();
      assertTrue(process.waitFor(SOON_SECONDS, TimeUnit.SECONDS), "still runs");
      System.out.printf(
          "--device %s: ended %.2f s after SIGINT%n", device, (System.nanoTime() - start) * 1e-9);
      assertEquals(ExitStatus.INTERRUPTED, process.exitValue(), Files.readString(output));
      assertEquals(OLD, Files.readString(target));
      assertEquals(List.of(), temporaryFiles());
      assertEquals(
          "stops convert: interrupted; nothing was written", Files.readString(output).strip());
      Files.delete(output);
    }
  }

  /** A program that does not ignore SIGINT, even if this one does. */
  private Process convert(Path source, Path target, Path output, String... options)
      throws IOException {
    Stream<String> arguments =
        Stream.of(
            "--default-signal=INT",
            Program.distribution().resolve("bin/stops").toString(),
            "convert",
            source.toString(),
            target.toString(),
            "--to=exposure",
            "--raw=f32",
            "--quiet");
    return Program.at(Path.of("/usr/bin/env"))
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

  private static long size(Path file) {
    return file.toFile().length();
  }
}
