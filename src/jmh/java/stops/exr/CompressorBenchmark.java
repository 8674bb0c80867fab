package stops.exr;

import java.lang.foreign.Arena;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
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
import stops.exr.codec.BlockLayout;
import stops.exr.codec.BlockSamples;
import stops.exr.codec.Compression;
import stops.exr.codec.Compressor;
import stops.exr.codec.ExrChannel;
import stops.exr.codec.ExrException;
import stops.exr.codec.Packing;
import stops.exr.codec.PixelType;
import stops.exr.codec.RleCompressor;

/** Packs and unpacks one block of a scanline picture, 4096 pixels wide, of four halves each. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class CompressorBenchmark {
  @Param({"ZIPS", "ZIP", "PIZ", "PXR24"})
  public Compression compression = Compression.ZIP;

  private Compressor compressor = new RleCompressor();
  private BlockLayout block = new BlockLayout(0, 0, 0, 0, List.of());
  private BlockSamples planes = new BlockSamples(block, List.of());
  private byte[] raw = new byte[0];
  private byte[] packed = new byte[0];
  private byte[] unpacked = new byte[0];
  private int packedBytes;

  /** Makes a smooth picture with a little noise. */
  @Setup
  public void makePicture() throws ExrException {
    List<ExrChannel> channels =
        Stream.of("A", "B", "G", "R").map(name -> ExrChannel.of(name, PixelType.HALF)).toList();
    block = new BlockLayout(0, 0, 4095, compression.rows() - 1, channels);
    raw = Picture.PHOTOGRAPH.samples(block, 1);
    packed = new byte[raw.length];
    unpacked = new byte[raw.length];
    compressor = Compressor.of(Packing.of(compression));
    packedBytes = compressor.compress(raw, block, packed);
    planes = new BlockSamples(block, PlaneSamples.of(block, raw, Arena.ofAuto()));
  }

  @Benchmark
  public int compress() {
    return compressor.compress(raw, block, packed);
  }

  @Benchmark
  public byte[] decompress() throws ExrException {
    compressor.decompress(packed, packedBytes, block, unpacked);
    return unpacked;
  }

  @Benchmark
  public int compressPlanes() {
    return compressor.compress(planes, packed, bytes -> raw);
  }

  @Benchmark
  public BlockSamples decompressToPlanes() throws ExrException {
    compressor.unpack(packed, packedBytes, block, bytes -> unpacked).to(planes);
    return planes;
  }

  @TearDown
  public void close() {
    compressor.close();
  }
}
