package stops.format.tiff;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.twelvemonkeys.imageio.plugins.tiff.BigTIFFImageReaderSpi;
import java.awt.image.Raster;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import javax.imageio.ImageReader;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import stops.Command;
import stops.Required;
import stops.format.flat.InputFile;

/** What the decoder of a TIFF picture gets: only what belongs to the rows that are wanted. */
class TiffBandTest {
  private static final int WIDTH = 70;
  private static final int HEIGHT = 50;

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--tile 0 0 --attrib tiff:RowsPerStrip 8",
        "--tile 0 0 --attrib tiff:RowsPerStrip 50",
        "--tile 32 16",
        "--tile 32 16 --attrib planarconfig separate",
        "--tile 0 0 --attrib planarconfig separate"
      })
  void eachBandHasTheRowsOfThePicture(String storage) throws Exception {
    Required.program("oiiotool");
    Path path = folder.resolve("in.tif");
    List<String> command = new ArrayList<>(List.of("oiiotool", "--create"));
    command.addAll(List.of(WIDTH + "x" + HEIGHT, "3", "--noise", "-d", "float"));
    command.addAll(List.of(storage.split(" ")));
    command.addAll(List.of("--compression", "zip", "-o", path.toString()));
    Command.outputOf(command.toArray(String[]::new));
    try (InputFile file = InputFile.open(path)) {
      TiffPicture picture = TiffPicture.of(file, TiffDirectory.read(file));
      int rows = picture.blockRows();
      int blocks = (HEIGHT - 1) / rows + 1;
      float[] all = decoded(file, picture, 0, blocks);
      assertEquals(WIDTH * HEIGHT * 3, all.length);
      assertTrue(isNoise(all), "all samples are the same");
      for (int first = 0; first < blocks; first++) {
        for (int count = 1; count <= blocks - first; count++) {
          int from = first * rows * WIDTH * 3;
          int to = Math.min(HEIGHT, (first + count) * rows) * WIDTH * 3;
          assertArrayEquals(
              Arrays.copyOfRange(all, from, to),
              decoded(file, picture, first, count),
              first + ", " + count);
        }
      }
    }
  }

  private static boolean isNoise(float[] samples) {
    return IntStream.range(1, samples.length).filter(i -> samples[i] != samples[i - 1]).count()
        > samples.length / 2;
  }

  private static float[] decoded(InputFile file, TiffPicture picture, int first, int count)
      throws Exception {
    try (TiffBand band = TiffBand.of(file, picture, first, count)) {
      ImageReader reader = new BigTIFFImageReaderSpi().createReaderInstance(null);
      reader.setInput(band);
      Raster raster = reader.readRaster(0, null);
      return raster.getPixels(0, 0, raster.getWidth(), raster.getHeight(), (float[]) null);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 100, 1 << 14, 40_000})
  void itsBytesAreThoseOfTheFileBehindTheDirectory(int most) throws Exception {
    Path path = folder.resolve("in.tif");
    Required.program("oiiotool");
    Command.outputOf(
        "oiiotool",
        "--create",
        "200x200",
        "3",
        "-d",
        "float",
        "--compression",
        "none",
        "-o",
        path.toString());
    byte[] expected = Files.readAllBytes(path);
    Random random = new Random(1);
    try (InputFile file = InputFile.open(path);
        TiffBand band = TiffBand.of(file, TiffPicture.of(file, TiffDirectory.read(file)), 0, 1)) {
      int head = (int) (band.end() - expected.length);
      for (int i = 0; i < 200; i++) {
        int at = random.nextInt(expected.length);
        byte[] buffer = new byte[random.nextInt(most) + 2];
        band.seek(head + at);
        int read = band.read(buffer, 1, buffer.length - 1);
        assertTrue(read > 0 && at + read <= expected.length);
        assertArrayEquals(
            Arrays.copyOfRange(expected, at, at + read), Arrays.copyOfRange(buffer, 1, 1 + read));
        assertEquals(head + at + read, band.getStreamPosition());
      }
      band.seek(band.length());
      assertEquals(-1, band.read(new byte[4], 0, 4));
      assertEquals(-1, band.read());
    }
  }
}
