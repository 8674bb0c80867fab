package stops.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import stops.Command;
import stops.Required;

/** {@code stops ev} as users run it. */
class EvIT {
  private static final String EXAMPLE = "src/main/examples/desk-settings.exr";

  @TempDir Path folder = Path.of("");

  private static Program.Result run(String... words) throws Exception {
    return Program.packaged().run(words);
  }

  private static String out(String... words) throws Exception {
    Program.Result result = run(words);
    assertEquals("", result.err());
    assertEquals(0, result.status());
    return result.out();
  }

  private static JsonObject json(String... words) throws Exception {
    return JsonParser.parseString(out(words)).getAsJsonObject();
  }

  /** The error of a run with a status; it is one line, and nothing is on standard output. */
  private static String error(int status, String... words) throws Exception {
    Program.Result result = run(words);
    assertEquals(status, result.status(), result.err());
    assertEquals("", result.out());
    assertEquals(1, result.err().lines().count(), result.err());
    return result.err();
  }

  @Test
  void settingsAsOptionsHaveAnExposureValueAndALightLevel() throws Exception {
    assertEquals(
        """
        shutter      1/250 s, nominal: 2^-8 = 0.00390625
        aperture     f/2.8, nominal: 2^(3/2) = 2.82843
        ISO          100, nominal: 100
        ND           0.9: 2.9897 stops less light
        EV           11
        EV100        13.9897
        luminance    2033.48 cd/m^2
        illuminance  40669.6 lux
        """,
        out("ev", "--shutter", "1/250", "--aperture", "2.8", "--iso=100", "--nd", "0.9"));
  }

  @Test
  void theExifOfTiffFilesIsRead() throws Exception {
    Required.program("oiiotool");
    Path tiff = folder.resolve("exif.tif");
    String settings = "--attrib ExposureTime 0.004 --attrib FNumber 5.6 -d float -o";
    String words = "oiiotool src/main/examples/desk.exr " + settings + " " + tiff;
    Command.outputOf(words.split(" ", -1));
    assertTrue(out("info", tiff.toString()).contains("Exif:FNumber = "));
    // oiiotool does not write the ISO to TIFF files.
    String missing = error(1, "ev", tiff.toString());
    assertTrue(missing.contains("the ISO is missing"), missing);
  }

  @Test
  void whatIsNotMarkedIsExactAndSaysSo() throws Exception {
    String third = out("ev", "1/240,f6.7,ISO140");
    assertTrue(third.contains("shutter      1/240 s, exact: not marked in thirds\n"), third);
    assertTrue(third.contains("aperture     f/6.7, exact: not marked in thirds\n"), third);
    String half = out("ev", "1/240,f6.7,ISO140", "--nominal", "half");
    assertTrue(half.contains("shutter      1/240 s, exact: not marked in halves\n"), half);
    assertTrue(half.contains("aperture     f/6.7, nominal: 2^(11/4) = 6.72717\n"), half);
    assertTrue(half.contains("ISO          140, nominal: 100 * 2^(1/2) = 141.421\n"), half);
    String exact = out("ev", "1/125,f16,ISO100", "--nominal=exact");
    assertTrue(exact.contains("shutter      1/125 s, exact\n"), exact);
    assertTrue(exact.contains("EV           14.9658\n"), exact);
  }

  @Test
  void theUnknownIsFoundAndOfferedAtTheNearestMarks() throws Exception {
    String options = "ev --shutter ? --ev100 12.4 --aperture 8 --iso 100";
    assertEquals(
        """
        shutter      0.0118415 s (1/84.4485), exact
          third      1/80 s, +0.0667 stops
          half       1/90 s, -0.1 stops
        aperture     f/8, nominal: 2^3 = 8
        ISO          100, nominal: 100
        EV           12.4
        EV100        12.4
        luminance    675.588 cd/m^2
        illuminance  13511.8 lux
        """,
        out(options.split(" ", -1)));
    JsonObject object = json((options + " --json").split(" ", -1));
    JsonObject solved = object.getAsJsonObject("solved");
    assertEquals("shutter", solved.get("setting").getAsString());
    assertEquals(Math.pow(2, -6.4), solved.get("value").getAsDouble(), 1e-15);
    assertEquals("1/90", solved.getAsJsonObject("half").get("marked").getAsString());
    assertEquals(
        Math.pow(2, -6.5), solved.getAsJsonObject("half").get("value").getAsDouble(), 1e-9);
    assertEquals(-0.1, solved.getAsJsonObject("half").get("stops").getAsDouble(), 1e-12);
    assertEquals(12.4, object.get("ev100").getAsDouble());
    assertFalse(object.has("shutter"));
  }

