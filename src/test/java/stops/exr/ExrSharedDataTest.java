package stops.exr;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import stops.Required;
import stops.exr.codec.ExrChannel;
import stops.exr.codec.ExrException;

/** OpenEXR's sample pictures and damaged files, if they are available beside the project. */
class ExrSharedDataTest {
  @TempDir Path folder;

  @TestFactory
  List<DynamicTest> picturesAreReadAsOpenImageIoReadsThem() throws IOException {
    return Required.data("openexr-images", ".exr", this::assertReadAlike);
  }

  @TestFactory
  List<DynamicTest> damagedFilesEndInAnErrorOrAPicture() throws IOException {
    return Required.data("openexr-images/damaged", "", ExrSharedDataTest::readWhatCanBeRead);
  }

  private void assertReadAlike(Path image) throws Exception {
    OpenExrTools.require();
    Path plain = folder.resolve("plain-" + image.getFileName());
    OpenExrTools.run(
        List.of(
            "oiiotool", "-a", image.toString(), "--compression", "none", "-o", plain.toString()));
    try (ExrReader ours = ExrReader.open(image);
        ExrReader theirs = ExrReader.open(plain)) {
      assertEquals(theirs.parts().size(), ours.parts().size());
      for (int part = 0; part < ours.parts().size(); part++) {
        assertEquals(
            theirs.parts().get(part).channels().stream().map(ExrChannel::name).toList(),
            ours.parts().get(part).channels().stream().map(ExrChannel::name).toList());
        assertArrayEquals(samples(theirs, part), samples(ours, part), "part " + part);
      }
    }
  }

  private static byte[] samples(ExrReader reader, int part) throws IOException, ExrException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int chunk = 0; chunk < reader.grid(part).count(); chunk++) {
      out.writeBytes(SampleFile.read(reader, part, chunk));
    }
    return out.toByteArray();
  }

  private static void readWhatCanBeRead(Path file) throws IOException {
    try (ExrReader reader = ExrReader.open(file)) {
      for (int part = 0; part < reader.parts().size(); part++) {
        for (int chunk = 0; chunk < reader.grid(part).count(); chunk++) {
          try {
            reader.read(part, chunk).close();
          } catch (ExrException damaged) {
            assertEquals(1, damaged.problem().lines().count());
          }
        }
      }
    } catch (ExrException damaged) {
      assertEquals(1, damaged.problem().lines().count());
    }
  }
}
