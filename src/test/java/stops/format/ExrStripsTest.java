package stops.format;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import stops.exr.Box;
import stops.exr.ChunkGrid;
import stops.exr.ExrHeader;
import stops.exr.codec.Compression;
import stops.exr.codec.ExrChannel;
import stops.exr.codec.PixelType;

/** How many rows of four halves make a strip. */
class ExrStripsTest {

  @ParameterizedTest
  @CsvSource({
    // A mebibyte, where there are 32 strips of it.
    "4096, 2160, 32, 68",
    "4096, 1024, 32, 32",
    "1920, 4320, 128, 34",
    // Fewer rows, so that there are as many strips.
    "4096, 1023, 16, 64",
    "2048, 1080, 32, 34",
    // But not less than a quarter of it.
    "1024, 540, 32, 17",
    "100, 100, 128, 1",
    // Nor less than a chunk.
    "30000, 100, 16, 7",
  })
  void stripsAreWorthACallAndStillMany(int width, int height, int rows, int strips)
      throws Exception {
    List<ExrChannel> channels =
        Stream.of("A", "B", "G", "R").map(name -> ExrChannel.of(name, PixelType.HALF)).toList();
    Box window = new Box(0, 0, width - 1, height - 1);
    ExrHeader header = ExrHeader.scanlines(window, window, channels, Compression.ZIP);
    ExrStrips cut = new ExrStrips(List.of(header), List.of(ChunkGrid.of(header)), 1);
    assertEquals(strips, cut.count());
    assertEquals(Math.min(rows, height), cut.place(0).window().height());
  }
}
