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
import stops.exr.codec.Packing;

/**
 * Writes an EXR file. Thread-safe: several threads may write chunks at once. Chunks lie in the file
 * part by part, in the order of {@link ChunkGrid#inFileOrder}. Threads should take chunks in this
 * order, because a thread that is far ahead waits for the others. The file is complete after {@link
 * #finish}.
 */
public final class ExrWriter implements AutoCloseable {
  /** The usual limit of the chunks that wait for an earlier one, in bytes. */
  private static final long MOST_WAITING_BYTES = 32L << 20;

  private final ExrOutput output;
  private final boolean multiPart;
  private final List<ExrHeader> parts;
  private final float level;
  private final ChunkFrames frames;
  private final int[] firstNumbers;
  private final long tablesStart;
  private final ChunkAppender appender;
  private final CodecPool lanes = CodecPool.SHARED;
  private final long largestBlock;
  private boolean closed;

  private ExrWriter(
      ExrOutput output,
      List<ExrHeader> headers,
      boolean multiPart,
      float level,
      long mostWaitingBytes)
      throws IOException, ExrException {
    this.level = level;
    this.output = output;
    this.multiPart = multiPart;
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
    appender = new ChunkAppender(output, tablesStart + 8L * count, count, mostWaitingBytes);
    largestBlock = grids.stream().mapToLong(ChunkGrid::largestBlock).max().orElse(0);
    lanes.enter();
  }

  /**
   * Begins a file. Chunks are written in pieces of 2 MiB. The header and the offset tables are
   * written separately.
   *
   * @param parts one header for each part; in a multi-part file, each has the attributes name and
   *     type
   * @param multiPart whether the file has the multi-part flag
   * @throws ExrException if a part cannot be written
   * @throws IOException if the disk fails
   */
  public static ExrWriter create(ExrOutput output, List<ExrHeader> parts, boolean multiPart)
      throws IOException, ExrException {
    return create(output, parts, multiPart, Packing.USUAL, MOST_WAITING_BYTES);
  }

  /**
   * Begins a file as {@link #create(ExrOutput, List, boolean)} does.
   *
   * @param level the level of all parts' compressions, see {@link Packing}
   * @param mostWaitingBytes limit of the packed chunks in memory that wait for an earlier one. A
   *     thread with more waits itself
   */
  public static ExrWriter create(
      ExrOutput output,
      List<ExrHeader> parts,
      boolean multiPart,
      float level,
      long mostWaitingBytes)
      throws IOException, ExrException {
    if (parts.isEmpty() || (parts.size() > 1 && !multiPart)) {
      throw new IllegalArgumentException(parts.size() + " parts");
    }
    return new ExrWriter(output, parts, multiPart, level, mostWaitingBytes);
  }

  /** The headers as written to the file. */
  public List<ExrHeader> parts() {
    return parts;
  }

  /**
   * Writes the headers again, with other values of attributes.
   *
   * @param headers the headers, which take as many bytes as {@link #parts}
   * @throws IOException if the disk fails
   */
  public void rewrite(List<ExrHeader> headers) throws IOException {
    byte[] start = HeaderWriter.bytes(headers, multiPart);
    if (start.length != tablesStart) {
      throw new IllegalArgumentException(start.length + " bytes of headers, not " + tablesStart);
    }
    output.write(ByteBuffer.wrap(start), 0);
  }

  /** The division of the part into chunks. */
  public ChunkGrid grid(int part) {
    return frames.grids().get(part);
  }

  /** An upper bound of the heap memory in bytes that one thread needs for writing from planes. */
  public long bufferBytes() {
    // With a level of effort, two packers have an output each.
    long others = level == Packing.USUAL ? 0 : largestBlock;
    return CodecPool.bytes(frames.grids(), parts) + others;
  }

  /** An upper bound of the size of an uncompressed chunk, in bytes. */
  public long largestChunk() {
    return largestBlock;
  }

  /**
   * An empty chunk for the caller to fill and pass to {@link #write}. Its contents are undefined.
   */
  public ExrChunk chunk(int part, int chunk) {
    BlockLayout layout = grid(part).layout(chunk);
    CodecPool.Lane lane = lanes.take(largestBlock);
    return new ExrChunk(part, chunk, layout, lane.raw((int) layout.bytes()), lanes, lane);
  }

  /**
   * Packs and writes a chunk from {@link #chunk}. The caller closes the chunk.
   *
   * @throws ExrException if the compression failed
   * @throws IOException if the disk fails
   */
  public void write(ExrChunk chunk) throws IOException, ExrException {
    BlockLayout layout = chunk.layout();
    Compression compression = parts.get(chunk.part()).compression();
    int bytes = (int) layout.bytes();
    byte[] data = chunk.raw();
    if (compression != Compression.NONE && bytes > 0) {
      byte[] packed = chunk.lane().packed(bytes);
      int packedBytes =
          chunk.lane().compressor(packing(compression)).compress(data, layout, packed);
      if (packedBytes >= 0) {
        data = packed;
        bytes = packedBytes;
      }
    }
    append(chunk.part(), chunk.index(), data, bytes);
  }

  /**
   * Packs and writes a chunk from planes. There is one plane for each channel, in header order.
   * Each plane has exactly the channel's samples in the chunk: packed, little-endian, row by row.
   * This is faster than filling a chunk.
   *
   * @throws ExrException if the compression failed
   * @throws IOException if the disk fails
   */
  public void write(int part, int chunk, List<MemorySegment> planes)
      throws IOException, ExrException {
    BlockSamples samples = new BlockSamples(grid(part).layout(chunk), planes);
    Compression compression = parts.get(part).compression();
    CodecPool.Lane lane = lanes.take(largestBlock);
    try {
      int bytes = (int) samples.block().bytes();
      byte[] data = lane.packed(bytes);
      int packedBytes = -1;
      if (compression != Compression.NONE && bytes > 0) {
        packedBytes = lane.compressor(packing(compression)).compress(samples, data, lane::raw);
      }
      if (packedBytes < 0) {
        samples.getRows(data);
      }
      append(part, chunk, data, packedBytes < 0 ? bytes : packedBytes);
    } finally {
      lanes.giveBack(lane);
    }
  }

  private Packing packing(Compression compression) {
    return new Packing(compression, level);
  }

  private void append(int part, int chunk, byte[] data, int bytes) throws IOException {
    appender.add(number(part, chunk), frames.write(part, chunk, bytes), data, bytes);
  }

  /** The index of a chunk in the file, among the chunks of all parts. */
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

  /** Writes the offset table of a part, ordered by chunk number. */
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

  /** Frees the buffers. The output stays open. Closing twice is harmless. */
  @Override
  public synchronized void close() {
    if (!closed) {
      closed = true;
      lanes.leave();
    }
  }
}
