package stops.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import stops.cli.terminal.ExitStatus;
import stops.engine.Direction;
import stops.engine.EngineInfo;
import stops.engine.SampleType;
import stops.verify.Certificate;
import stops.verify.MapResult;

class VerifyCommandTest {
  private static final EngineInfo DEVICE =
      new EngineInfo("1:0", EngineInfo.Kind.OPENCL_GPU, "GPU", "driver 1", 1, 1 << 16);
  private static final Certificate GOOD = certificate(map(0, "cafe"), null);
  private static final Certificate WRONG = certificate(map(3, "beef"), null);
  private static final Certificate FAILED = certificate(map(0, "cafe"), "clFinish: lost");

  private boolean builtin;
  private boolean json;

  private static MapResult map(long misrounded, String sha256) {
    return new MapResult(
        Direction.TO_EXPOSURE,
        SampleType.FLOAT32,
        SampleType.FLOAT32,
        1000,
        misrounded,
        misrounded == 0 ? null : "exposure of 0x1.0p3 is 4, not 3",
        misrounded == 0 ? 0.5 : 1.25,
        false,
        sha256,
        "cafe",
        2);
  }

  private static Certificate certificate(MapResult map, @Nullable String failure) {
    return new Certificate(DEVICE, List.of(map), failure);
  }

  /** What the command prints about the certificates, which end it with {@code status}. */
  private String printed(int status, Certificate... certificates) {
    PrintStream before = System.out;
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    System.setOut(new PrintStream(bytes, true, StandardCharsets.UTF_8));
    try {
      assertEquals(status, VerifyCommand.finish(List.of(certificates), builtin, json));
    } finally {
      System.setOut(before);
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }

  @Test
  void allPassedIsStatusZero() {
    assertEquals(
        """
        1:0, GPU (driver 1): passed
          exposure of float32 to float32: 1,000 inputs, 0 misrounded, largest error 0.5 ULP, 2.00 s
            SHA-256 cafe as published
        """,
        printed(ExitStatus.DONE, GOOD));
  }

  @Test
  void oneWrongResultIsStatusOneAndIsLocated() {
    assertEquals(
        """
        1:0, GPU (driver 1): FAILED
          exposure of float32 to float32: 1,000 inputs, 3 misrounded, largest error 1.250 ULP, 2.00 s
            first: exposure of 0x1.0p3 is 4, not 3
            SHA-256 beef not the published cafe
        """,
        printed(ExitStatus.DATA, WRONG));
    String both = printed(ExitStatus.DATA, GOOD, WRONG);
    assertTrue(both.contains("passed") && both.contains("FAILED"), both);
  }

  @Test
  void aDeviceThatFailedIsStatusOneWithTheReason() {
    String text = printed(ExitStatus.DATA, FAILED, GOOD);
    assertTrue(text.startsWith("1:0, GPU (driver 1): FAILED\n  clFinish: lost\n"), text);
    assertTrue(text.contains("passed"), text);
  }

  @Test
  void aVendorsFunctionMayDifferButNotFail() {
    builtin = true;
    String text = printed(ExitStatus.DONE, WRONG);
    assertTrue(text.startsWith("1:0, GPU (driver 1): differs\n"), text);
    text = printed(ExitStatus.DATA, FAILED);
    assertTrue(text.startsWith("1:0, GPU (driver 1): FAILED\n"), text);
  }

  @Test
  void jsonHasInfiniteErrorsAsText() {
    json = true;
    MapResult infinite =
        new MapResult(
            Direction.TO_EXPOSURE,
            SampleType.FLOAT32,
            SampleType.FLOAT32,
            1000,
            1,
            "exposure of 0x1.0p3 is Infinity, not 3",
            Double.POSITIVE_INFINITY,
            false,
            null,
            null,
            2);
    String text = printed(ExitStatus.DATA, certificate(infinite, null));
    assertTrue(text.contains("\"largestErrorUlps\": \"Infinity\""), text);
  }

  @Test
  void jsonSaysTheSame() {
    json = true;
    JsonObject object =
        JsonParser.parseString(printed(ExitStatus.DATA, FAILED))
            .getAsJsonArray()
            .get(0)
            .getAsJsonObject();
    assertEquals("clFinish: lost", object.get("failure").getAsString());
    assertEquals(
        1000, object.getAsJsonArray("maps").get(0).getAsJsonObject().get("inputs").getAsLong());
  }
}
