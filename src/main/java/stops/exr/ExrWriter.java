package stops.exr;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import stops.exr.codec.BlockLayout;
import stops.exr.codec.BlockSamples;
import stops.exr.codec.Compression;
import stops.exr.codec.ExrException;

/**
 * An EXR file that is being written. Thread-safe: chunks may be written by several threads at once;
 * they lie in the file part by part in the order that {@link ChunkGrid#inFileOrder} gives. The
 * threads should begin with chunks in that order: one that is far ahead of another waits for it.
 * The file is complete after {@link #finish}.
 */
public final class ExrWriter implements AutoCloseable {
  /** How much may wait for an earlier chunk. */
  private static final long MOST_WAITING_BYTES = 32L << 20;

  private final ExrOutput output;
  private final List<ExrHeader> parts;
  private final ChunkFrames frames;
  private final int[] firstNumbers;
  private final long tablesStart;
  private final ChunkAppender appender;
  private final CodecPool lanes = new CodecPool();

  private ExrWriter(ExrOutput output, List<ExrHeader> headers, boolean multiPart)
      throws IOException, ExrException {
    this.output = output;
    List<ExrHeader> counted = new ArrayList<>();
    List<ChunkGrid> grids = new ArrayList<>();
    firstNumbers = new int[headers.size() + 1];
    for (int part = 0; part < headers.size(); part++) {
      ExrHeader header = headers.get(part);
      if (!header.compression().writable()) {
        throw new ExrException(
            "compression " + header.compression() + " is not supported for writing");
      }
      ChunkGrid grid = ChunkGrid.of(header);
      long numbers = (long) firstNumbers[part] + grid.count();
      if (numbers > Integer.MAX_VALUE - 16) {
        throw new ExrException(numbers + " chunks are not supported");
      }
      firstNumbers[part + 1] = (int) numbers;
      grids.add(grid);
      counted.add(
          multiPart || header.attribute("chunkCount").isPresent()
              ? header.with(Attribute.ofInt("chunkCount", grid.count()))
              : header);
    }
    parts = List.copyOf(counted);
    List<Boolean> tiled = parts.stream().map(p -> p.tiling().isPresent()).toList();
    frames = new ChunkFrames(List.copyOf(grids), tiled, multiPart);
    byte[] start = HeaderWriter.bytes(parts, multiPart);
    tablesStart = start.length;
    output.write(ByteBuffer.wrap(start), 0);
    int count = firstNumbers[headers.size()];
    appender = new ChunkAppender(output, tablesStart + 8L * count, count, MOST_WAITING_BYTES);
  }

  /**
   * Begins a file. Its chunks are written in pieces of 2 MiB, its header and tables beside them.
   *
   * @param parts one header for each part; in a multi-part file each has its name and type
   * @param multiPart whether the file is of the multi-part kind
   * @throws ExrException if a part cannot be written
   * @throws IOException if the disk fails
   */
  public static ExrWriter create(ExrOutput output, List<ExrHeader> parts, boolean multiPart)
      throws IOException, ExrException {
    if (parts.isEmpty() || (parts.size() > 1 && !multiPart)) {
      throw new IllegalArgumentException(parts.size() + " parts");
    }
    return new ExrWriter(output, parts, multiPart);
  }

  /** The headers as they are in the file. */
  public List<ExrHeader> parts() {
    return parts;
  }

  /** How the part is cut into chunks. */
  public ChunkGrid grid(int part) {
    return frames.grids().get(part);
  }

  /** An upper bound of the bytes of heap that a thread needs to write chunks, one at a time. */
  public long bufferBytes() {
    return CodecPool.bytes(frames.grids(), parts);
  }

  /** A chunk to be filled and given to {@link #write}; what is in it is undefined. */
  public ExrChunk chunk(int part, int chunk) {
    BlockLayout layout = grid(part).layout(chunk);
    CodecPool.Lane lane = lanes.take();
    return new ExrChunk(part, chunk, layout, lane.raw((int) layout.bytes()), lanes, lane);
  }

  /**
   * Packs and writes a chunk that came from {@link #chunk}. The caller closes it.
   *
   * @throws ExrException if its compression failed
   * @throws IOException if the disk fails
   */
  public void write(ExrChunk chunk) throws IOException, ExrException {
    BlockLayout layout = chunk.layout();
    Compression compression = parts.get(chunk.part()).compression();
    int bytes = (int) layout.bytes();
    byte[] data = chunk.raw();
    if (compression != Compression.NONE && bytes > 0) {
      byte[] packed = chunk.lane().packed(bytes);
      int packedBytes = chunk.lane().compressor(compression).compress(data, layout, packed);
      if (packedBytes >= 0) {
        data = packed;
        bytes = packedBytes;
      }
    }
    append(chunk.part(), chunk.index(), data, bytes);
  }

  /**
   * Packs and writes a chunk out of planes: for each channel in header order a memory with exactly
   * its samples in the chunk, packed, little-endian, row by row. This takes fewer passes over the
   * samples than filling a chunk.
   *
   * @throws ExrException if its compression failed
   * @throws IOException if the disk fails
   */
  public void write(int part, int chunk, List<MemorySegment> planes)
      throws IOException, ExrException {
    BlockSamples samples = new BlockSamples(grid(part).layout(chunk), planes);
    Compression compression = parts.get(part).compression();
    CodecPool.Lane lane = lanes.take();
    try {
      int bytes = (int) samples.block().bytes();
      byte[] data = lane.packed(bytes);
      int packedBytes = -1;
      if (compression != Compression.NONE && bytes > 0) {
        packedBytes = lane.compressor(compression).compress(samples, data, lane::raw);
      }
      if (packedBytes < 0) {
        samples.getRows(data);
      }
      append(part, chunk, data, packedBytes < 0 ? bytes : packedBytes);
    } finally {
      lanes.giveBack(lane);
    }
  }

  private void append(int part, int chunk, byte[] data, int bytes) throws IOException {
    appender.add(number(part, chunk), frames.write(part, chunk, bytes), data, bytes);
  }

  /** The place of a chunk in the file, among those of all parts. */
  private int number(int part, int chunk) {
    return firstNumbers[part] + grid(part).inFileOrder(chunk);
  }

  /**
   * Completes the file.
   *
   * @throws IllegalStateException if a chunk was never written
   * @throws IOException if the disk fails
   */
  public void finish() throws IOException {
    long[] offsets = appender.finish();
    for (int part = 0; part < parts.size(); part++) {
      writeTable(part, offsets);
    }
  }

  /** Writes the offset table of a part, which is in the order of the chunks' indices. */
  private void writeTable(int part, long[] offsets) throws IOException {
    int count = grid(part).count();
    int entries = 1 << 12;
    ByteBuffer table = Attribute.buffer(8 * Math.min(entries, count));
    for (int first = 0; first < count; first += entries) {
      table.clear();
      for (int chunk = first; chunk < Math.min(first + entries, count); chunk++) {
        long offset = offsets[number(part, chunk)];
        if (offset == 0) {
          throw new IllegalStateException("chunk " + chunk + " was never written");
        }
        table.putLong(offset);
      }
      output.write(table.flip(), tablesStart + 8L * (firstNumbers[part] + first));
    }
  }

  /** Frees the buffers; the output stays as it is. */
  @Override
  public void close() {
    lanes.close();
  }
}
