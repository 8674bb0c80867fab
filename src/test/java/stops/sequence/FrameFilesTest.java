package stops.sequence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import stops.image.ImageException;

class FrameFilesTest {
  @TempDir Path folder = Path.of("");

  private List<Frame> frames(String input, String output, String ranges) throws ImageException {
    return FrameFiles.of(pattern(input), pattern(output), FrameRanges.parse(ranges));
  }

  private FramePattern pattern(String name) {
    return FramePattern.of(folder.resolve(name).toString()).orElseThrow();
  }

  private void refused(String word, String input, String output, String ranges) {
    var e = assertThrows(IllegalArgumentException.class, () -> frames(input, output, ranges));
    assertTrue(String.valueOf(e.getMessage()).contains(word), e.getMessage());
  }

  @Test
  void framesComeInTheOrderAskedFor() throws Exception {
    assertEquals(
        List.of(
            Frame.numbered(3, folder.resolve("a.0003.exr"), folder.resolve("b.3.exr")),
            Frame.numbered(1, folder.resolve("a.0001.exr"), folder.resolve("b.1.exr"))),
        frames("a.%04d.exr", "b.@.exr", "3-1x2"));
  }

  @Test
  void outputsThatAreInputsOfOtherFramesAreRefused() {
    refused(
        "a.11.exr is the input of frame 1 and the output of frame 11",
        "a.1@.exr",
        "a.@.exr",
        "1-20");
  }

  @Test
  void outputsThatAreInputsOfOtherFramesAreFoundWhateverTheirNames() throws Exception {
    Files.createDirectory(folder.resolve("real"));
    Files.createSymbolicLink(folder.resolve("link"), folder.resolve("real"));
    refused("frame 1 ", "real/a.1@.exr", "link/a.@.exr", "1-20");
    Files.writeString(folder.resolve("real/x.exr"), "");
    Files.createSymbolicLink(folder.resolve("in.2.exr"), folder.resolve("real/x.exr"));
    Files.createSymbolicLink(folder.resolve("out.1.exr"), folder.resolve("real/x.exr"));
    refused("is the input of frame 2 and the output of frame 1", "in.@.exr", "out.@.exr", "1-2");
  }

  @Test
  void framesMayBeConvertedInPlace() throws Exception {
    assertEquals(20, frames("a.@.exr", "a.@.exr", "1-20").size());
    assertEquals(20, frames("a.%04d.exr", "a.####.exr", "1-20").size());
  }

  @Test
  void twoFramesThatLeadToOneFileAreRefused() throws Exception {
    Files.writeString(folder.resolve("one.exr"), "");
    Files.createSymbolicLink(folder.resolve("out.1.exr"), folder.resolve("one.exr"));
    Files.createSymbolicLink(folder.resolve("out.2.exr"), folder.resolve("one.exr"));
    refused("frame 1 and frame 2 would both write", "a.@.exr", "out.@.exr", "1-2");
  }

  @Test
  void absentFolderIsToldBeforeAnythingIsDone() {
    ImageException e =
        assertThrows(ImageException.class, () -> frames("a.@.exr", "no/such/a.@.exr", "1-2"));
    assertEquals(ImageException.Side.OUTPUT, e.side());
    assertTrue(String.valueOf(e.getMessage()).contains("there is no folder"), e.getMessage());
  }
}
