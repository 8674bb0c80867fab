package stops.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import stops.Await;
import stops.Command;
import stops.Required;

class AtomicFileTest {
  @TempDir Path folder;

  @Test
  void theTargetIsTheOldFileUntilCommitAndTheNewOneAfterIt() throws Exception {
    Path target = Files.writeString(folder.resolve("a.raw"), "old");
    try (AtomicFile file = AtomicFile.create(target)) {
      file.write(text("new!"), 0);
      assertEquals("old", Files.readString(target));
      file.commit();
      assertEquals("new!", Files.readString(target));
    }
    assertEquals(List.of("a.raw"), names());
  }

  @Test
  void closingWithoutCommitLeavesNothingBehindAndTwiceIsHarmless() throws Exception {
    Path target = Files.writeString(folder.resolve("a.raw"), "old");
    AtomicFile file = AtomicFile.create(target);
    file.write(text("new!"), 0);
    assertEquals(2, names().size());
    file.close();
    file.close();
    assertEquals(List.of("a.raw"), names());
    assertEquals("old", Files.readString(target));
    assertThrows(IllegalStateException.class, file::commit);
  }

  @Test
  void aTargetThatDoesNotExistIsCreatedWithTheUsualPermissions() throws Exception {
    Path usual = Files.createFile(folder.resolve("usual"));
    write(folder.resolve("b"), "b");
    assertEquals(
        Files.getPosixFilePermissions(usual), Files.getPosixFilePermissions(folder.resolve("b")));
  }

