package stops.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import stops.opencl.BrokenDriver;

/** Without a usable OpenCL device the CPU does the work, and who insists on one is told why not. */
class DeviceFailureIT {
  private static final int LARGE_SAMPLES = 16 << 20;

  @TempDir Path folder = Path.of("");

  @TestFactory
  List<DynamicTest> withoutAUsableDevice() throws Exception {
    Path noDriver = Files.createDirectory(folder.resolve("no-driver"));
    Path missingDriver = Files.createDirectory(folder.resolve("missing-driver"));
    Files.writeString(missingDriver.resolve("gone.icd"), "/nowhere/libgone.so\n");
    Path brokenLibrary = Files.createDirectory(folder.resolve("broken-library"));
    Files.writeString(brokenLibrary.resolve("libOpenCL.so.1"), "this is no library\n");
    Files.writeString(brokenLibrary.resolve("libOpenCL.so"), "this is no library\n");
    List<DynamicTest> tests = new ArrayList<>();
    for (BrokenDriver.Moment moment : BrokenDriver.Moment.values()) {
      for (BrokenDriver.Fault fault : BrokenDriver.Fault.values()) {
        tests.add(
            DynamicTest.dynamicTest(
                "a driver with a " + fault + " in its " + moment,
                () -> noCommandFalls(moment, fault)));
      }
    }
    tests.addAll(absent(noDriver, missingDriver, brokenLibrary));
    return tests;
  }

  private List<DynamicTest> absent(Path noDriver, Path missingDriver, Path brokenLibrary) {
    return List.of(
        test("no OpenCL library", Map.of("LD_LIBRARY_PATH", brokenLibrary.toString())),
        test("no driver", Map.of("OCL_ICD_VENDORS", noDriver.toString())),
        test("a driver that is missing", Map.of("OCL_ICD_VENDORS", missingDriver.toString())));
  }

  /** The device, or its driver, is named by {@code devices} and used by nothing. */
  private void noCommandFalls(BrokenDriver.Moment moment, BrokenDriver.Fault fault)
      throws Exception {
    Path vendors = Files.createDirectory(folder.resolve(moment + "-" + fault));
    BrokenDriver.register(vendors, moment, fault);
    Map<String, String> environment =
        Map.of(
            "OCL_ICD_VENDORS",
            vendors.toString(),
            "STOPS_JAVA_OPTS",
            "-Dstops.cache=" + vendors.resolve("cache"));
    // Who crashes may take as long as a busy machine makes it; who hangs has that long to begin.
    String limit = fault == BrokenDriver.Fault.CRASH ? "600" : "20";
    Program.Result devices = program(environment).run("devices", "--time-limit", limit);
    assertEquals(0, devices.status(), devices.err());
    assertEquals("", devices.err());
    String what = fault == BrokenDriver.Fault.CRASH ? "crashed (signal 6)" : "gave no answer";
    assertTrue(devices.out().contains(what), devices.out());
    assertEquals(
        moment == BrokenDriver.Moment.SELF_TEST,
        devices
            .out()
            .lines()
            .anyMatch(line ->
                line.startsWith("0:0   " + BrokenDriver.DEVICE)
                    && line.endsWith(fault == BrokenDriver.Fault.CRASH ? "CRASHED" : "TIMED OUT")),
        devices.out());
    cpuDoesTheWork(environment);
  }

  private DynamicTest test(String name, Map<String, String> environment) {
    return DynamicTest.dynamicTest(
        name,
        () -> {
          cpuDoesTheWork(environment);
          Program.Result devices = program(environment).run("devices");
          assertEquals(0, devices.status(), devices.err());
          assertTrue(devices.out().contains("OpenCL"), devices.out());
        });
  }

  private void cpuDoesTheWork(Map<String, String> environment) throws Exception {
    Path raw = folder.resolve("ones.raw");
    Path out = folder.resolve("zeros.raw");
    byte[] ones = new byte[4 * LARGE_SAMPLES];
    for (int i = 0; i < ones.length; i += 4) {
      ones[i + 2] = (byte) 0x80;
      ones[i + 3] = 0x3f;
    }
    Files.write(raw, ones);
    Program auto = program(environment);
    Program.Result converted =
        auto.run("convert", raw.toString(), out.toString(), "--to=exposure", "--raw=f32");
    assertEquals(0, converted.status(), converted.err());
    assertEquals("", converted.err());
    assertTrue(converted.out().contains("cpu, CPU"), converted.out());
    assertArrayEquals(new byte[ones.length], Files.readAllBytes(out));
    Files.delete(out);

    Program.Result required =
        program(environment)
            .run(
                "convert",
                raw.toString(),
                out.toString(),
                "--to=exposure",
                "--raw=f32",
                "--device=opencl");
    assertEquals(5, required.status(), required.err());
    assertEquals(1, required.err().lines().count(), required.err());
    assertTrue(required.err().contains("no OpenCL"), required.err());
    assertTrue(!Files.exists(out));
  }

  private static Program program(Map<String, String> environment) {
    Program program = Program.packaged();
    environment.forEach(program::with);
    return program;
  }
}
