package stops.format;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import stops.engine.SampleType;
import stops.exr.InOrder;
import stops.format.npy.NpyFormat;
import stops.image.Domain;
import stops.image.ImageException;
import stops.image.ImageSource;
import stops.image.ImageTarget;
import stops.image.Plane;
import stops.image.Strip;
import stops.image.TargetLayout;

/**
 * Reads and writes a picture of 4096 by 2160 pixels of R, G, B in float32, strip by strip on all
 * cores. Reading includes a copy of the samples, because some formats only map their file. Writing
 * includes a copy too, and ends before the file is synced to the disk.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 4, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class FormatsBenchmark {
  private static final int WIDTH = 4096;
  private static final int HEIGHT = 2160;
  private static final int CHANNELS = 3;

  @Param({"exr", "hdr", "npy", "pfm", "tif"})
  public String extension = "npy";

  private Path folder = Path.of("");
  private Path samples = Path.of("");
  private Path file = Path.of("");

  /** Makes the file from an NPY file. */
  @Setup
  public void makeFiles() throws IOException, ImageException {
    folder = Files.createTempDirectory("formats");
    samples = Files.write(folder.resolve("samples.npy"), npy());
    file = folder.resolve("picture." + extension);
    try (ImageSource source = Formats.open(samples);
        ImageTarget target = target(file, source)) {
      copy(source, target);
      target.commit();
    }
  }

  /** An NPY file of light as in a scene, with a little noise. */
  private static byte[] npy() {
    String array =
        String.format(
            Locale.ROOT,
            "{'descr': '<f4', 'fortran_order': False, 'shape': (%d, %d, %d), }",
            HEIGHT,
            WIDTH,
            CHANNELS);
    byte[] header =
        String.format(Locale.ROOT, "\u0093NUMPY\1\0%c\0%-117s\n", 118, array)
            .getBytes(StandardCharsets.ISO_8859_1);
    long count = (long) WIDTH * HEIGHT * CHANNELS;
    byte[] all = new byte[Math.toIntExact(header.length + count * Float.BYTES)];
    System.arraycopy(header, 0, all, 0, header.length);
    MemorySegment bytes = MemorySegment.ofArray(all).asSlice(header.length);
    SplittableRandom random = new SplittableRandom(1);
    for (long i = 0; i < count; i++) {
      double light = Math.exp(3 * Math.sin(i * 1e-3) + 2 * Math.sin(i * 1e-6));
      bytes.set(
          ValueLayout.JAVA_FLOAT_UNALIGNED,
          i * Float.BYTES,
          (float) (light * (1 + 0.01 * random.nextDouble())));
    }
    return all;
  }

  @Benchmark
  public long read() throws ImageException {
    try (ImageSource source = Formats.open(file)) {
      return IntStream.range(0, source.strips()).parallel().mapToLong(i -> read(source, i)).sum();
    }
  }

  private static long read(ImageSource source, int index) {
    try (Arena arena = Arena.ofConfined()) {
      long sum = 0;
      for (Plane plane : source.read(index, arena).planes()) {
        MemorySegment copy = arena.allocate(plane.samples().byteSize());
        sum += copy.copyFrom(plane.samples()).get(ValueLayout.JAVA_BYTE, 0);
      }
      return sum;
    } catch (ImageException e) {
      throw new IllegalStateException(e);
    }
  }

  @Benchmark
  public Path write() throws ImageException {
    Path written = folder.resolve("written." + extension);
    try (ImageSource source = Formats.open(samples);
        ImageTarget target = target(written, source)) {
      copy(source, target);
    }
    return written;
  }

  private static ImageTarget target(Path path, ImageSource source) throws ImageException {
    List<SampleType> types =
        source.info().parts().getFirst().channels().stream()
            .map(channel -> SampleType.FLOAT32)
            .toList();
    TargetLayout layout = new TargetLayout(Domain.INTENSITY, List.of(types), Map.of(), 0);
    return Formats.forTarget(path, new NpyFormat()).create(path, source, layout);
  }

  private static void copy(ImageSource source, ImageTarget target) {
    InOrder.forEach(source.strips(), index -> copy(source, target, index));
  }

  private static void copy(ImageSource source, ImageTarget target, int index) {
    try (Arena arena = Arena.ofConfined()) {
      Strip from = source.read(index, arena);
      Strip to = target.prepare(from, arena);
      for (int i = 0; i < from.planes().size(); i++) {
        to.planes().get(i).samples().copyFrom(from.planes().get(i).samples());
      }
      target.write(to);
    } catch (ImageException e) {
      throw new IllegalStateException(e);
    }
  }

  @TearDown
  public void delete() throws IOException {
    Files.deleteIfExists(samples);
    Files.deleteIfExists(file);
    Files.deleteIfExists(folder);
  }
}
