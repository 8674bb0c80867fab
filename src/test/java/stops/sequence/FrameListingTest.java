package stops.sequence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import stops.image.ImageException;

/** The frames that exist. */
class FrameListingTest {
  @TempDir Path folder = Path.of("");

  private List<Integer> frames(String name) throws Exception {
    return FrameListing.of(FramePattern.of(folder.resolve(name).toString()).orElseThrow());
  }

  @Test
  void filesOfThatFormAreFramesAndOthersAreNot() throws Exception {
    for (String name :
        List.of(
            "a.1001.exr",
            "a.0007.exr",
            "a.7.exr",
            "a.-003.exr",
            "a.99999.exr",
            "b.1002.exr",
            "a.1003.exr.old",
            "a.00008.exr",
            "a.x.exr",
            "a.1.exr")) {
      Files.createFile(folder.resolve(name));
    }
    assertEquals(List.of(-3, 7, 1001, 99999), frames("a.####.exr"));
    assertEquals(List.of(-3, 7, 1001, 99999), frames("a.%04d.exr"));
    assertEquals(List.of(1, 7, 1001, 99999), frames("a.@.exr"));
    assertEquals(List.of(), frames("c.####.exr"));
  }

  @Test
  void aNumberTwiceInANameIsOneNumber() throws Exception {
    Files.createFile(folder.resolve("s.12.take12.exr"));
    Files.createFile(folder.resolve("s.12.take13.exr"));
    assertEquals(List.of(12), frames("s.%d.take%d.exr"));
  }

  @Test
  void aFolderThatIsAbsentAndANumberInAFoldersNameAreErrors() {
    assertThrows(ImageException.class, () -> frames("absent/a.####.exr"));
    assertThrows(IllegalArgumentException.class, () -> frames("shot.####/a.exr"));
  }
}
