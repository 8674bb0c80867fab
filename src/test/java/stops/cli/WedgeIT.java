package stops.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import stops.Required;

/** {@code stops wedge} as a user runs it. NumPy and OpenImageIO judge its pixels. */
class WedgeIT {
  private static final Path DESK = Path.of("src/main/examples/desk.exr").toAbsolutePath();

  /** A picture with light of 40 stops, negative, infinite and missing samples. */
  private static final String MAKE =
      """
      import numpy as np
      random = np.random.default_rng(5)
      light = (2.0 ** random.uniform(-20, 20, (53, 70, 3))).astype(np.float32)
      light[3, 5] = 0
      light[4, 6] = [-1, -2, -3]
      light[5, 7] = np.inf
      light[6, 8] = [1, np.nan, 1]
      light[7, 9] = [2.0 ** -140, 0, 0]
      np.save("light.npy", light)
      """;

  /** Says how many codes of the cells of a sheet are not what NumPy computes. */
  private static final String JUDGE =
      """
      import json, sys
      import numpy as np
      light = np.load("light.npy").astype(np.float64)
      sheet = json.load(open("sheet.json"))
      data = open("sheet.ppm", "rb").read()
      width, height = sheet["width"], sheet["height"]
      pixels = np.frombuffer(data[-3 * width * height:], np.uint8).reshape(height, width, 3)
      n = round(1 / sheet["scale"])
      h, w = -(-light.shape[0] // n), -(-light.shape[1] // n)
      mean = np.zeros((h, w, 3))
      for y in range(h):
          for x in range(w):
              mean[y, x] = light[y * n:y * n + n, x * n:x * n + n].mean((0, 1))
      mean = mean.astype(np.float32).astype(np.float64)
      nan = np.isnan(mean).any(2)
      kind = sys.argv[1]
      wrong = 0
      for cell in sheet["pictures"]:
          stops = eval(cell["stops"])
          exposed = (mean * 2.0 ** stops).astype(np.float32).astype(np.float64)
          shown = pixels[cell["y"]:cell["y"] + h, cell["x"]:cell["x"] + w].astype(int)
          x = np.clip(np.nan_to_num(exposed, posinf=1), 0, 1)
          if kind == "srgb":
              signal = np.where(x <= 0.0031308, 12.92 * x, 1.055 * x ** (1 / 2.4) - 0.055) * 255
          elif kind == "linear":
              signal = x * 255
          if kind == "false":
              y = exposed @ np.array([0.2126, 0.7152, 0.0722])
              expected = np.zeros(shown.shape, int)
              for band in sheet["bands"]:
                  colour = [int(band["colour"][i:i + 2], 16) for i in (1, 3, 5)]
                  expected[y >= band.get("fromIntensity", 1e-300)] = colour
              expected[~(y > 0)] = 0
          else:
              expected = np.floor(signal + 0.5).astype(int)
              # Where two codes are as near, either will do.
              near = np.abs(signal - np.floor(signal) - 0.5) < 1e-4
              expected = np.where(near & (np.abs(shown - expected) == 1), shown, expected)
          expected[nan] = [255, 0, 255]
          wrong += (shown != expected).any(2).sum()
      print(wrong, "of", h * w * len(sheet["pictures"]))
      """;

  @TempDir Path folder = Path.of("");

  private Shell shell = new Shell(folder);

  @BeforeEach
  void program() {
    shell = new Shell(folder);
  }

  private Program.Result run(int status, String words) throws Exception {
    return shell.run(status, "\"$0\" wedge " + words);
  }

