package stops.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonParser;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InfoIT {
  private static final Path DESK = Path.of("src/main/examples/desk.exr").toAbsolutePath();

  @TempDir Path folder = Path.of("");

  @Test
  void statisticsAreATableBelowTheRest() throws Exception {
    Program.Result plain = Program.packaged().run("info", DESK.toString());
    Program.Result result = Program.packaged().run("info", DESK.toString(), "--stats");
    assertEquals(0, result.status(), result.err());
    assertTrue(result.out().startsWith(plain.out()), result.out());
    String table = result.out().substring(plain.out().length());
    assertEquals(4, table.lines().count(), table);
    assertTrue(table.lines().toList().get(1).matches(" +B .* 78,240 +0 +148 +0 +0"), table);
  }

  @Test
  void statisticsAreAlsoJson() throws Exception {
    ByteBuffer values = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN);
    values.putFloat(8).putFloat(0).putFloat(0.5f).putFloat(Float.NaN);
    Path raw = Files.write(folder.resolve("a.raw"), values.array());
    Program.Result result =
        Program.packaged().run("info", raw.toString(), "--raw=f32", "--stats", "--json");
    assertEquals(0, result.status(), result.err());
    var channel =
        JsonParser.parseString(result.out())
            .getAsJsonObject()
            .getAsJsonArray("statistics")
            .get(0)
            .getAsJsonObject();
    assertEquals("intensity", channel.get("meaning").getAsString());
    assertEquals(0, channel.get("minimum").getAsDouble());
    assertEquals(8, channel.get("maximum").getAsDouble());
    assertEquals(-1, channel.get("minimumStops").getAsDouble());
    assertEquals(3, channel.get("maximumStops").getAsDouble());
    assertEquals(1, channel.get("zero").getAsLong());
    assertEquals(1, channel.get("nan").getAsLong());
    Program.Result without = Program.packaged().run("info", raw.toString(), "--raw=f32", "--json");
    assertFalse(without.out().contains("statistics"), without.out());
  }
}
