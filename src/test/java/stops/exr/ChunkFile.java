package stops.exr;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import stops.exr.codec.BlockLayout;
import stops.exr.codec.Compression;
import stops.exr.codec.Compressor;
import stops.exr.codec.ExrChannel;
import stops.exr.codec.ExrException;
import stops.exr.codec.PixelType;

/**
 * The chunks of an EXR file with one part and one level, read without checks. Compressors can be
 * compared with OpenEXR's without the reader.
 *
 * @param compression the compression of the chunks
 * @param chunks the chunks in the order of the offset table
 */
public record ChunkFile(Compression compression, List<Chunk> chunks) {
  private static final int MAGIC = 20000630;
  private static final int TILED = 0x200;

  /** One chunk: its layout, and its bytes as stored in the file. */
  public record Chunk(BlockLayout block, byte[] packed) {
    /** The uncompressed bytes. {@code compressor} decompresses them if necessary. */
    public byte[] raw(Compressor compressor) throws ExrException {
      if (raw()) {
        return packed.clone();
      }
      byte[] raw = new byte[(int) block.bytes()];
      compressor.decompress(packed, packed.length, block, raw);
      return raw;
    }

    /** Whether the chunk is stored uncompressed because it did not shrink. */
    public boolean raw() {
      return packed.length == block.bytes();
    }
  }

  public static ChunkFile read(Path file) throws IOException {
    ByteBuffer in = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    in.position(4);
    boolean tiled = (in.getInt() & TILED) != 0;
    Compression compression = Compression.NONE;
    List<ExrChannel> channels = new ArrayList<>();
    int[] window = new int[4];
    int tileWidth = 0;
    int tileHeight = 0;
    for (String name = text(in); !name.isEmpty(); name = text(in)) {
      text(in);
      int size = in.getInt();
      int end = in.position() + size;
      switch (name) {
        case "compression" -> compression = Compression.values()[in.get()];
        case "dataWindow" -> Arrays.setAll(window, i -> in.getInt());
        case "tiles" -> {
          tileWidth = in.getInt();
          tileHeight = in.getInt();
        }
        case "channels" -> {
          for (String channel = text(in); !channel.isEmpty(); channel = text(in)) {
            PixelType type = PixelType.values()[in.getInt()];
            boolean linear = (in.getInt() & 0xff) != 0;
            channels.add(new ExrChannel(channel, type, linear, in.getInt(), in.getInt()));
          }
        }
        default -> {}
      }
      in.position(end);
    }
    int width = tiled ? tileWidth : window[2] - window[0] + 1;
    int height = tiled ? tileHeight : compression.rows();
    List<Chunk> chunks = new ArrayList<>();
    for (int y = window[1]; y <= window[3]; y += height) {
      for (int x = window[0]; x <= window[2]; x += width) {
        ByteBuffer chunk = in.duplicate().order(ByteOrder.LITTLE_ENDIAN);
        chunk.position((int) in.getLong() + (tiled ? 16 : 4));
        byte[] packed = new byte[chunk.getInt()];
        chunk.get(packed);
        int right = Math.min(window[2], x + width - 1);
        int bottom = Math.min(window[3], y + height - 1);
        chunks.add(new Chunk(new BlockLayout(x, y, right, bottom, channels), packed));
      }
    }
    return new ChunkFile(compression, chunks);
  }

  /** Writes an uncompressed scanline file whose samples are {@code raw}. */
  public static void write(Path file, BlockLayout block, byte[] raw) throws IOException {
    ByteBuffer out = ByteBuffer.allocate(4096 + 16 * (int) block.height() + raw.length);
    out.order(ByteOrder.LITTLE_ENDIAN).putInt(MAGIC).putInt(2);
    attribute(out, "channels", "chlist");
    int start = out.position();
    for (ExrChannel channel : block.channels()) {
      put(out, channel.name()).putInt(channel.type().ordinal());
      out.putInt(channel.perceptuallyLinear() ? 1 : 0);
      out.putInt(channel.xSampling()).putInt(channel.ySampling());
    }
    out.put((byte) 0).putInt(start - 4, out.position() - start);
    attribute(out, "compression", "compression").putInt(out.position() - 4, 1).put((byte) 0);
    for (String name : List.of("dataWindow", "displayWindow")) {
      attribute(out, name, "box2i").putInt(out.position() - 4, 16);
      out.putInt(block.xMin()).putInt(block.yMin()).putInt(block.xMax()).putInt(block.yMax());
    }
    attribute(out, "lineOrder", "lineOrder").putInt(out.position() - 4, 1).put((byte) 0);
    attribute(out, "pixelAspectRatio", "float").putInt(out.position() - 4, 4).putFloat(1);
    attribute(out, "screenWindowCenter", "v2f").putInt(out.position() - 4, 8).putLong(0);
    attribute(out, "screenWindowWidth", "float").putInt(out.position() - 4, 4).putFloat(1);
    out.put((byte) 0);
    int offsets = out.position();
    out.position(offsets + 8 * (int) block.height());
    int at = 0;
    for (int y = block.yMin(); y <= block.yMax(); y++) {
      out.putLong(offsets + 8 * (y - block.yMin()), out.position());
      int size = (int) new BlockLayout(block.xMin(), y, block.xMax(), y, block.channels()).bytes();
      out.putInt(y).putInt(size).put(raw, at, size);
      at += size;
    }
    Files.write(file, Arrays.copyOf(out.array(), out.position()));
  }

  private static ByteBuffer attribute(ByteBuffer out, String name, String type) {
    put(out, name);
    return put(out, type).putInt(0);
  }

  private static ByteBuffer put(ByteBuffer out, String text) {
    for (char c : text.toCharArray()) {
      out.put((byte) c);
    }
    return out.put((byte) 0);
  }

  private static String text(ByteBuffer in) {
    StringBuilder text = new StringBuilder();
    for (byte b = in.get(); b != 0; b = in.get()) {
      text.append((char) b);
    }
    return text.toString();
  }
}
