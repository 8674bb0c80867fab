package stops.exr;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.LongFunction;
import stops.exr.codec.BlockLayout;
import stops.exr.codec.BlockSamples;
import stops.exr.codec.Compression;
import stops.exr.codec.ExrBytes;
import stops.exr.codec.ExrException;
import stops.exr.codec.UnpackedBlock;

/**
 * Reads an EXR file: scanlines and tiles of all levels, one part or several. Thread-safe: several
 * threads may read chunks at once, in any order. The reader holds memory for a few chunks at a
 * time. It allocates memory only if the file is large enough for the sizes in its headers.
 */
public final class ExrReader implements AutoCloseable {
  /**
   * Blocks up to this size are read unchecked. Larger blocks must be plausible for the file's size.
   */
  private static final long SMALL_BLOCK_BYTES = 1 << 24;

  private final ExrBytes file;
  private final HeaderParser.Headers headers;
  private final ChunkFrames frames;
  private final List<OffsetTable> tables;
  private final List<String> notes;
  private final CodecPool lanes = CodecPool.SHARED;
  private final long largestBlock;
  private boolean closed;

  private ExrReader(ExrBytes file, HeldBytes held) throws IOException, ExrException {
    this.file = file;
    headers = HeaderParser.parse(file, held);
    List<ChunkGrid> grids = new ArrayList<>();
    List<String> all = new ArrayList<>(headers.notes());
    for (int part = 0; part < headers.parts().size(); part++) {
      try {
        grids.add(checkedGrid(headers.parts().get(part)));
        noteChunkCount(part, grids.get(part), headers, all);
      } catch (ExrException e) {
        throw at(part, e);
      }
    }
    List<Boolean> tiled = headers.parts().stream().map(p -> p.tiling().isPresent()).toList();
    frames = new ChunkFrames(List.copyOf(grids), tiled, headers.multiPart());
    largestBlock = grids.stream().mapToLong(ChunkGrid::largestBlock).max().orElse(0);
    tables = OffsetTable.readAll(file, headers.bytes(), frames, held);
    notes = List.copyOf(all);
    lanes.enter();
  }

  /**
   * Opens a file and reads its headers and offset tables.
   *
   * @throws ExrException if the file is not an EXR file, is damaged, or uses an unsupported feature
   * @throws IOException if the disk fails
   */
  public static ExrReader open(Path path) throws IOException, ExrException {
    return open(FileBytes.open(path), HeldBytes.ANY);
  }

  /**
   * Opens a file and reads its headers and offset tables, in bounded memory.
   *
   * @param mostHeldBytes the most memory that these may take
   * @param problem the message for a file that needs more, given what it needs in bytes
   * @throws ExrException if the file is not an EXR file, is damaged, uses an unsupported feature,
   *     or needs more memory
   * @throws IOException if the disk fails
   */
  public static ExrReader open(Path path, long mostHeldBytes, LongFunction<String> problem)
      throws IOException, ExrException {
    return open(FileBytes.open(path), new HeldBytes(mostHeldBytes, problem));
  }

  /**
   * Opens a file in memory. The array must not be changed while the reader is open.
   *
   * @throws ExrException if the file is not an EXR file, is damaged, or uses an unsupported feature
   */
  public static ExrReader open(byte[] file) throws ExrException {
    try {
      return open(ExrBytes.of(file), HeldBytes.ANY);
    } catch (IOException impossible) {
      throw new AssertionError(impossible);
    }
  }

  private static ExrReader open(ExrBytes file, HeldBytes held) throws IOException, ExrException {
    try {
      return new ExrReader(file, held);
    } catch (Throwable e) {
      file.close();
      throw e;
    }
  }

  /** The headers of the parts, one or more. */
  public List<ExrHeader> parts() {
    return headers.parts();
  }

  /** Whether the file has the multi-part flag. Such a file may have only one part. */
  public boolean multiPart() {
    return headers.multiPart();
  }

  /** Faults in the headers that were corrected as OpenEXR's reader does, one line each. */
  public List<String> notes() {
    return notes;
  }

  /** The division of the part into chunks. */
  public ChunkGrid grid(int part) {
    return frames.grids().get(part);
  }

  /** An upper bound of the heap memory in bytes that one thread needs for reading to planes. */
  public long bufferBytes() {
    return CodecPool.bytes(frames.grids(), headers.parts());
  }

  /**
   * Reads and unpacks a chunk.
   *
   * @throws ExrException if the chunk is missing or damaged; the message says where
   * @throws IOException if the disk fails
   */
  public ExrChunk read(int part, int chunk) throws IOException, ExrException {
    CodecPool.Lane lane = lanes.take(largestBlock);
    boolean done = false;
    try {
      BlockLayout layout = grid(part).layout(chunk);
      byte[] raw = stored(part, chunk, layout, lane).raw(lane);
      done = true;
      return new ExrChunk(part, chunk, layout, raw, lanes, lane);
    } catch (ExrException e) {
      throw at(part, e.at(grid(part).place(chunk)));
    } finally {
      if (!done) {
        lanes.giveBack(lane);
      }
    }
  }

