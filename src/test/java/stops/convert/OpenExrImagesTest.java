package stops.convert;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import stops.Required;
import stops.cpu.ScalarEngine;
import stops.engine.Engine;
import stops.engine.SampleType;
import stops.engine.ZeroPolicy;
import stops.engine.pool.EnginePool;
import stops.format.Formats;
import stops.image.Channel;
import stops.image.Domain;
import stops.image.ImageException;
import stops.image.ImageSource;
import stops.image.MemoryBound;
import stops.image.Plane;
import stops.image.Strip;
import stops.strip.StripWorkers;

/**
 * Converts photographs, renders and test patterns of the OpenEXR project to exposure and back. The
 * images are not part of this repository; see {@link Required#data}.
 */
class OpenExrImagesTest {
  /**
   * The bound of the relative error of a float32 intensity converted to a float32 exposure and
   * back; see src/docs/exact.md.
   */
  private static final double FLOAT32_ROUND_TRIP = 0x1p-17;

  @TempDir Path folder = Path.of("");

  @TestFactory
  List<DynamicTest> everyImageComesBackFromExposure() throws IOException {
    return Required.data("openexr-images", ".exr", this::comesBack);
  }

  @TestFactory
  List<DynamicTest> everyDamagedFileEndsInAnErrorOrAPicture() throws IOException {
    return Required.data("openexr-images/damaged", "", this::ends);
  }

  private void comesBack(Path file) throws Exception {
    Path exposure = folder.resolve("exposure.exr");
    Path back = folder.resolve("back.exr");
    FileReport there = convert(file, exposure, Domain.EXPOSURE);
    assertTrue(there.written());
    convert(exposure, back, Domain.INTENSITY);
    try (ImageSource before = Formats.of(file).open(file);
        ImageSource after = Formats.of(back).open(back);
        Arena arena = Arena.ofConfined()) {
      assertEquals(before.info().parts().size(), after.info().parts().size());
      assertEquals(
          before.info().parts().stream()
              .map(p -> List.of(p.dataWindow(), p.displayWindow(), p.channels()))
              .toList(),
          after.info().parts().stream()
              .map(p -> List.of(p.dataWindow(), p.displayWindow(), p.channels()))
              .toList());
      Samples expected = Samples.of(before, arena);
      Samples actual = Samples.of(after, arena);
      for (ChannelReport channel : there.channels()) {
        List<Long> wanted = expected.bits(channel);
        List<Long> got = actual.bits(channel);
        assertEquals(wanted.size(), got.size(), channel.channel());
        for (int i = 0; i < wanted.size(); i++) {
          check(channel, wanted.get(i), got.get(i), i);
        }
      }
    }
  }

  private static void check(ChannelReport channel, long before, long after, int index) {
    String where = channel.channel() + " sample " + index;
    if (!channel.converted()) {
      assertEquals(before, after, where);
      return;
    }
    double was = value(channel.from(), before);
    double is = value(channel.from(), after);
    if (Double.isNaN(was)) {
      assertTrue(Double.isNaN(is), where);
    } else if (was < 0) {
      assertEquals(0.0, is, where);
    } else if (channel.from().equals("float32") && was > 0 && was < Double.POSITIVE_INFINITY) {
      assertEquals(was, is, was * FLOAT32_ROUND_TRIP, where);
    } else {
      assertEquals(was, is, 0.0, where);
    }
  }

  private static double value(String type, long bits) {
    return type.equals("float16")
        ? Float.float16ToFloat((short) bits)
        : Float.intBitsToFloat((int) bits);
  }

  private void ends(Path file) throws Exception {
    Path exposure = folder.resolve("exposure.exr");
    try {
      convert(file, exposure, Domain.EXPOSURE);
      assertTrue(Files.exists(exposure));
    } catch (ImageException e) {
      String message = lineOf(e.getMessage());
      assertEquals(1, message.lines().count(), message);
      try (var left = Files.list(folder)) {
        assertEquals(List.of(), left.toList());
      }
    }
  }

  private static String lineOf(@Nullable String text) {
    return Objects.requireNonNull(text, "an error without a message");
  }

  private static FileReport convert(Path from, Path to, Domain domain) throws Exception {
    try (Engine cpu = new ScalarEngine();
        EnginePool engines = EnginePool.of(cpu, cpu);
        StripWorkers workers = StripWorkers.converting(engines, 2, new MemoryBound(256L << 20))) {
      FileRequest request =
          new FileRequest(from, to, domain, null, 0, ZeroPolicy.INF, List.of(), false, 1);
      return new FileConverter(engines, workers)
          .convert(request, Formats.of(from), Formats.of(from), (done, all) -> {});
    }
  }

  /** All samples of a file, as bit patterns by part and channel, in strip order. */
  private record Samples(Map<String, List<Long>> byChannel) {
    static Samples of(ImageSource source, Arena arena) throws ImageException {
      Map<String, List<Long>> all = new HashMap<>();
      for (int i = 0; i < source.strips(); i++) {
        Strip strip = source.read(i, arena);
        var part = source.info().parts().get(strip.part());
        for (Plane plane : strip.planes()) {
          Channel channel = part.channels().get(plane.firstChannel());
          var list =
              all.computeIfAbsent(part.name() + "/" + channel.name(), key -> new ArrayList<>());
          for (long s = 0; s < plane.count(); s++) {
            list.add(
                channel.type() == SampleType.FLOAT16
                    ? (long) plane.samples().get(ValueLayout.JAVA_SHORT_UNALIGNED, 2 * s)
                    : (long) plane.samples().get(ValueLayout.JAVA_INT_UNALIGNED, 4 * s));
          }
        }
      }
      return new Samples(all);
    }

    List<Long> bits(ChannelReport channel) {
      return Objects.requireNonNull(byChannel.get(channel.part() + "/" + channel.channel()));
    }
  }
}