  @Test
  void theDifferenceIsTheSecondMinusTheFirst() throws Exception {
    assertEquals(
        """
        first        1/240 s (exact), f/8, ISO 100; EV100 13.9069
        second       1/120 s (exact), f/8, ISO 100; EV100 12.9069
        difference   +1 stop: the second picture is brighter
        """,
        out("ev", "1/240,f8,ISO100", "1/120,f8,ISO100"));
    assertEquals(
        """
        first        f/8
        second       f/11
        difference   -1 stop: the first picture is brighter
        """,
        out("ev", "f8", "f11"));
    JsonObject object = json("ev", "1/50,f4,ISO100", "1/60,f4,ISO100,nd0.3", "--json");
    assertEquals(-1 / 3.0 - 0.3 / Math.log10(2), object.get("stops").getAsDouble(), 1e-14);
    assertEquals(
        0.3, object.getAsJsonObject("second").getAsJsonObject("nd").get("value").getAsDouble());
  }

  @Test
  void settingsOfAFileAreExact() throws Exception {
    String text = out("ev", EXAMPLE);
    assertTrue(text.startsWith("file         " + EXAMPLE + "\n"), text);
    assertTrue(text.contains("shutter      0.004 s, exact: attribute expTime\n"), text);
    JsonObject object = json("ev", EXAMPLE, "--json");
    assertEquals(
        Math.log(5.6 * 5.6 / 0.004 / 2) / Math.log(2), object.get("ev100").getAsDouble(), 1e-14);
    assertEquals("isoSpeed", object.getAsJsonObject("iso").get("attribute").getAsString());
    Program.Result piped = Program.packaged().run("ev", "./" + EXAMPLE, EXAMPLE);
    assertTrue(
        piped.out().endsWith("difference   0 stops: both pictures are as bright\n"), piped.out());
  }

  @Test
  void whatOiiotoolWritesIsReadInEveryFormatThatKeepsIt() throws Exception {
    Required.program("oiiotool");
    Path exr = folder.resolve("a.exr");
    List<String> words =
        List.of(
            "oiiotool",
            "--create",
            "4x4",
            "3",
            "--attrib:type=float",
            "ExposureTime",
            "0.004",
            "--attrib:type=float",
            "FNumber",
            "2.8",
            "--attrib:type=int",
            "Exif:PhotographicSensitivity",
            "200",
            "-o",
            exr.toString());
    String unused = Command.outputOf(words.toArray(String[]::new));
    JsonObject object = json("ev", exr.toString(), "--json");
    assertEquals(
        Math.log(2.8 * 2.8 / 0.004 / 2) / Math.log(2), object.get("ev100").getAsDouble(), 1e-14);
    assertEquals(
        "Exif:PhotographicSensitivity",
        object.getAsJsonObject("iso").get("attribute").getAsString());
    Path zero = folder.resolve("zero.exr");
    unused =
        Command.outputOf(
            "oiiotool",
            exr.toString(),
            "--attrib:type=float",
            "ExposureTime",
            "-1",
            "-o",
            zero.toString());
    assertEquals(
        "stops ev: " + zero + ": expTime is -1, not a time above 0\n",
        error(1, "ev", zero.toString()));
  }

  @Test
  void aFileWithoutSettingsIsStatusOneAndOneThatCannotBeReadThree() throws Exception {
    assertEquals(
        "stops ev: src/main/examples/desk.exr: the shutter is missing: there is no attribute"
            + " expTime, ExposureTime, shutterAngle or ShutterSpeedValue\n",
        error(1, "ev", "src/main/examples/desk.exr"));
    assertTrue(error(3, "ev", "absent.exr").contains("absent.exr: there is no such file"));
    Path text = Files.writeString(folder.resolve("a,b"), "no picture");
    assertTrue(error(3, "ev", text.toString()).contains("a,b"));
    assertTrue(
        error(1, "ev", "--shutter=1/30", "--aperture=4", "--iso=100", "--nd=?", "--ev100=2")
            .contains("these settings need EV100 9, more light than there is"));
  }