  private void python(String name, String script) throws Exception {
    Required.success("python3", "-c", "import numpy");
    Files.writeString(folder.resolve(name), script);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "srgb --range -3..+3 --step 1/3",
        "srgb --range -12..8 --step 4 --size 35",
        "linear --range -1..1 --display linear",
        "false --false-colour",
        "false --false-colour --range -2..2 --bounds -10,-3.5,-1/3,0,1,8 --palette grey",
        "false --false-colour --size 9 --grey 0.5 --palette classic"
      })
  void pixelsAreWhatNumPyComputes(String words) throws Exception {
    Required.program("oiiotool");
    python("make.py", MAKE);
    python("judge.py", JUDGE);
    String kind = words.substring(0, words.indexOf(' '));
    Program.Result result =
        shell.run(
            0,
            "python3 make.py && \"$0\" wedge light.npy sheet.png --json "
                + words.substring(kind.length())
                + " > sheet.json && oiiotool sheet.png -o sheet.ppm && python3 judge.py "
                + kind);
    assertTrue(result.out().startsWith("0 of "), result.out());
    assertFalse(result.out().contains("of 0"), result.out());
  }

  /** Light in a sheet of OpenEXR is what adjusting gives, in half, and nothing is clipped. */
  @Test
  void openExrHoldsTheLight() throws Exception {
    Required.program("oiiotool");
    Required.program("exrheader");
    JsonObject sheet =
        JsonParser.parseString(
                run(0, DESK + " sheet.exr --range -2..+7 --step 3 --size 9999 --json").out())
            .getAsJsonObject();
    assertEquals("none", sheet.get("displayTransform").getAsString());
    for (JsonElement each : sheet.getAsJsonArray("pictures")) {
      JsonObject cell = each.getAsJsonObject();
      String place = "240x326+" + cell.get("x").getAsInt() + "+" + cell.get("y").getAsInt();
      // Halves overflow from 65520 on; both sides are cut at the same light.
      Program.Result result =
          shell.run(
              0,
              "oiiotool "
                  + DESK
                  + " --ch R,G,B --mulc "
                  + Math.pow(2, stops(cell))
                  + " -d half --clamp:max=60000 -o a.exr && oiiotool sheet.exr --ch R,G,B --cut "
                  + place
                  + " --clamp:max=60000 --origin +0+0 --fullpixels -o b.exr"
                  + " && oiiotool a.exr b.exr --diff --fail 1e-30");
      assertTrue(result.out().contains("PASS"), result.out());
    }
    String header = shell.run(0, "exrheader sheet.exr").out();
    assertTrue(header.contains("command (type string): \"stops wedge " + DESK), header);
    assertTrue(header.contains("display (type string): \"none, linear light\""), header);
    assertTrue(header.contains("software (type string): \"stops "), header);
  }

  private static double stops(JsonObject cell) {
    return Double.parseDouble(cell.get("stops").getAsString());
  }

  @Test
  void picturesSayWhatTheyAre() throws Exception {
    Required.program("oiiotool");
    run(0, "'" + DESK + "' 'a b.png' --range 0 --contours -q");
    String said = shell.run(0, "oiiotool --info -v 'a b.png'").out();
    assertTrue(said.contains("stops wedge " + DESK + " 'a b.png' --range 0 --contours -q"), said);
    assertTrue(said.contains("Display transform: \"sRGB\""), said);
    assertTrue(said.contains("Source: \"" + DESK), said);
    assertTrue(said.contains("Software: \"stops "), said);
    run(0, DESK + " linear.png --range 0 --display linear -q");
    String linear = shell.run(0, "oiiotool --info -v linear.png").out();
    assertTrue(linear.contains("Display transform: \"linear\""), linear);
    assertTrue(linear.toLowerCase(Locale.ROOT).contains("\"linear\""), linear);
  }

  /** A contour lies where two neighbours are on two sides of a whole stop from grey. */
  @Test
  void contoursLieBetweenStops() throws Exception {
    python(
        "ramp.py",
        """
        import numpy as np
        stops = np.repeat(np.linspace(-3.9, 3.9, 391)[None, :], 40, 0)
        np.save("ramp.npy", (0.18 * 2.0 ** stops).astype(np.float32)[:, :, None])
        """);
    Program.Result result =
        shell.run(
            0, "python3 ramp.py && \"$0\" wedge ramp.npy sheet.png --contours --size 391 --json");
    JsonObject cell =
        JsonParser.parseString(result.out())
            .getAsJsonObject()
            .getAsJsonArray("pictures")
            .get(0)
            .getAsJsonObject();
    BufferedImage sheet = ImageIO.read(folder.resolve("sheet.png").toFile());
    int y = cell.get("y").getAsInt() + 20;
    int lines = 0;
    for (int x = 0; x < 391; x++) {
      int rgb = sheet.getRGB(cell.get("x").getAsInt() + x, y) & 0xffffff;
      double here = Math.floor(-3.9 + 0.02 * x);
      double right = Math.floor(-3.9 + 0.02 * Math.min(390, x + 1));
      // The brightest pixels are white beside white lines of the dark ones; all others differ.
      if (rgb == 0 || (rgb == 0xffffff && x < 200)) {
        lines++;
        assertTrue(Math.abs(-3.9 + 0.02 * x - Math.round(-3.9 + 0.02 * x)) < 0.021, x + "");
      } else {
        assertEquals(here, right, x + "");
      }
    }
    assertEquals(7, lines);
  }

  @Test
  void sameBytesForAnyThreadsAndMemory() throws Exception {
    for (String words : List.of("--size 37", "--false-colour --size 100 --contours")) {
      run(0, DESK + " out.png -q --threads 1 " + words);
      byte[] one = Files.readAllBytes(folder.resolve("out.png"));
      run(0, DESK + " out.png -q --threads 1 " + words);
      assertArrayEquals(one, Files.readAllBytes(folder.resolve("out.png")), words);
      for (String work : List.of("--threads 7", "--threads 2 --memory 64M", "--device cpu")) {
        run(0, DESK + " out.png -q " + work + " " + words);
        BufferedImage before = ImageIO.read(new ByteArrayInputStream(one));
        BufferedImage after = ImageIO.read(folder.resolve("out.png").toFile());
        assertArrayEquals(pixels(before), pixels(after), work);
      }
    }
  }

  private static int[] pixels(BufferedImage image) {
    return image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
  }

  @Test
  void pagesHoldTheSamePictures() throws Exception {
    run(0, DESK + " page.html --range -1..1 -q");
    JsonObject sheet =
        JsonParser.parseString(run(0, DESK + " sheet.png --range -1..1 --json").out())
            .getAsJsonObject();
    BufferedImage whole = ImageIO.read(folder.resolve("sheet.png").toFile());
    String page = Files.readString(folder.resolve("page.html"));
    Matcher pictures = Pattern.compile("base64,([^\"]+)\"><figcaption>(.+?)<").matcher(page);
    for (String label : List.of("\u22121", "0", "+1")) {
      assertTrue(pictures.find());
      assertEquals(label, pictures.group(2));
      BufferedImage picture =
          ImageIO.read(new ByteArrayInputStream(Base64.getDecoder().decode(pictures.group(1))));
      JsonObject cell =
          sheet
              .getAsJsonArray("pictures")
              .get(label.equals("0") ? 1 : label.equals("+1") ? 2 : 0)
              .getAsJsonObject();
      BufferedImage same =
          whole.getSubimage(
              cell.get("x").getAsInt(),
              cell.get("y").getAsInt(),
              picture.getWidth(),
              picture.getHeight());
      assertArrayEquals(pixels(same), pixels(picture), label);
    }
    assertFalse(pictures.find());
    assertFalse(page.contains("http"), "no network is needed");
  }

  /** A file of exposures shows what the file that it was made of shows. */
  @Test
  void exposuresAreShownAsLight() throws Exception {
    shell.run(0, "\"$0\" convert " + DESK + " stops.exr --to exposure --device cpu -q");
    run(0, "stops.exr stops.png --roi 0,0,240,120 --range -5..0 -q");
    run(0, DESK + " light.png --roi 0,0,240,120 --range -5..0 -q");
    BufferedImage stops = ImageIO.read(folder.resolve("stops.png").toFile());
    BufferedImage light = ImageIO.read(folder.resolve("light.png").toFile());
    assertEquals(light.getHeight(), stops.getHeight());
    // Below the title; the upper part of the picture has no negative sample that is clamped.
    int[] one =
        light.getRGB(0, 60, light.getWidth(), light.getHeight() - 60, null, 0, light.getWidth());
    int[] other =
        stops.getRGB(0, 60, light.getWidth(), light.getHeight() - 60, null, 0, light.getWidth());
    assertArrayEquals(one, other);
  }

  @Test
  void framesLayersAndPipes() throws Exception {
    Files.copy(DESK, folder.resolve("in.0001.exr"));
    Files.copy(DESK, folder.resolve("in.0003.exr"));
    Program.Result result =
        run(3, "in.####.exr out.####.png --frames 1-3 --false-colour --size 50");
    assertTrue(result.err().contains("stops wedge: frame 2: in.0002.exr: "), result.err());
    assertTrue(Files.exists(folder.resolve("out.0003.png")));
    Required.program("oiiotool");
    shell.run(0, "oiiotool in.0001.exr --ch R,G,B,Z=0.25 -o z.exr");
    run(0, "z.exr z.png --layer Z --range 0 -q");
    BufferedImage depth = ImageIO.read(folder.resolve("z.png").toFile());
    // 0.25 is code 137 of sRGB.
    assertEquals(0x898989, depth.getRGB(depth.getWidth() / 2, depth.getHeight() / 2) & 0xffffff);
    shell.run(0, "\"$0\" wedge - piped.png --range 0 -q < in.0001.exr");
    assertTrue(Files.size(folder.resolve("piped.png")) > 1000);
  }

  @Test
  void aPictureIsNotReplacedByItsSheet() throws Exception {
    Files.copy(DESK, folder.resolve("in.exr"));
    Files.createSymbolicLink(folder.resolve("link.exr"), Path.of("in.exr"));
    for (String words : List.of("in.exr in.exr", "link.exr in.exr", "in.exr ./link.exr")) {
      Program.Result result = run(2, words);
      assertTrue(result.err().contains("OUT is IN"), result.err());
    }
    assertEquals(-1, Files.mismatch(DESK, folder.resolve("in.exr")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2 IN",
        "2 IN out.jpg",
        "2 IN -",
        "2 IN out.png --range 5..-5",
        "2 IN out.png --range x..5",
        "2 IN out.png --range -5..5 --step 0",
        "2 IN out.png --range -5..5 --step -1",
        "2 IN out.png --range -5..5 --step 1/1000",
        "2 IN out.png --range -1e300..5",
        "2 IN out.png --false-colour --bounds 1,1",
        "2 IN out.png --false-colour --bounds x",
        "2 IN out.png --false-colour --grey 0",
        "2 IN out.png --false-colour --grey nan",
        "2 IN out.png --false-colour --palette pink",
        "2 IN out.png --palette grey",
        "2 IN out.png --display gamma",
        "2 IN out.png --size 0",
        "2 IN out.png --columns 0",
        "2 IN out.png --layer nothing",
        "2 IN out.png --roi 1,2,3",
        "2 IN out.png --size 9999 --memory 1M",
        "2 in.exr in.exr",
        "2 in.####.exr out.png --frames 1-2",
        "3 IN out.png --roi 9000,0,5,5",
        "3 missing.exr out.png",
        "4 IN nowhere/out.png"
      })
  void mistakesAreOneLine(String words) throws Exception {
    Files.copy(DESK, folder.resolve("in.exr"));
    byte[] before = Files.readAllBytes(folder.resolve("in.exr"));
    Program.Result result =
        run(words.charAt(0) - '0', words.substring(2).replace("IN", DESK.toString()));
    assertEquals(1, result.err().lines().count(), result.err());
    assertEquals("", result.out());
    assertArrayEquals(before, Files.readAllBytes(folder.resolve("in.exr")));
    try (var files = Files.list(folder)) {
      assertEquals(1, files.count());
    }
  }
}
