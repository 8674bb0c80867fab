package stops.exr;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import stops.exr.codec.Compression;
import stops.exr.codec.ExrChannel;
import stops.exr.codec.ExrException;
import stops.exr.codec.PixelType;

/** 4096 by 2160 pixels of four halves, smooth in places with a little noise. */
final class LargePicture {
  private static final Box WINDOW = new Box(0, 0, 4095, 2159);

  private final List<ExrHeader> headers;
  private final List<byte[]> chunks;

  /** An empty picture. */
  LargePicture() {
    headers = List.of();
    chunks = List.of();
  }

  LargePicture(Compression compression) throws ExrException {
    List<ExrChannel> channels =
        Stream.of("A", "B", "G", "R").map(name -> ExrChannel.of(name, PixelType.HALF)).toList();
    ExrHeader header = ExrHeader.scanlines(WINDOW, WINDOW, channels, compression);
    ChunkGrid grid = ChunkGrid.of(header);
    headers = List.of(header);
    chunks =
        IntStream.range(0, grid.count())
            .parallel()
            .mapToObj(chunk -> Picture.PHOTOGRAPH.samples(grid.layout(chunk), chunk))
            .toList();
  }

  /** Writes the picture to a new file. */
  Path write() throws IOException, ExrException {
    Path path = Files.createTempFile("picture", ".exr");
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE);
        ExrWriter writer = ExrWriter.create(ExrOutput.of(channel), headers, false)) {
      InOrder.forEach(chunks.size(), index -> write(writer, index));
      writer.finish();
    }
    return path;
  }

  private void write(ExrWriter writer, int index) {
    try (ExrChunk chunk = writer.chunk(0, index)) {
      byte[] samples = chunks.get(index);
      System.arraycopy(samples, 0, chunk.raw(), 0, samples.length);
      writer.write(chunk);
    } catch (IOException | ExrException e) {
      throw new IllegalStateException(e);
    }
  }
}
