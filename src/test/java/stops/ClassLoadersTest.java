package stops;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import stops.opencl.ChildJvm;
import stops.opencl.TestDevice;

/** Programs in one Java that each have Stops for themselves, as in a server. */
class ClassLoadersTest {
  private static long count(String output, String begin) {
    return output.lines().filter(line -> line.startsWith(begin)).count();
  }

  @Test
  void classLoadersThatUseTheCpuAreUnloaded() throws Exception {
    String output = ChildJvm.run(ClassLoadersMain.class, Map.of(), List.of(), "cpu");
    assertEquals(3, count(output, "converted 3.0"), output);
    assertEquals(3, count(output, "unloaded true"), output);
  }

  @Test
  void theSecondIsToldHowToUseOpenClAndNothingIsLoadedFromTheTemporaryFolder(@TempDir Path folder)
      throws Exception {
    String device = TestDevice.of(TestDevice.openCl()).id();
    List<String> options = List.of("-Djava.io.tmpdir=" + folder);
    String output = ChildJvm.run(ClassLoadersMain.class, Map.of(), options, device);
    assertEquals(1, count(output, "converted 3.0"), output);
    assertEquals(2, count(output, "exception stops.device.DeviceUnavailable"), output);
    assertTrue(output.contains("another class loader of this program has loaded the"), output);
    assertFalse(output.contains("stack trace") || output.contains("\tat "), output);
    try (var files = Files.list(folder)) {
      assertEquals(List.of(), files.map(Path::toString).filter(n -> n.contains("JOCL")).toList());
    }
  }

  @Test
  void classLoadersThatShareTheBindingAllUseOpenClAndAreUnloaded() throws Exception {
    String device = TestDevice.of(TestDevice.openCl()).id();
    String output = ChildJvm.run(ClassLoadersMain.class, Map.of(), List.of(), device, "shared");
    assertEquals(3, count(output, "converted 3.0"), output);
    // Java itself may remember the last one for a while.
    assertTrue(count(output, "unloaded true") >= 2, output);
  }

  @Test
  void aMissingTemporaryFolderCostsNoDevice(@TempDir Path folder) throws Exception {
    String device = TestDevice.of(TestDevice.openCl()).id();
    List<String> options =
        List.of(
            "-Djava.io.tmpdir=" + folder.resolve("missing"),
            "-Dstops.cache=" + folder.resolve("cache"));
    String output = ChildJvm.run(ClassLoadersMain.class, Map.of(), options, device);
    assertEquals(1, count(output, "converted 3.0"), output);
    assertTrue(Files.isDirectory(folder.resolve("cache").resolve("programs")), "nothing is kept");
  }
}
