package stops.cache;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import stops.Required;

/** What a later run takes was written by this user alone. */
final class PrivateFolderTest {
  private static final byte[] CONTENT = {1, 2, 3};

  @TempDir Path temporary = Path.of("");
  private Path root = Path.of("");
  private PrivateFolder folder = new PrivateFolder(root);

  @BeforeEach
  void begin() {
    Required.machine(
        FileSystems.getDefault().supportedFileAttributeViews().contains("posix"),
        "this file system knows no permissions");
    root = temporary.resolve("a").resolve("cache");
    folder = new PrivateFolder(root);
  }

  @Test
  void whatIsPutIsGot() {
    assertEquals(Optional.empty(), folder.get("things", "one"));
    folder.put("things", "one", CONTENT);
    assertArrayEquals(CONTENT, folder.get("things", "one").orElseThrow());
    folder.put("things", "one", new byte[] {9});
    assertArrayEquals(new byte[] {9}, folder.get("things", "one").orElseThrow());
    folder.remove("things", "one");
    assertEquals(Optional.empty(), folder.get("things", "one"));
  }

  /** More than an array can hold, most of it a hole. */
  @Test
  void aFileOfGigabytesIsNotOneOfOurs() throws Exception {
    folder.put("things", "one", CONTENT);
    Path file = root.resolve("things").resolve("one");
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.write(ByteBuffer.allocate(1), 3_000_000_000L);
    }
    assertEquals(Optional.empty(), folder.get("things", "one"));
    folder.put("things", "one", CONTENT);
    assertArrayEquals(CONTENT, folder.get("things", "one").orElseThrow());
  }

  @Test
  void nobodyElseCanReadOrWriteIt() throws Exception {
    folder.put("things", "one", CONTENT);
    assertEquals("rwx------", permissions(root));
    assertEquals("rwx------", permissions(root.resolve("things")));
    assertEquals("rw-------", permissions(root.resolve("things").resolve("one")));
  }

  @Test
  void nothingIsTakenFromAFolderThatOthersCanWriteTo() throws Exception {
    folder.put("things", "one", CONTENT);
    Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwxrwx---"));
    assertEquals(Optional.empty(), folder.get("things", "one"));
    assertThrows(IOException.class, () -> folder.putFile("things", "two", CONTENT));
  }

  @Test
  void linksAreNotFollowed() throws Exception {
    folder.put("things", "one", CONTENT);
    Files.createSymbolicLink(
        root.resolve("things").resolve("two"), root.resolve("things").resolve("one"));
    assertEquals(Optional.empty(), folder.get("things", "two"));
    Path link = temporary.resolve("link");
    Files.createSymbolicLink(link, root);
    assertThrows(
        IOException.class, () -> new PrivateFolder(link).putFile("things", "three", CONTENT));
  }

  @Test
  void nothingHalfWrittenIsLeft() throws Exception {
    folder.put("things", "one", CONTENT);
    folder.put("things", "one", CONTENT);
    try (var files = Files.list(root.resolve("things"))) {
      assertEquals(1, files.count());
    }
    assertTrue(Files.isRegularFile(root.resolve("things").resolve("one")));
  }

  private static String permissions(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }
}
