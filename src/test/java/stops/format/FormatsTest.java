package stops.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import stops.engine.SampleType;
import stops.format.npy.NpyFormat;
import stops.format.pfm.PfmFormat;
import stops.image.ImageFormat;
import stops.image.ImageSource;
import stops.image.Window;

class FormatsTest {
  @TempDir Path folder;

  private Path picture(String name, SampleType type, String... channels) throws Exception {
    var tiles = new TileSource(Window.ofSize(50, 37), 50, 16, TileSource.channels(type, channels));
    Path file = folder.resolve(name);
    ImageFormat format = Formats.forTarget(file, new PfmFormat());
    Pass.write(tiles, format, file, Pass.keep(tiles));
    return file;
  }

  @Test
  void aFileIsToldByItsContentAndNotByItsName() throws Exception {
    for (ImageFormat format : Formats.all()) {
      String extension = format.extensions().getFirst();
      Path file = picture("a." + extension, SampleType.FLOAT32, "R", "G", "B");
      Path renamed = Files.move(file, folder.resolve("b.png"));
      assertEquals(format.name(), Formats.of(renamed).name());
      try (ImageSource source = Formats.open(renamed)) {
        assertEquals(format.name(), source.info().format());
      }
      Files.delete(renamed);
    }
  }

  @Test
  void aTargetIsToldByItsName() throws Exception {
    ImageFormat otherwise = new NpyFormat();
    for (ImageFormat format : Formats.all()) {
      for (String extension : format.extensions()) {
        String upper = extension.toUpperCase(java.util.Locale.ROOT);
        for (String name : List.of("a." + extension, "x.npy." + upper)) {
          assertEquals(format, Formats.forTarget(Path.of(name), otherwise));
        }
      }
    }
    assertEquals(otherwise, Formats.forTarget(Path.of("a"), otherwise));
    assertEquals(otherwise, Formats.forTarget(Path.of("a.0001"), otherwise));
    Problem.output("--format", () -> Formats.forTarget(Path.of("a.xyz"), otherwise));
    assertEquals(otherwise, Formats.forTarget(Path.of("a.xyz"), Path.of("a.xyz"), otherwise));
    assertInstanceOf(RawFormat.class, Formats.forTarget(Path.of("a.raw"), otherwise));
    ImageFormat raw = new RawFormat(SampleType.FLOAT16, ByteOrder.BIG_ENDIAN);
    assertEquals(raw, Formats.forTarget(Path.of("a.raw"), raw));
    assertEquals(raw, Formats.forTarget(Path.of("a.xyz"), raw));
    Problem.output("not linear HDR", () -> Formats.forTarget(Path.of("a.PNG"), otherwise));
  }

  @Test
  void everyPairOfFormatsKeepsAPictureOfThreeChannels() throws Exception {
    List<String> names = List.of("a.exr", "a.tif", "a.pfm", "a.npy", "a.hdr");
    Path pfm = picture("start.pfm", SampleType.FLOAT16, "R", "G", "B");
    // Once through RGBE, so that all formats can hold it.
    Path start = folder.resolve("start.hdr");
    Pass.convert(pfm, start);
    double[][][] wanted = Pass.samples(start);
    for (String first : names) {
      Path from = folder.resolve(first);
      Pass.convert(start, from);
      for (String second : names) {
        Path to = folder.resolve("to" + second);
        Pass.convert(from, to);
        assertTrue(Arrays.deepEquals(wanted, rgb(to)), first + " to " + second);
      }
    }
  }

  /** OpenEXR has its channels in alphabetical order. */
  private static double[][][] rgb(Path file) throws Exception {
    double[][][] samples = Pass.samples(file);
    try (ImageSource source = Formats.open(file)) {
      if (source.info().parts().getFirst().channels().getFirst().name().equals("B")) {
        for (double[][] row : samples) {
          for (double[] pixel : row) {
            double keep = pixel[0];
            pixel[0] = pixel[2];
            pixel[2] = keep;
          }
        }
      }
    }
    return samples;
  }

  @Test
  void picturesOfIntegersAreRefusedWithTheReason() throws Exception {
    for (var entry :
        Map.of("\u0089PNG\r\n\u001a\n", "PNG", "\u00ff\u00d8\u00ff\u00e0", "JPEG", "P6 1 1", "PPM")
            .entrySet()) {
      Path file =
          Files.write(
              folder.resolve("a.exr"), entry.getKey().getBytes(StandardCharsets.ISO_8859_1));
      Problem.input("is a " + entry.getValue() + " picture: integers", () -> Formats.of(file));
    }
  }

  @Test
  void anythingElseIsAnErrorThatNamesWhatIsSupported() throws Exception {
    Path file = Files.writeString(folder.resolve("a.exr"), "hello");
    Problem.input("no known format; Stops reads OpenEXR (.exr), ", () -> Formats.of(file));
    Path empty = Files.createFile(folder.resolve("empty"));
    Problem.input("is empty", () -> Formats.of(empty));
    Problem.input("no such file", () -> Formats.of(folder.resolve("none")));
    Problem.input("is a folder", () -> Formats.of(folder));
    Problem.input("is a device", () -> Formats.of(Path.of("/dev/null")));
  }
}
