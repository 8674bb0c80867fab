package stops.exr;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Locale;
import stops.exr.codec.ExrBytes;
import stops.exr.codec.ExrException;

/**
 * The frame before the data of each chunk: the part number (in multi-part files), the chunk's
 * coordinates and the size of its data.
 *
 * @param grids the chunk grid of each part
 * @param tiled whether each part has tiles
 * @param multiPart whether frames contain the part number
 */
record ChunkFrames(List<ChunkGrid> grids, List<Boolean> tiled, boolean multiPart) {

  /**
   * A chunk found in a file.
   *
   * @param part the part's number
   * @param chunk the chunk's number in the part
   * @param dataStart position of the data in the file, in bytes
   * @param dataBytes size of the data, 0 or more; the data end within the file
   */
  record Frame(int part, int chunk, long dataStart, int dataBytes) {}

  /** Size of a frame of the part in bytes. */
  int frameBytes(int part) {
    return (multiPart ? 4 : 0) + (tiled.get(part) ? 20 : 8);
  }

  /** Reads the frame at {@code position}. */
  Frame read(ExrBytes file, long position) throws IOException, ExrException {
    byte[] bytes = new byte[4 + 20];
    ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    int part = 0;
    if (multiPart) {
      file.read(position, bytes, 4);
      part = in.getInt();
      if (part < 0 || part >= grids.size()) {
        throw new ExrException("part " + part + " at byte " + position + " does not exist");
      }
    }
    int size = frameBytes(part);
    file.read(position, bytes, size);
    int[] coordinates = new int[tiled.get(part) ? 4 : 1];
    in.asIntBuffer().get(coordinates);
    int chunk = grids.get(part).chunkAt(coordinates);
    if (chunk < 0) {
      throw new ExrException("the chunk at byte " + position + " is not part of the picture");
    }
    int dataBytes = in.getInt(size - 4);
    if (dataBytes < 0 || dataBytes > file.size() - position - size) {
      throw new ExrException(
          String.format(
              Locale.ROOT,
              "the chunk at byte %d claims %d bytes, more than the file has",
              position,
              Integer.toUnsignedLong(dataBytes)));
    }
    return new Frame(part, chunk, position + size, dataBytes);
  }

  /** The encoded frame of a chunk, positioned at its first byte. */
  ByteBuffer write(int part, int chunk, int dataBytes) {
    ByteBuffer out = ByteBuffer.allocate(frameBytes(part)).order(ByteOrder.LITTLE_ENDIAN);
    if (multiPart) {
      out.putInt(part);
    }
    for (int coordinate : grids.get(part).coordinates(chunk)) {
      out.putInt(coordinate);
    }
    return out.putInt(dataBytes).flip();
  }
}
