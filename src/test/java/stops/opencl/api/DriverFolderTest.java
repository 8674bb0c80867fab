package stops.opencl.api;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import stops.Command;

/** Each registered driver stands for itself, in all the ways to select drivers. */
final class DriverFolderTest {
  private static final String LIBRARY = "/opt/libdriver.so";

  @TempDir Path folder = Path.of("");

  private static DriverFolder read(Object selected) throws IOException {
    return DriverFolder.read(Map.of("OCL_ICD_VENDORS", selected.toString()));
  }

  private Path file(String name, String content) throws IOException {
    return Files.writeString(folder.resolve(name), content);
  }

  private static List<String> libraries(DriverFolder folder) {
    return folder.drivers().stream().map(RegisteredDriver::library).toList();
  }

  @Test
  void theFirstLineOfAFileNamesTheLibrary() throws Exception {
    file("a.icd", LIBRARY + "\n");
    file("b.icd", "libb.so");
    file("c.icd", "libc.so\nnotes\n");
    file("README", "libnone.so");
    assertEquals(List.of(LIBRARY, "libb.so", "libc.so"), libraries(read(folder)));
    assertEquals(libraries(read(folder)), libraries(read(folder + "/")));
    assertEquals(
        libraries(read(folder)),
        libraries(DriverFolder.read(Map.of("OPENCL_VENDOR_PATH", folder.toString()))));
  }

  @Test
  void aFileThatNamesNoDriverDoesNotAffectTheOthers() throws Exception {
    file("good.icd", LIBRARY + "\n");
    Files.createSymbolicLink(folder.resolve("dangling.icd"), folder.resolve("nothing"));
    Files.createSymbolicLink(folder.resolve("loop.icd"), folder.resolve("loop.icd"));
    Files.createSymbolicLink(folder.resolve("endless.icd"), Path.of("/dev/zero"));
    Files.createSymbolicLink(folder.resolve("system.icd"), Path.of("/proc/self/maps"));
    Files.createDirectory(folder.resolve("folder.icd"));
    file("empty.icd", "");
    file("blank.icd", " \n" + LIBRARY);
    file("zeros.icd", "lib\0.so");
    Files.write(folder.resolve("latin.icd"), "/opt/libé.so\n".getBytes(ISO_8859_1));
    Files.write(folder.resolve("long.icd"), new byte[1 << 17]);
    DriverFolder read = read(folder);
    assertEquals(List.of(LIBRARY), libraries(read));
    assertFalse(read.harmless());
    assertEquals(10, read.problems().size(), read.problems().toString());
    for (String problem : read.problems()) {
      assertTrue(problem.startsWith(folder.toString()), problem);
      assertTrue(problem.contains(".icd names no OpenCL driver: it "), problem);
    }
  }

  @Test
  void aFileNameNeedBeNoText() throws Exception {
    String program = "import sys; open(sys.argv[1].encode() + b'/x\\xe9.icd', 'w').write('l')";
    Command.outputOf("/usr/bin/python3", "-c", program, folder.toString());
    DriverFolder read = read(folder);
    assertEquals(List.of("l"), libraries(read));
    assertFalse(read.drivers().getFirst().toString().contains("\u00e9"));
  }

  @Test
  void aSingleFileOrLibraryMayBeSelected() throws Exception {
    Path file = file("a.icd", LIBRARY + "\n");
    file("b.icd", "libb.so\n");
    assertEquals(List.of(LIBRARY), libraries(read(file)));
    assertEquals(List.of(folder + "/libc.so"), libraries(read(folder + "/libc.so")));
    assertEquals(List.of("libc.so"), libraries(read("libc.so")));
  }

  @Test
  void aMissingSelectionIsAProblem() throws Exception {
    DriverFolder noFile = read(folder.resolve("gone.icd"));
    assertEquals(List.of(), noFile.drivers());
    assertEquals(
        List.of(folder.resolve("gone.icd") + " names no OpenCL driver: it leads to no file"),
        noFile.problems());
    DriverFolder noFolder =
        DriverFolder.read(Map.of("OPENCL_VENDOR_PATH", folder.resolve("gone").toString()));
    assertEquals(List.of(), noFolder.drivers());
    assertEquals(1, noFolder.problems().size());
    assertThrows(IOException.class, () -> read("a\0b"));
  }

  /** The OpenCL library prefers the first, unless it is empty. */
  @Test
  void oneVariableGoesBeforeTheOther() throws Exception {
    Path file = file("a.icd", LIBRARY + "\n");
    assertEquals(
        List.of(LIBRARY),
        libraries(
            DriverFolder.read(
                Map.of("OCL_ICD_VENDORS", file.toString(), "OPENCL_VENDOR_PATH", "/nowhere"))));
    assertEquals(
        List.of(LIBRARY),
        libraries(
            DriverFolder.read(
                Map.of("OCL_ICD_VENDORS", "", "OPENCL_VENDOR_PATH", folder.toString()))));
  }

  @Test
  void whatIsSelectedIsPartOfTheKey() throws Exception {
    Path library = file("liba.so", "one");
    Path one = file("a.icd", library + "\n");
    Path two = file("b.icd", library + "\n");
    String key = read(one).drivers().getFirst().key();
    assertFalse(key.equals(read(two).drivers().getFirst().key()));
    Files.writeString(library, "another");
    assertFalse(key.equals(read(one).drivers().getFirst().key()));
  }
}
