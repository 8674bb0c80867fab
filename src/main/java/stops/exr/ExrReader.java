package stops.exr;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import stops.exr.codec.BlockLayout;
import stops.exr.codec.BlockSamples;
import stops.exr.codec.Compression;
import stops.exr.codec.ExrBytes;
import stops.exr.codec.ExrException;
import stops.exr.codec.UnpackedBlock;

/**
 * An EXR file that is open for reading: scanlines and tiles of all levels, one part or several.
 * Thread-safe: chunks may be read in any order, by several threads at once. Memory is taken for a
 * few chunks at a time, and only where the file is large enough to hold what it claims.
 */
public final class ExrReader implements AutoCloseable {
  /** A block up to this size is believed; a larger one has to be plausible. */
  private static final long SMALL_BLOCK_BYTES = 1 << 24;

  private final ExrBytes file;
  private final HeaderParser.Headers headers;
  private final ChunkFrames frames;
  private final List<OffsetTable> tables;
  private final List<String> notes;
  private final CodecPool lanes = new CodecPool();

  private ExrReader(ExrBytes file) throws IOException, ExrException {
    this.file = file;
    headers = HeaderParser.parse(file);
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
    tables = OffsetTable.readAll(file, headers.bytes(), frames);
    notes = List.copyOf(all);
  }

  /**
   * Opens a file and reads its headers and offset tables.
   *
   * @throws ExrException if it is not an EXR file, is damaged, or has what is not supported
   * @throws IOException if the disk fails
   */
  public static ExrReader open(Path path) throws IOException, ExrException {
    return open(new FileBytes(FileChannel.open(path, StandardOpenOption.READ)));
  }

  /**
   * Opens a file that is in memory, which may not be changed meanwhile.
   *
   * @throws ExrException if it is not an EXR file, is damaged, or has what is not supported
   */
  public static ExrReader open(byte[] file) throws ExrException {
    try {
      return open(ExrBytes.of(file));
    } catch (IOException impossible) {
      throw new AssertionError(impossible);
    }
  }

  private static ExrReader open(ExrBytes file) throws IOException, ExrException {
    try {
      return new ExrReader(file);
    } catch (Throwable e) {
      file.close();
      throw e;
    }
  }

  /** The headers of its parts, one or more. */
  public List<ExrHeader> parts() {
    return headers.parts();
  }

  /** Whether the file is of the multi-part kind; there, too, may be only one part. */
  public boolean multiPart() {
    return headers.multiPart();
  }

  /** What in the headers was not as it should be, and was taken as OpenEXR takes it. */
  public List<String> notes() {
    return notes;
  }

  /** How the part is cut into chunks. */
  public ChunkGrid grid(int part) {
    return frames.grids().get(part);
  }

  /** An upper bound of the bytes of heap that a thread needs to read chunks, one at a time. */
  public long bufferBytes() {
    return CodecPool.bytes(frames.grids(), headers.parts());
  }

  /**
   * Reads and unpacks a chunk.
   *
   * @throws ExrException if it is missing or damaged; the message says where
   * @throws IOException if the disk fails
   */
  public ExrChunk read(int part, int chunk) throws IOException, ExrException {
    CodecPool.Lane lane = lanes.take();
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
   * Reads a chunk and stores its samples in planes: for each channel in header order a memory with
   * room for exactly its samples in the chunk, which become packed, little-endian, row by row. This
   * takes fewer passes over the samples than {@link #read(int, int)} and copying.
   *
   * @param planes asked for the planes once the chunk was found sound
   * @throws ExrException if it is missing or damaged; the message says where
   * @throws IOException if the disk fails
   */
  public void read(int part, int chunk, Function<BlockLayout, List<MemorySegment>> planes)
      throws IOException, ExrException {
    CodecPool.Lane lane = lanes.take();
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

  /** Closes the file. */
  @Override
  public void close() throws IOException {
    lanes.close();
    file.close();
  }

  /** A chunk out of the file, if its data can be what they claim to be. */
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

  /** The grid, if the file can hold its largest block and the table of its chunks. */
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

  /** OpenEXR's reader counts the chunks itself; what chunkCount says is of no consequence. */
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
