package stops.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import stops.cpu.ScalarEngine;

class ReportFileTest {

  @Test
  void jsonFollowsTheDocumentedLayout() throws Exception {
    BenchReport report = BenchmarkTest.run(true, new ScalarEngine(), new WrongDevice());
    check(schema(), JsonParser.parseString(ReportFile.json(report)), "report");
  }

  @Test
  void theCheckOfTheLayoutSeesWhatIsMissingStrangeOrOfAnotherType() throws Exception {
    String json = ReportFile.json(BenchmarkTest.run(false, new ScalarEngine()));
    for (Map.Entry<String, String> change :
        Map.of(
                "\"runs\"",
                "\"sprints\"",
                "\"HOST_COPY\"",
                "\"HOST\"",
                "\"samples\": ",
                "\"samples\": 0.5")
            .entrySet()) {
      String changed = json.replace(change.getKey(), change.getValue());
      assertThrows(
          AssertionError.class,
          () -> check(schema(), JsonParser.parseString(changed), "report"),
          change.getKey());
    }
  }

  @Test
  void whatWasWrittenIsRead(@TempDir Path folder) throws Exception {
    BenchReport report = BenchmarkTest.run(false, new ScalarEngine(), new WrongDevice());
    Path file = Files.writeString(folder.resolve("report.json"), ReportFile.json(report));
    assertEquals(report, ReportFile.read(file));
  }

  /** More than a text can hold, most of it a hole. */
  @Test
  void aFileOfGigabytesIsRefused(@TempDir Path folder) throws Exception {
    Path file = Files.writeString(folder.resolve("report.json"), "{");
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.write(ByteBuffer.allocate(1), 3_000_000_000L);
    }
    IOException e = assertThrows(IOException.class, () -> ReportFile.read(file));
    assertEquals("it is too large for a report of stops bench", e.getMessage());
  }

  @Test
  void anotherFileIsRefused(@TempDir Path folder) throws Exception {
    for (String text : new String[] {"", "[]", "{}", "{\"schemaVersion\": 99}", "no JSON"}) {
      Path file = Files.writeString(folder.resolve("other.json"), text);
      IOException problem = assertThrows(IOException.class, () -> ReportFile.read(file), text);
      assertTrue(
          String.valueOf(problem.getMessage()).contains("not a report of stops bench"), text);
    }
  }

  @Test
  void csvHasAFieldForEachColumnInEachRow() throws Exception {
    BenchReport report = BenchmarkTest.run(false, new ScalarEngine());
    String[] lines = ReportFile.csv(report).split("\n", -1);
    assertEquals(report.rows().size() + 2, lines.length);
    int columns = lines[0].split(",", -1).length;
    for (int i = 1; i <= report.rows().size(); i++) {
      assertEquals(columns, lines[i].split(",", -1).length, lines[i]);
    }
  }

  private static JsonObject schema() throws IOException {
    try (InputStream stream =
        Objects.requireNonNull(BenchReport.class.getResourceAsStream("bench-schema.json"))) {
      return JsonParser.parseReader(new InputStreamReader(stream, StandardCharsets.UTF_8))
          .getAsJsonObject();
    }
  }

  /** Checks a value against the parts of JSON Schema that the layout uses. */
  private static void check(JsonObject schema, JsonElement value, String where) {
    if (schema.has("const")) {
      assertEquals(schema.get("const").getAsLong(), value.getAsLong(), where);
    }
    if (schema.has("enum")) {
      assertTrue(schema.getAsJsonArray("enum").contains(value), where + ": " + value);
    }
    switch (schema.has("type") ? schema.get("type").getAsString() : "") {
      case "object" -> checkObject(schema, value.getAsJsonObject(), where);
      case "array" -> {
        JsonArray array = value.getAsJsonArray();
        for (int i = 0; i < array.size(); i++) {
          check(schema.getAsJsonObject("items"), array.get(i), where + "[" + i + "]");
        }
      }
      case "string" -> assertTrue(value.getAsJsonPrimitive().isString(), where);
      case "number" -> assertTrue(value.getAsJsonPrimitive().isNumber(), where);
      case "integer" -> {
        assertTrue(value.getAsJsonPrimitive().isNumber(), where);
        assertTrue(value.getAsString().matches("-?\\d+"), where + ": " + value);
      }
      default -> {}
    }
  }

  private static void checkObject(JsonObject schema, JsonObject value, String where) {
    JsonObject properties = schema.getAsJsonObject("properties");
    for (JsonElement required : schema.getAsJsonArray("required")) {
      assertTrue(value.has(required.getAsString()), where + " has no " + required);
    }
    for (Map.Entry<String, JsonElement> member : value.entrySet()) {
      assertTrue(properties.has(member.getKey()), where + " has a strange " + member.getKey());
      check(
          properties.getAsJsonObject(member.getKey()),
          member.getValue(),
          where + "." + member.getKey());
    }
  }
}
