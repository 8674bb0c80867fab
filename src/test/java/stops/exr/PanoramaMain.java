package stops.exr;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import stops.exr.codec.Compression;
import stops.exr.codec.ExrChannel;
import stops.exr.codec.ExrException;
import stops.exr.codec.PixelType;

/**
 * Makes a picture larger than memory, to measure the memory of its conversion. Pixels have three
 * halves. The size is 32,768 by 16,384 pixels by default.
 *
 * <pre>
 * java -cp target/test-classes:target/classes stops.exr.PanoramaMain FILE [TILE [WIDTH HEIGHT]]
 * </pre>
 *
 * where TILE is the side of a tile, or 0 for scanlines.
 */
final class PanoramaMain {
  /** Number of different chunk contents, which are used in turn. */
  private static final int CONTENTS = 32;

  private PanoramaMain() {}

  public static void main(String[] arguments) throws IOException, ExrException {
    Path path = Path.of(arguments[0]);
    int tile = number(arguments, 1, 0);
    Box window = new Box(0, 0, number(arguments, 2, 32_768) - 1, number(arguments, 3, 16_384) - 1);
    ExrHeader header = header(window, tile);
    try (FileChannel channel =
            FileChannel.open(
                path,
                StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING,
                StandardOpenOption.WRITE);
        ExrWriter writer = ExrWriter.create(ExrOutput.of(channel), List.of(header), false)) {
      List<byte[]> contents = new ArrayList<>();
      for (int i = 0; i < CONTENTS; i++) {
        contents.add(Picture.PHOTOGRAPH.samples(writer.grid(0).layout(0), i));
      }
      InOrder.forEach(
          writer.grid(0).count(), index -> write(writer, index, contents.get(index % CONTENTS)));
      writer.finish();
    }
  }

  private static int number(String[] arguments, int index, int otherwise) {
    return index < arguments.length ? Integer.parseInt(arguments[index]) : otherwise;
  }

  private static ExrHeader header(Box window, int tile) throws ExrException {
    List<ExrChannel> channels =
        Stream.of("B", "G", "R").map(name -> ExrChannel.of(name, PixelType.HALF)).toList();
    ExrHeader header = ExrHeader.scanlines(window, window, channels, Compression.ZIP);
    if (tile == 0) {
      return header;
    }
    List<Attribute> attributes = new ArrayList<>(header.attributes());
    attributes.add(HostileFile.tiles(tile, tile, 0));
    return ExrHeader.of(attributes, true);
  }

  private static void write(ExrWriter writer, int index, byte[] content) {
    try (ExrChunk chunk = writer.chunk(0, index)) {
      System.arraycopy(content, 0, chunk.raw(), 0, (int) chunk.layout().bytes());
      writer.write(chunk);
    } catch (IOException | ExrException e) {
      throw new IllegalStateException(e);
    }
  }
}
