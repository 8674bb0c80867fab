package stops;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import stops.convert.FileProgress;
import stops.convert.FileRequest;
import stops.image.Domain;
import stops.image.ImageException;

/** Files in file systems of Java, such as those in ZIP files, are used or refused in one line. */
class OtherFileSystemsTest {
  private static final Path PICTURE = Path.of("src/main/examples/desk.exr");

  private static FileSystem zip(Path folder) throws Exception {
    return FileSystems.newFileSystem(folder.resolve("a.zip"), Map.of("create", "true"));
  }

  @Test
  void anOutputInAZipFileIsRefusedAndNothingIsLeftThere(@TempDir Path folder) throws Exception {
    try (Stops stops = Stops.open("cpu");
        FileSystem zip = zip(folder)) {
      for (String name : new String[] {"/a.exr", "/a.tif", "/a.pfm", "/a.npy", "/a.hdr"}) {
        ImageException refused =
            assertThrows(
                ImageException.class,
                () -> stops.convert(PICTURE, zip.getPath(name), Domain.EXPOSURE));
        assertEquals(ImageException.Side.OUTPUT, refused.side(), refused.getMessage());
        assertEquals(1, String.valueOf(refused.getMessage()).lines().count());
      }
      try (Stream<Path> left = Files.list(zip.getPath("/"))) {
        assertEquals(0, left.count());
      }
    }
  }

  @Test
  void anInputInAZipFileIsReadOrRefused(@TempDir Path folder) throws Exception {
    Path target = folder.resolve("target.exr");
    try (Stops stops = Stops.open("cpu");
        FileSystem zip = zip(folder)) {
      for (String ending : new String[] {"exr", "tif", "pfm", "npy"}) {
        Path onDisk = folder.resolve("a." + ending);
        stops.convert(
            FileRequest.of(PICTURE, onDisk, Domain.EXPOSURE)
                .withChannels(java.util.List.of("R", "G", "B"), java.util.List.of()),
            FileFormat.told(),
            FileFormat.told(),
            FileProgress.NONE);
        Path inZip = Files.copy(onDisk, zip.getPath("/a." + ending));
        try {
          assertTrue(stops.convert(inZip, target, Domain.INTENSITY).written());
          System.out.println(ending + " in a ZIP file is read");
        } catch (ImageException e) {
          assertEquals(ImageException.Side.INPUT, e.side(), e.getMessage());
          assertEquals(1, String.valueOf(e.getMessage()).lines().count());
          System.out.println(e.getMessage());
        }
      }
    }
  }
}