  @Test
  void thePermissionsOfTheReplacedFileAreKeptAndNobodyElseReadsTheNewOneMeanwhile()
      throws Exception {
    Path target = Files.writeString(folder.resolve("a"), "old");
    Files.setPosixFilePermissions(target, PosixFilePermissions.fromString("rw-r-----"));
    try (AtomicFile file = AtomicFile.create(target)) {
      for (String name : names()) {
        String permissions =
            PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve(name)));
        assertEquals(name.equals("a") ? "rw-r-----" : "rw-------", permissions);
      }
      file.commit();
    }
    assertEquals("rw-r-----", PosixFilePermissions.toString(Files.getPosixFilePermissions(target)));
  }

  @Test
  void aSymbolicLinkIsFollowedAndStaysALink() throws Exception {
    Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
    Path real = Files.writeString(elsewhere.resolve("real"), "old");
    Path link = Files.createSymbolicLink(folder.resolve("link"), Path.of("elsewhere/real"));
    write(link, "new");
    assertTrue(Files.isSymbolicLink(link));
    assertEquals("new", Files.readString(real));

    Path dangling = Files.createSymbolicLink(folder.resolve("dangling"), Path.of("elsewhere/x"));
    write(dangling, "made");
    assertEquals("made", Files.readString(elsewhere.resolve("x")));
  }

  @Test
  void linksInACircleAreAnError() throws Exception {
    Path a = Files.createSymbolicLink(folder.resolve("a"), Path.of("b"));
    Files.createSymbolicLink(folder.resolve("b"), Path.of("a"));
    assertProblem(a, "links");
  }

  @Test
  void aFolderADeviceAndAMissingFolderAreRefused() throws Exception {
    assertProblem(folder, "is a folder; give the name of a file");
    assertProblem(Path.of("/"), "is a folder");
    assertProblem(Path.of("/dev/null"), "is a device or a pipe");
    assertProblem(folder.resolve("none/a"), "there is no folder");
    Path file = Files.createFile(folder.resolve("file"));
    assertProblem(file.resolve("a"), "folder");
    assertProblem(folder.resolve("x".repeat(300)), "shorter name");
  }

  @Test
  void aPipeIsRefused() throws Exception {
    Path pipe = folder.resolve("pipe");
    Required.program("mkfifo");
    String unused = Command.outputOf("mkfifo", pipe.toString());
    assertProblem(pipe, "is a device or a pipe");
  }

  @Test
  void aFileThatNobodyMayWriteIsRefused() throws Exception {
    Path target = Files.writeString(folder.resolve("a"), "old");
    Files.setPosixFilePermissions(target, PosixFilePermissions.fromString("r--r--r--"));
    assertProblem(target, "is read-only; make it writable or choose another name");
  }

  @Test
  void aFolderThatMayNotBeWrittenIsRefused() throws Exception {
    Path locked = Files.createDirectory(folder.resolve("locked"));
    Files.setPosixFilePermissions(locked, PosixFilePermissions.fromString("r-x------"));
    if (!Files.isWritable(locked)) {
      assertProblem(locked.resolve("a"), "may not be written");
      return;
    }
    // The administrator may write everywhere, unless he gives that up.
    Required.program("setpriv");
    Command.Result result =
        Command.java(List.of(), AtomicFileWaiting.class, locked.resolve("a").toString())
            .under("setpriv", "--bounding-set=-dac_override,-dac_read_search")
            .run();
    assertEquals(1, result.status(), result.output());
    assertTrue(result.output().contains("may not be written"), result.output());
  }

  @Test
  void aReadOnlyFileSystemIsRefused() {
    // Where there is a /proc, nothing can be created in it, by the administrator neither.
    Required.machine(Files.isDirectory(Path.of("/proc/self")), "there is no /proc");
    assertProblem(Path.of("/proc/self/a"), "choose another folder");
  }

  @Test
  void moreThanTheDiskHasLeftIsRefusedAtOnce() throws Exception {
    try (AtomicFile file = AtomicFile.create(folder.resolve("a"))) {
      file.expect(1);
      ImageException e = assertThrows(ImageException.class, () -> file.expect(Long.MAX_VALUE - 1));
      assertTrue(message(e).contains("free some space"), message(e));
    }
  }

  @Test
  void aFullDiskIsToldAndTheTargetStays() throws Exception {
    Path full = Files.createDirectory(folder.resolve("full"));
    String[] mount = {"mount", "-t", "tmpfs", "-o", "size=64k,mode=777", "tmpfs", full + ""};
    List<String> asRoot = new ArrayList<>();
    if (Command.of(mount).run().status() != 0) {
      asRoot.addAll(List.of("sudo", "-n"));
      Required.machine(
          Files.isExecutable(Path.of("/usr/bin/sudo"))
              && Command.of(mount).under("sudo", "-n").run().status() == 0,
          "mounting is for the administrator");
    }
    try {
      Path target = Files.writeString(full.resolve("a"), "old");
      try (AtomicFile file = AtomicFile.create(target)) {
        ImageException e =
            assertThrows(ImageException.class, () -> file.write(ByteBuffer.allocate(1 << 20), 0));
        assertEquals(ImageException.Side.OUTPUT, e.side());
        assertTrue(message(e).contains("free some space"), message(e));
      }
      assertEquals("old", Files.readString(target));
    } finally {
      Command.of("umount", full + "").under(asRoot.toArray(String[]::new)).run();
    }
  }

  @Test
  void anInterruptedWriteIsAnErrorAndLeavesNothing() throws Exception {
    Path target = folder.resolve("a");
    try (AtomicFile file = AtomicFile.create(target)) {
      Thread.currentThread().interrupt();
      ImageException e = assertThrows(ImageException.class, () -> file.write(text("x"), 0));
      assertTrue(Thread.interrupted());
      assertTrue(message(e).contains("interrupted"), message(e));
      assertThrows(ImageException.class, file::commit);
    }
    assertEquals(List.of(), names());
  }

  @Test
  void twoWritersOfTheSameTargetDoNotDisturbEachOther() throws Exception {
    Path target = folder.resolve("a");
    try (AtomicFile one = AtomicFile.create(target);
        AtomicFile two = AtomicFile.create(target)) {
      one.write(text("one"), 0);
      two.write(text("two"), 0);
      two.commit();
      one.commit();
    }
    assertEquals("one", Files.readString(target));
    assertEquals(List.of("a"), names());
  }

  @Test
  void whatAKilledProcessLeftIsRemovedByTheNextThatWritesTheSameTargetAndNothingElse()
      throws Exception {
    Path target = folder.resolve("a");
    Process killed = writer(target);
    killed.destroyForcibly().waitFor();
    Path left = leftover();
    Files.createFile(folder.resolve("." + "b" + left.getFileName().toString().substring(2)));
    write(folder.resolve("c"), "c");
    assertTrue(Files.exists(left));
    write(target, "new");
    assertFalse(Files.exists(left));
    assertEquals(3, names().size(), "another target's file stays: " + names());
  }

  @Test
  void theFileOfALivingProcessIsLeftAlone() throws Exception {
    Path target = folder.resolve("a");
    Process alive = writer(target);
    try {
      Path theirs = leftover();
      write(target, "mine");
      assertTrue(Files.exists(theirs));
    } finally {
      alive.destroyForcibly().waitFor();
    }
  }

  @Test
  void aProcessThatIsToldToEndRemovesItsFile() throws Exception {
    Process told = writer(folder.resolve("a"));
    told.destroy();
    int unused = Await.end(told);
    assertEquals(List.of(), names());
  }

  @Test
  void aLongNameHasATemporaryFileToo() throws Exception {
    Path target = folder.resolve("é".repeat(120));
    write(target, "new");
    assertEquals("new", Files.readString(target));
  }

  @Test
  void aLargeSegmentIsWrittenWhole() throws Exception {
    byte[] bytes = new byte[3 << 20];
    new java.util.Random(1).nextBytes(bytes);
    Path target = folder.resolve("a");
    try (AtomicFile file = AtomicFile.create(target)) {
      file.write(java.lang.foreign.MemorySegment.ofArray(bytes), 5);
      file.write(text("12345"), 0);
      file.commit();
    }
    byte[] written = Files.readAllBytes(target);
    assertArrayEquals(bytes, java.util.Arrays.copyOfRange(written, 5, written.length));
  }

  /** A process of its own that has a temporary file open and waits. */
  private static Process writer(Path target) throws IOException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                AtomicFileWaiting.class.getName(),
                target.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    assertEquals('r', process.getInputStream().read());
    return process;
  }

  private Path leftover() throws IOException {
    try (var files = Files.list(folder)) {
      return files
          .filter(f -> f.getFileName().toString().startsWith(".a."))
          .findAny()
          .orElseThrow();
    }
  }

  private static void write(Path target, String text) throws ImageException {
    try (AtomicFile file = AtomicFile.create(target)) {
      file.write(text(text), 0);
      file.commit();
    }
  }

  private static void assertProblem(Path target, String problem) {
    ImageException e = assertThrows(ImageException.class, () -> AtomicFile.create(target));
    assertEquals(ImageException.Side.OUTPUT, e.side());
    assertTrue(message(e).contains(problem), message(e));
    assertEquals(1, message(e).lines().count(), message(e));
  }

  private static String message(ImageException e) {
    return String.valueOf(e.getMessage());
  }

  private static ByteBuffer text(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
  }

  private List<String> names() throws IOException {
    try (var files = Files.list(folder)) {
      return files.map(f -> f.getFileName().toString()).sorted().toList();
    }
  }
}
