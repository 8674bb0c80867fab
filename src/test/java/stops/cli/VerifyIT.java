package stops.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import stops.Required;
import stops.opencl.BrokenDriver;

class VerifyIT {
  @TempDir Path folder = Path.of("");

  private static void needsADevice() throws Exception {
    Program.Result devices = Program.packaged().run("devices", "--json");
    if (!devices.out().contains("PASSED")) {
      Required.missing("an OpenCL device: " + devices);
    }
  }

  @Test
  void theCpuPasses() throws Exception {
    Program.Result result = Program.packaged().run("verify", "--device", "cpu");
    assertEquals(0, result.status(), result::toString);
    assertTrue(result.out().startsWith("cpu, CPU ("), result.out());
    assertEquals(1 + 2 * 3 * 3, result.out().lines().count(), result.out());
    assertFalse(result.out().contains("FAILED"), result.out());
    assertEquals("", result.err());
  }

  @Test
  void everyDevicePasses() throws Exception {
    needsADevice();
    Program.Result result = Program.packaged().run("verify", "--json");
    assertEquals(0, result.status(), result::toString);
    JsonArray certificates = JsonParser.parseString(result.out()).getAsJsonArray();
    assertTrue(certificates.size() > 1, result.out());
    for (var each : certificates) {
      JsonObject certificate = each.getAsJsonObject();
      assertFalse(certificate.getAsJsonArray("maps").isEmpty());
      assertFalse(certificate.has("failure"), certificate::toString);
    }
  }

  @Test
  void aKindOfKernelCanBeForcedAndNoOther() throws Exception {
    needsADevice();
    Program.Result result =
        Program.packaged().run("verify", "--device", "opencl", "--variant", "pairs");
    assertEquals(0, result.status(), result::toString);
    assertFalse(result.out().contains("FAILED"), result.out());
    Program.Result unknown = Program.packaged().run("verify", "--variant", "fp32");
    assertEquals(2, unknown.status(), unknown::toString);
    assertTrue(unknown.err().contains("fp64, pairs, integer"), unknown.err());
    assertEquals(1, unknown.err().lines().count(), unknown.err());
  }

  @Test
  void theFunctionsOfAVendorAreMeasured() throws Exception {
    needsADevice();
    Program.Result result = Program.packaged().run("verify", "--builtin");
    assertEquals(0, result.status(), result::toString);
    Pattern map =
        Pattern.compile(
            "(?m)^  (exposure|intensity) of float32 to float32: 69,635 inputs, [\\d,]+ misrounded,"
                + " largest error \\S+ ULP, ");
    assertTrue(map.matcher(result.out()).results().count() >= 2, result.out());
  }

  @Test
  void aDeviceThatCrashesIsStatusFiveForWhoAsksForIt() throws Exception {
    BrokenDriver.register(folder, BrokenDriver.Moment.SELF_TEST, BrokenDriver.Fault.CRASH);
    Program program =
        Program.packaged()
            .with("OCL_ICD_VENDORS", folder.toString())
            .with("STOPS_JAVA_OPTS", "-Dstops.cache=" + folder.resolve("cache"));
    for (String[] command :
        new String[][] {
          {"verify", "--device", "opencl"}, {"verify", "--device", "opencl", "--builtin"}
        }) {
      Program.Result result = program.run(command);
      assertEquals(5, result.status(), result::toString);
      assertEquals("", result.out());
      assertEquals(1, result.err().lines().count(), result.err());
      assertTrue(result.err().contains("crashed (signal 6)"), result.err());
    }
  }

  @Test
  void whatNamesNoDeviceIsAMistake() throws Exception {
    assertEquals(2, Program.packaged().run("verify", "--device", "a,,b").status());
    Program.Result absent = Program.packaged().run("verify", "--device", "no such device");
    assertEquals(5, absent.status(), absent::toString);
    assertEquals(1, absent.err().lines().count(), absent.err());
  }
}
