package stops.exr;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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
import stops.exr.codec.Compression;
import stops.exr.codec.ExrException;

/**
 * Decodes a picture of 4096 by 2160 pixels of four halves, from memory, on all cores. If Stops does
 * not write a compression, oiiotool makes the file and must be installed.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 4, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class ExrReaderBenchmark {
  @Param({"NONE", "RLE", "ZIPS", "ZIP", "PIZ", "PXR24", "B44", "B44A", "DWAA", "DWAB"})
  public Compression compression = Compression.ZIP;

  private byte[] file = new byte[0];

  /** Makes the file. */
  @Setup
  public void makeFile() throws Exception {
    LargePicture picture = new LargePicture(compression.writable() ? compression : Compression.ZIP);
    Path made = picture.write();
    Path path =
        compression.writable()
            ? made
            : OpenExrTools.recompress(List.of(made), "packed-" + compression, compression)
                .getFirst();
    file = Files.readAllBytes(path);
    Files.deleteIfExists(path);
    Files.deleteIfExists(made);
  }

  @Benchmark
  public long decode() throws IOException, ExrException {
    try (ExrReader reader = ExrReader.open(file)) {
      return IntStream.range(0, reader.grid(0).count())
          .parallel()
          .mapToLong(chunk -> decode(reader, chunk))
          .sum();
    }
  }

  private static long decode(ExrReader reader, int index) {
    try (ExrChunk chunk = reader.read(0, index)) {
      return chunk.raw()[0];
    } catch (IOException | ExrException e) {
      throw new IllegalStateException(e);
    }
  }

  @TearDown
  public void forget() {
    file = new byte[0];
  }
}