  /**
   * Reads a chunk and stores its samples in planes. There is one plane for each channel, in header
   * order. Each plane has room for exactly the channel's samples in the chunk. Samples are stored
   * packed, little-endian, row by row. This is faster than {@link #read(int, int)} and copying.
   *
   * @param planes provides the planes; called only after the chunk proved undamaged
   * @throws ExrException if the chunk is missing or damaged; the message says where
   * @throws IOException if the disk fails
   */
  public void read(int part, int chunk, Function<BlockLayout, List<MemorySegment>> planes)
      throws IOException, ExrException {
    CodecPool.Lane lane = lanes.take(largestBlock);
    try {
      BlockLayout layout = grid(part).layout(chunk);
      UnpackedBlock block = stored(part, chunk, layout, lane).unpack(lane);
      block.to(new BlockSamples(layout, planes.apply(layout)));
    } catch (ExrException e) {
      throw at(part, e.at(grid(part).place(chunk)));
    } finally {
      lanes.giveBack(lane);
    }
  }

  /** Closes the file. Closing twice is harmless. */
  @Override
  public synchronized void close() throws IOException {
    if (!closed) {
      closed = true;
      lanes.leave();
      file.close();
    }
  }

  /** Reads a stored chunk and checks that its data are plausible. */
  private StoredChunk stored(int part, int chunk, BlockLayout layout, CodecPool.Lane lane)
      throws IOException, ExrException {
    long offset = tables.get(part).offset(chunk);
    if (offset < 0) {
      throw new ExrException("missing; the file is incomplete");
    }
    ChunkFrames.Frame frame = frames.read(file, offset);
    if (frame.part() != part || frame.chunk() != chunk) {
      throw new ExrException("the offset table leads to another chunk, at byte " + offset);
    }
    Compression compression = parts().get(part).compression();
    int rawBytes = (int) layout.bytes();
    int packedBytes = frame.dataBytes();
    if (packedBytes > rawBytes) {
      throw new ExrException(
          String.format(
              Locale.ROOT,
              "the chunk has %d bytes, more than its %d when unpacked",
              packedBytes,
              rawBytes));
    }
    if (packedBytes == rawBytes) {
      byte[] raw = lane.raw(rawBytes);
      file.read(frame.dataStart(), raw, rawBytes);
      return new StoredChunk(layout, compression, raw, rawBytes);
    }
    if (compression == Compression.NONE || packedBytes == 0) {
      throw new ExrException(
          String.format(
              Locale.ROOT, "the chunk has %d bytes instead of %d", packedBytes, rawBytes));
    }
    if (!plausible(rawBytes, packedBytes, compression)) {
      throw new ExrException(
          String.format(
              Locale.ROOT,
              "%d bytes of %s data cannot hold %d",
              packedBytes,
              compression,
              rawBytes));
    }
    byte[] packed = lane.packed(packedBytes);
    file.read(frame.dataStart(), packed, packedBytes);
    if (rawBytes > SMALL_BLOCK_BYTES) {
      lane.compressor(compression).check(packed, packedBytes, layout);
    }
    return new StoredChunk(layout, compression, packed, packedBytes);
  }

  /**
   * The part's chunk grid. Fails if the file is too small for the largest block or the offset
   * table.
   */
  private ChunkGrid checkedGrid(ExrHeader header) throws ExrException {
    Compression compression = header.compression();
    if (!compression.readable()) {
      throw new ExrException("compression " + compression + " is not supported");
    }
    ChunkGrid grid = ChunkGrid.of(header);
    if (!plausible(grid.largestBlock(), file.size(), compression)) {
      throw new ExrException(
          String.format(
              Locale.ROOT,
              "a chunk of %d bytes cannot be in a file of %d bytes",
              grid.largestBlock(),
              file.size()));
    }
    return grid;
  }

  /** Notes a wrong chunkCount attribute. The attribute is ignored, as in OpenEXR's reader. */
  private static void noteChunkCount(
      int part, ChunkGrid grid, HeaderParser.Headers headers, List<String> notes) {
    Attribute right = Attribute.ofInt("chunkCount", grid.count());
    headers
        .parts()
        .get(part)
        .attribute("chunkCount")
        .filter(claimed -> !claimed.equals(right))
        .ifPresent(claimed ->
            notes.add(
                String.format(
                    Locale.ROOT,
                    "%schunkCount is %s, but the picture has %d chunks; that is what counts",
                    headers.multiPart() ? "part " + part + ": " : "",
                    Names.printable(claimed.text()),
                    grid.count())));
  }

  private static boolean plausible(long rawBytes, long packedBytes, Compression compression) {
    return rawBytes <= SMALL_BLOCK_BYTES || rawBytes / compression.largestRatio() <= packedBytes;
  }

  private ExrException at(int part, ExrException e) {
    return headers.multiPart() ? e.at("part " + part) : e;
  }
}
