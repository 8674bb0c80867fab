package stops.opencl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import stops.opencl.api.OpenClDevice;

/** The search for devices finds this machine's, and reports an absent or broken OpenCL. */
final class OpenClTest {
  @TempDir Path folder = Path.of("");

  @Test
  void everyDeviceIsDescribed() {
    for (OpenClDevice device : TestDevice.openCl().devices()) {
      assertEquals(device.platform() + ":" + device.index(), device.id());
      assertFalse(device.name().isBlank());
      assertFalse(device.driverVersion().isBlank());
      assertTrue(device.version().startsWith("OpenCL "));
      assertTrue(device.computeUnits() > 0);
      assertTrue(device.maxAllocationBytes() > 0);
      assertTrue(device.maxAllocationBytes() <= device.globalMemoryBytes());
      assertTrue(device.maxWorkGroupItems() > 0);
    }
  }

  @Test
  void withoutADriverThereIsNoDevice() throws Exception {
    String output = probe(Map.of("OCL_ICD_VENDORS", folder.toString()));
    assertEquals("problem no OpenCL driver is installed\n", output);
  }

  @Test
  void aDriverWhoseLibraryIsMissingIsNamed() throws Exception {
    Path file = folder.resolve("gone.icd");
    Files.writeString(file, "libgone-for-good.so\n");
    String output = probe(Map.of("OCL_ICD_VENDORS", folder.toString()));
    assertEquals(
        "problem no OpenCL driver is installed\nproblem "
            + file
            + " names the OpenCL driver libgone-for-good.so, which cannot be loaded\n",
        output);
  }

  @Test
  void withoutAnOpenClLibraryThereIsOneLineThatSaysSo() throws Exception {
    Files.writeString(folder.resolve("libOpenCL.so.1"), "no library");
    Files.writeString(folder.resolve("libOpenCL.so"), "no library");
    String output = probe(Map.of("LD_LIBRARY_PATH", folder.toString()));
    assertTrue(
        output.startsWith("problem no OpenCL library can be loaded: libOpenCL.so.1"), output);
    assertEquals(output.length() - 1, output.indexOf('\n'), output);
  }

  @Test
  void withoutALibraryPathTheProgramLearnsHowToStart() throws Exception {
    TestDevice.openCl();
    Path cache = folder.resolve("cache");
    Path temporary = Files.createDirectory(folder.resolve("tmp"));
    List<String> options = List.of("-Dstops.cache=" + cache, "-Djava.io.tmpdir=" + temporary);
    String without = probe(options, folder);
    Matcher advice =
        Pattern.compile("problem .*; start it with -Djava.library.path=(.+)\n").matcher(without);
    assertTrue(advice.matches(), without);
    String with = probe(options, Path.of(advice.group(1)));
    assertTrue(with.startsWith("device 0:0 "), with);
    try (var left = Files.list(temporary)) {
      assertEquals(List.of(), left.toList());
    }
    assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(cache)));
    try (var files = Files.list(cache.resolve("native"))) {
      assertEquals(1, files.count());
    }
  }

  private static String probe(List<String> options, Path libraries) throws Exception {
    List<String> all = new ArrayList<>(options);
    all.add("-Djava.library.path=" + libraries);
    return ChildJvm.run(ProbeMain.class, Map.of(), all);
  }

  private static String probe(Map<String, String> environment) throws Exception {
    return ChildJvm.run(ProbeMain.class, environment, List.of());
  }
}
