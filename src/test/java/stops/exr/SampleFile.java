package stops.exr;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import stops.exr.codec.BlockLayout;
import stops.exr.codec.ExrChannel;
import stops.exr.codec.ExrException;

/** Writes test files with known samples. */
public final class SampleFile {

  private SampleFile() {}

  /**
   * Samples that are smooth in places and noisy in others, with an occasional special half or
   * float.
   */
  static byte[] samples(BlockLayout layout, int seed) {
    byte[] raw = new byte[(int) layout.bytes()];
    ByteBuffer out = ByteBuffer.wrap(raw).order(ByteOrder.LITTLE_ENDIAN);
    Random random = new Random(31L * layout.yMin() + layout.xMin() + 1_000_003L * seed);
    for (int y = layout.yMin(); y <= layout.yMax(); y++) {
      for (ExrChannel channel : layout.channels()) {
        if (!layout.hasRow(channel, y)) {
          continue;
        }
        for (long i = layout.rowSamples(channel); i > 0; i--) {
          float smooth = (float) (1 + Math.sin(i * 0.05) + y * 0.01);
          boolean odd = random.nextInt(16) == 0;
          switch (channel.type()) {
            case UINT -> out.putInt(odd ? random.nextInt() : y);
            case HALF ->
                out.putShort(odd ? (short) random.nextInt() : Float.floatToFloat16(smooth));
            case FLOAT -> out.putInt(odd ? random.nextInt() : Float.floatToRawIntBits(smooth));
          }
        }
      }
    }
    return raw;
  }

  /** Writes a file of {@link #samples}, its chunks in the given order of numbers. */
  static void write(Path path, List<ExrHeader> parts, boolean multiPart, ChunkOrder order)
      throws IOException, ExrException {
    write(path, parts, multiPart, order, null);
  }

  /** Provides the samples of a chunk. */
  public interface Chunks {
    byte[] samples(int part, int chunk) throws IOException, ExrException;
  }

  /** Writes a file with the given samples or {@link #samples}. */
  public static void write(
      Path path,
      List<ExrHeader> parts,
      boolean multiPart,
      ChunkOrder order,
      @Nullable Chunks source)
      throws IOException, ExrException {
    try (FileChannel channel =
            FileChannel.open(
                path,
                StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING,
                StandardOpenOption.WRITE);
        ExrWriter writer = ExrWriter.create(ExrOutput.of(channel), parts, multiPart)) {
      for (int part = 0; part < parts.size(); part++) {
        for (int index : order.of(writer.grid(part).count())) {
          try (ExrChunk chunk = writer.chunk(part, index)) {
            byte[] samples =
                source == null ? samples(chunk.layout(), part) : source.samples(part, index);
            System.arraycopy(samples, 0, chunk.raw(), 0, samples.length);
            writer.write(chunk);
          }
        }
      }
      writer.finish();
    }
  }

  /** A file of one part. */
  static void write(Path path, ExrHeader header) throws IOException, ExrException {
    write(path, List.of(header), false, ChunkOrder.INCREASING);
  }

  /** The order of writing chunks. */
  public enum ChunkOrder {
    INCREASING,
    DECREASING,
    SHUFFLED;

    int[] of(int count) {
      Integer[] order = new Integer[count];
      Arrays.setAll(order, i -> this == DECREASING ? count - 1 - i : i);
      if (this == SHUFFLED) {
        Collections.shuffle(Arrays.asList(order), new Random(1));
      }
      return Arrays.stream(order).mapToInt(Integer::intValue).toArray();
    }
  }

  /** Reads the samples of a chunk. */
  static byte[] read(ExrReader reader, int part, int chunk) throws IOException, ExrException {
    try (ExrChunk read = reader.read(part, chunk)) {
      return Arrays.copyOf(read.raw(), (int) read.layout().bytes());
    }
  }
}
