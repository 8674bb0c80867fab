package stops.exr;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
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
 * Encodes a picture of 4096 by 2160 pixels of four halves, on all cores. The file is not synced to
 * the disk.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 4, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class ExrWriterBenchmark {
  @Param({"NONE", "RLE", "ZIPS", "ZIP", "PIZ", "PXR24"})
  public Compression compression = Compression.ZIP;

  private LargePicture picture = new LargePicture();
  private Path file = Path.of("");

  /** Makes the samples. */
  @Setup
  public void makePicture() throws ExrException {
    picture = new LargePicture(compression);
  }

  @Benchmark
  public Path encode() throws IOException, ExrException {
    file = picture.write();
    return file;
  }

  @TearDown(Level.Invocation)
  public void delete() throws IOException {
    Files.deleteIfExists(file);
  }
}
