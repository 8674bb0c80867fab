package stops.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import stops.Command;
import stops.Required;

class ExtendedAttributesTest {
  @TempDir Path folder = Path.of("");
  private Path file = Path.of("");

  @BeforeEach
  void tools() throws Exception {
    for (String tool : List.of("setfacl", "getfacl", "setfattr", "getfattr")) {
      Required.program(tool);
    }
    file = Files.writeString(folder.resolve("écran.exr"), "old");
    Required.machine(
        Command.of("setfacl", "-m", "u:1:r", file + "").run().status() == 0
            && Command.of("setfattr", "-n", "user.x", "-v", "y", file + "").run().status() == 0,
        "the file system has no access control lists, or no attributes");
    Command.outputOf("setfacl", "-b", file + "");
    Command.outputOf("setfattr", "-x", "user.x", file + "");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
  }

  private List<String> replace() throws Exception {
    try (AtomicFile atomic = AtomicFile.create(file)) {
      atomic.write(ByteBuffer.wrap("new".getBytes(java.nio.charset.StandardCharsets.UTF_8)), 0);
      atomic.commit();
      assertEquals("new", Files.readString(file));
      return atomic.notes();
    }
  }

  private String lists() throws Exception {
    return Command.outputOf("getfacl", "--omit-header", "--absolute-names", "-n", file + "");
  }

  @Test
  void theAccessListAndAttributesOfAReplacedFileStay() throws Exception {
    Command.outputOf("setfacl", "-m", "u:1:rw,g:2:r,m:rw", file + "");
    Command.outputOf("setfattr", "-n", "user.shot", "-v", "0010 é", file + "");
    String before = lists();
    assertTrue(before.contains("user:1:rw-"), before);
    assertEquals(List.of(), replace());
    assertEquals(before, lists());
    String attribute =
        Command.outputOf(
            "getfattr", "--only-values", "--absolute-names", "-n", "user.shot", file + "");
    assertEquals("0010 é", attribute);
  }

  @Test
  void aListThatTheFolderGivesNewFilesDoesNotWidenWhoMayUseAReplacedOne() throws Exception {
    Command.outputOf("setfacl", "-d", "-m", "u:1:rwx,g:2:rwx", folder + "");
    String before = lists();
    assertFalse(before.contains("user:1:"), before);
    replace();
    assertEquals(before, lists());
    assertEquals("rw-r-----", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
  }
}