  @Test
  void wrongUsageIsStatusTwoAndSaysWhatToWrite() throws Exception {
    String end = "; see stops ev --help\n";
    assertEquals(
        "stops ev: --shutter is 0, not a time above 0" + end,
        error(2, "ev", "--shutter", "0", "--aperture", "8", "--iso", "100"));
    assertEquals(
        "stops ev: --shutter is -1/8, not a time above 0" + end,
        error(2, "ev", "--shutter", "-1/8", "--aperture", "8", "--iso", "100"));
    assertEquals(
        "stops ev: --aperture is \"2,8\", not an f-number above 0; it has a decimal comma: write"
            + " 2.8"
            + end,
        error(2, "ev", "--shutter", "1", "--aperture", "2,8", "--iso", "100"));
    assertEquals(
        "stops ev: --iso is missing; with --ev100 it may be ?, and is found; or write SETTINGS or"
            + " a FILE"
            + end,
        error(2, "ev", "--shutter", "1", "--aperture", "8"));
    assertEquals(
        "stops ev: --shutter ? needs the light level: --ev100 12, for instance" + end,
        error(2, "ev", "--shutter", "?", "--aperture", "8", "--iso", "100"));
    assertEquals(
        "stops ev: both --shutter and --iso are ?; only one can be found" + end,
        error(2, "ev", "--shutter", "?", "--aperture", "8", "--iso", "?", "--ev100", "3"));
    assertEquals(
        "stops ev: --ev100 follows from the settings; write ? for the one to be found" + end,
        error(2, "ev", "--shutter=1", "--aperture=8", "--iso=100", "--ev100=3"));
    assertEquals(
        "stops ev: --ev100 is nan, not a light level from -90 to 90" + end,
        error(2, "ev", "--shutter=?", "--aperture=8", "--iso=100", "--ev100=nan"));
    assertEquals(
        "stops ev: the ISO is missing; write all three, such as 1/240,f8,ISO100" + end,
        error(2, "ev", "1/240,f8"));
    assertEquals(
        "stops ev: only one of the settings has the ISO; give it for both or for none" + end,
        error(2, "ev", "1/240,f8,ISO100", "1/240,f8"));
    assertEquals("stops ev: what is 'f2' for?" + end, error(2, "ev", "f8", "f4", "f2"));
    assertEquals(
        "stops ev: --nominal: 'x' is not one of third, half, exact" + end,
        error(2, "ev", "--nominal", "x", "f8", "f4"));
    assertEquals(
        "stops ev: --iso is for settings as options; write SETTINGS in one word" + end,
        error(2, "ev", "1,8,100", "--iso", "100"));
    assertEquals(
        "stops ev: ISO is \"ISO1OO\", not a speed above 0; write one such as 100 or ISO100" + end,
        error(2, "ev", "1/240,f8,ISO1OO"));
  }

  @Test
  void helpHasAnExampleThatRuns() throws Exception {
    String help = out("ev", "--help").replaceAll("\\s+", " ");
    String example = "ev --shutter '?' --aperture 8 --iso 100 --ev100 12.4";
    assertTrue(help.contains("Example: stops " + example), help);
    String text = out(example.replace("'", "").split(" ", -1));
    assertTrue(text.startsWith("shutter      0.0118415 s (1/84.4485), exact\n"), text);
  }

  @Test
  void textIsTheSameInOtherLocales() throws Exception {
    String expected = out("ev", "1/240,f6.3,ISO125", "--json") + out("ev", "2s,F/6.3,ISO 125");
    for (String language : List.of("ar -Duser.country=EG", "tr", "th -Duser.country=TH")) {
      Program program = Program.packaged().with("STOPS_JAVA_OPTS", "-Duser.language=" + language);
      String found =
          program.run("ev", "1/240,f6.3,ISO125", "--json").out()
              + program.run("ev", "2s,F/6.3,ISO 125").out();
      assertEquals(expected, found, language);
    }
  }

  @Test
  void aCommandIsGuessed() throws Exception {
    assertTrue(error(2, "evs").contains("(did you mean ev?)"));
  }
}
