package stops.convert;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.SegmentAllocator;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import stops.cpu.ScalarEngine;
import stops.engine.Engine;
import stops.engine.SampleType;
import stops.engine.ZeroPolicy;
import stops.engine.pool.EnginePool;
import stops.format.RawFormat;
import stops.image.Domain;
import stops.image.ImageException;
import stops.image.ImageFormat;
import stops.image.ImageInfo;
import stops.image.ImageSource;
import stops.image.ImageTarget;
import stops.image.MemoryBound;
import stops.image.Strip;
import stops.image.TargetLayout;
import stops.strip.StripWorkers;

class TruncatedInputTest {
  private static final RawFormat RAW = new RawFormat(SampleType.FLOAT32, ByteOrder.LITTLE_ENDIAN);

  @TempDir Path folder;

  /**
   * A format of raw files that truncates the file when a strip is read, before its samples are
   * used.
   */
  private record Truncating(ImageFormat format) implements ImageFormat {
    @Override
    public String name() {
      return format.name();
    }

    @Override
    public List<String> extensions() {
      return format.extensions();
    }

    @Override
    public boolean recognises(ByteBuffer head) {
      return format.recognises(head);
    }

    @Override
    public ImageSource open(Path path, MemoryBound memory) throws ImageException {
      return new TruncatingSource(path, format.open(path, memory));
    }

    @Override
    public ImageTarget create(
        Path path, ImageSource source, TargetLayout layout, MemoryBound memory)
        throws ImageException {
      return format.create(path, source, layout, memory);
    }
  }

  private record TruncatingSource(Path path, ImageSource source) implements ImageSource {
    @Override
    public ImageInfo info() {
      return source.info();
    }

    @Override
    public int strips() {
      return source.strips();
    }

    @Override
    public long stripBytes() {
      return source.stripBytes();
    }

    @Override
    public Strip read(int index, SegmentAllocator memory) throws ImageException {
      Strip strip = source.read(index, memory);
      try {
        Files.write(path, new byte[3]);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      return strip;
    }

    @Override
    public void close() {
      source.close();
    }
  }

  @Test
  void anInputThatIsTruncatedWhileItIsConvertedIsAnErrorAndLeavesTheTarget() throws Exception {
    Path in = Files.write(folder.resolve("in.raw"), new byte[9 << 20]);
    Path out = Files.writeString(folder.resolve("out.raw"), "old");
    FileRequest request =
        new FileRequest(in, out, Domain.EXPOSURE, null, 0, ZeroPolicy.INF, List.of(), false, 1);
    try (Engine cpu = new ScalarEngine();
        EnginePool engines = EnginePool.of(cpu, cpu);
        StripWorkers workers = StripWorkers.converting(engines, 2, new MemoryBound(64L << 20))) {
      FileConverter converter = new FileConverter(engines, workers);
      ImageException e =
          assertThrows(
              ImageException.class,
              () -> converter.convert(request, new Truncating(RAW), RAW, (done, all) -> {}));
      assertEquals(ImageException.Side.INPUT, e.side());
      assertTrue(String.valueOf(e.getMessage()).contains("was truncated"), e.getMessage());
    }
    assertEquals("old", Files.readString(out));
    try (var files = Files.list(folder)) {
      assertEquals(2, files.count());
    }
  }
}
