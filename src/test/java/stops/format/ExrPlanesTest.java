package stops.format;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import stops.engine.SampleType;
import stops.exr.Box;
import stops.exr.ExrHeader;
import stops.exr.SampleFile;
import stops.exr.codec.Compression;
import stops.exr.codec.ExrChannel;
import stops.exr.codec.PixelType;
import stops.image.Domain;
import stops.image.ImageSource;
import stops.image.ImageTarget;
import stops.image.Plane;
import stops.image.Strip;
import stops.image.TargetLayout;

/** Planes of one type can be converted like one. */
class ExrPlanesTest {
  private static final Box WINDOW = new Box(-3, 2, 7, 22);

  /** 11 by 21 pixels: no plane is a multiple of what memory is aligned to. */
  private static final List<ExrChannel> CHANNELS =
      List.of(
          ExrChannel.of("A", PixelType.HALF),
          ExrChannel.of("B", PixelType.FLOAT),
          ExrChannel.of("G", PixelType.HALF),
          ExrChannel.of("R", PixelType.HALF),
          ExrChannel.of("Z", PixelType.FLOAT),
          ExrChannel.of("id", PixelType.UINT));

  @TempDir Path folder;

  @Test
  void planesOfOneTypeLieOneAfterTheOther() throws Exception {
    try (ImageSource source = source();
        Arena arena = Arena.ofConfined()) {
      Strip strip = source.read(0, arena);
      assertFollow(strip, 0, 2, 3);
      assertFollow(strip, 1, 4);
      for (int first : List.of(0, 1, 5)) {
        assertEquals(0, samples(strip, first).address() % 64);
      }
      List<Integer> channels = strip.planes().stream().map(Plane::firstChannel).toList();
      assertEquals(List.of(0, 1, 2, 3, 4, 5), channels);
    }
  }

  @Test
  void thoseOfTheTargetFollowByItsOwnTypes() throws Exception {
    List<@Nullable SampleType> types = new ArrayList<>();
    for (ExrChannel channel : CHANNELS) {
      types.add(channel.type() == PixelType.UINT ? null : SampleType.FLOAT32);
    }
    types.set(0, SampleType.FLOAT16);
    try (ImageSource source = source();
        ImageTarget target =
            new ExrFormat()
                .create(
                    folder.resolve("b.exr"),
                    source,
                    new TargetLayout(Domain.EXPOSURE, List.of(types), Map.of(), 0));
        Arena arena = Arena.ofConfined()) {
      Strip strip = target.prepare(source.read(0, arena), arena);
      assertFollow(strip, 1, 2, 3, 4);
      assertEquals(strip.planes().get(0).count() * 2, samples(strip, 0).byteSize());
      assertEquals(strip.planes().get(1).count() * 4, samples(strip, 1).byteSize());
    }
  }

  private ImageSource source() throws Exception {
    Path path = folder.resolve("a.exr");
    SampleFile.write(
        path,
        List.of(ExrHeader.scanlines(WINDOW, WINDOW, CHANNELS, Compression.ZIP)),
        false,
        SampleFile.ChunkOrder.INCREASING,
        null);
    return new ExrFormat().open(path);
  }

  private static void assertFollow(Strip strip, int... planes) {
    for (int i = 1; i < planes.length; i++) {
      MemorySegment before = samples(strip, planes[i - 1]);
      MemorySegment next = samples(strip, planes[i]);
      assertEquals(before.address() + before.byteSize(), next.address(), "plane " + planes[i]);
    }
  }

  private static MemorySegment samples(Strip strip, int plane) {
    return strip.planes().get(plane).samples();
  }
}
