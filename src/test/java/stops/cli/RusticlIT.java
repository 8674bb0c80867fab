package stops.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import stops.Required;

/** Mesa's rusticl on the CPU, a driver without double precision, alone and with other drivers. */
class RusticlIT {
  private static final Path PICTURE = Path.of("src/main/examples/desk.exr").toAbsolutePath();

  @TempDir Path folder = Path.of("");

  private static Program program() {
    return Program.packaged().with("RUSTICL_ENABLE", "llvmpipe");
  }

  @BeforeAll
  static void needsTheDriver() throws Exception {
    Program.Result devices = program().run("devices", "--json");
    assertEquals(0, devices.status(), devices::toString);
    JsonObject answer = JsonParser.parseString(devices.out()).getAsJsonObject();
    for (var each : answer.getAsJsonArray("devices")) {
      JsonObject device = each.getAsJsonObject();
      if (device.get("platformName").getAsString().equals("rusticl")) {
        JsonObject verdict =
            answer.getAsJsonObject("verdicts").getAsJsonObject(device.get("id").getAsString());
        assertTrue(verdict.get("passed").getAsBoolean(), verdict::toString);
        return;
      }
    }
    Required.missing("Mesa's rusticl: " + devices);
  }

  private byte[] converted(String device, String... options) throws Exception {
    Path target = folder.resolve(device + options.length + ".exr");
    String[] command = {
      "convert", PICTURE.toString(), target.toString(), "--to", "exposure", "--device", device, "-q"
    };
    Program.Result result =
        program()
            .run(
                Stream.concat(Arrays.stream(command), Arrays.stream(options))
                    .toArray(String[]::new));
    assertEquals(0, result.status(), result::toString);
    return Files.readAllBytes(target);
  }

  @Test
  void itPassesAllChecks() throws Exception {
    Program.Result result = program().run("verify", "--device", "rusticl");
    assertEquals(0, result.status(), result::toString);
    assertTrue(result.out().contains("(rusticl, driver "), result.out());
    assertTrue(result.out().lines().count() > 8, result.out());
  }

  @Test
  void itGivesTheBitsOfTheCpu() throws Exception {
    assertArrayEquals(converted("cpu"), converted("rusticl"));
  }

  @Test
  void allDevicesTogetherGiveTheBitsOfTheCpu() throws Exception {
    assertArrayEquals(converted("cpu"), converted("all"));
  }

  @Test
  void withAGainToo() throws Exception {
    assertArrayEquals(converted("cpu", "--gain", "0.3"), converted("rusticl", "--gain", "0.3"));
  }
}
