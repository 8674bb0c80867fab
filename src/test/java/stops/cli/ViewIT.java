package stops.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.logging.Level;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.logging.LogEntry;
import stops.Await;
import stops.Command;
import stops.Required;
import stops.engine.ExactStops;

/** The page of {@code stops view} in Chromium, as a user has it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ViewIT {
  private static final Path DESK = Path.of("src/main/examples/desk.exr").toAbsolutePath();
  private static final Pattern ADDRESS = Pattern.compile("http://127\\.0\\.0\\.1:\\d+/\\S+");

  /** What Chromium says of a request that failed as it should. */
  private static final String EXPECTED_FAILURE = "Failed to load resource";

  @TempDir Path folder = Path.of("");
  private @Nullable ChromeDriver started;
  private @Nullable Process program;

  @BeforeAll
  void startBrowser() {
    Required.program("chromium");
    Required.program("chromedriver");
    ChromeOptions options = new ChromeOptions();
    options.setBinary(path("chromium").toString());
    options.addArguments(
        "--headless=new",
        "--no-sandbox",
        "--use-angle=swiftshader",
        "--enable-unsafe-swiftshader",
        "--allow-file-access-from-files",
        "--window-size=1280,900");
    options.setCapability("goog:loggingPrefs", Map.of("browser", "ALL"));
    ChromeDriverService service =
        new ChromeDriverService.Builder()
            .usingDriverExecutable(path("chromedriver").toFile())
            .usingAnyFreePort()
            .build();
    started = new ChromeDriver(service, options);
  }

  private static Path path(String name) {
    return Arrays.stream(System.getenv("PATH").split(":", -1))
        .map(place -> Path.of(place, name))
        .filter(Files::isExecutable)
        .findFirst()
        .orElseThrow();
  }

  @AfterAll
  void endBrowser() {
    if (started != null) {
      started.quit();
    }
  }

  @AfterEach
  void noErrorIsLeftInTheConsole() {
    for (LogEntry entry : chrome().manage().logs().get("browser")) {
      assertTrue(
          entry.getLevel().intValue() < Level.SEVERE.intValue()
              || entry.getMessage().contains(EXPECTED_FAILURE),
          entry.toString());
    }
    chrome().get("about:blank");
    if (program != null) {
      program.destroyForcibly();
    }
  }

  private ChromeDriver chrome() {
    return Objects.requireNonNull(started);
  }

  /** Starts the program and returns the address that it prints. */
  private String start(String... words) throws Exception {
    Path output = Files.createTempFile(folder, "view", ".out");
    List<String> all = new ArrayList<>();
    all.addAll(List.of("view", "--no-browser"));
    all.addAll(List.of(words));
    Process process =
        Program.packaged().interruptible().in(folder).start(output, all.toArray(String[]::new));
    program = process;
    Await.until(
        "an address", () -> !process.isAlive() || ADDRESS.matcher(Files.readString(output)).find());
    String said = Files.readString(output);
    assertTrue(ADDRESS.matcher(said.strip()).matches(), said);
    return said.strip();
  }

  private void open(String address) throws Exception {
    chrome().get(address);
    settle();
  }

  /** Waits until all tiles are drawn. */
  private void settle() throws Exception {
    Await.until(
        "tiles",
        () ->
            Boolean.TRUE.equals(
                script(
                    "if (typeof tiles === 'undefined' || !tiles || !current()) return false;"
                        + " draw(); return !tiles.waiting && tiles.known.size > 0")));
  }

  private @Nullable Object script(String text) {
    return chrome().executeScript(text);
  }

  private double number(String expression) {
    return Double.parseDouble(String.valueOf(script("return " + expression)));
  }

  private String text(String id) {
    return String.valueOf(script("return document.getElementById('" + id + "').textContent"));
  }

  private void keys(CharSequence... keys) {
    new Actions(chrome()).sendKeys(keys).perform();
  }

  private WebElement element(String id) {
    return chrome().findElement(By.id(id));
  }

  /** The colour on the canvas of a pixel of the picture, at one to one. */
  private List<Integer> shown(int x, int y) {
    Object found =
        script(
            String.format(
                Locale.ROOT,
                "draw(); const all = painter.pixels(); const at = 4 * ((canvas.height - 1 - view.y"
                    + " - %d) * canvas.width + view.x + %d); return [...all.slice(at, at + 3)]",
                y,
                x));
    return ((List<?>) Objects.requireNonNull(found))
        .stream().map(each -> ((Number) each).intValue()).toList();
  }

  /** The samples of a pixel of desk.exr, as another program reads them. */
  private static List<Double> samples(int x, int y) throws Exception {
    String said =
        Command.outputOf(
            "oiiotool",
            DESK.toString(),
            "--cut",
            "1x1+" + x + "+" + y,
            "-d",
            "float",
            "--printstats");
    String line = said.lines().filter(each -> each.contains("Avg:")).findFirst().orElseThrow();
    return Arrays.stream(line.replaceAll("^.*Avg: | *\\(float\\).*$", "").strip().split(" +"))
        .map(Double::parseDouble)
        .toList();
  }

  private static int code(double intensity) {
    double x = Math.clamp(intensity, 0, 1);
    double encoded = x <= 0.0031308 ? 12.92 * x : 1.055 * Math.pow(x, 1 / 2.4) - 0.055;
    return (int) Math.round(255 * encoded);
  }

  private void assertShows(int x, int y, double stops) throws Exception {
    List<Double> samples = samples(x, y);
    List<Integer> shown = shown(x, y);
    for (int c = 0; c < 3; c++) {
      int expected = code(samples.get(c) * Math.pow(2, stops));
      assertEquals(expected, shown.get(c), 1, x + ", " + y + " at " + stops + ": " + shown);
    }
  }

  /** What the page shows is what {@code stops wedge} writes, within one code. */
  @Test
  void shownPixelsAreThoseOfWedge() throws Exception {
    Shell shell = new Shell(folder);
    String sheet = DESK + " sheet.png --size 9999 --columns 1 --json ";
    JsonArray exposures = pictures(shell, sheet + "--range -4..+4 --step 1.25");
    BufferedImage light = ImageIO.read(folder.resolve("sheet.png").toFile());
    JsonArray bands = pictures(shell, sheet + "--range -1..+1 --step 2 --false-colour");
    BufferedImage colours = ImageIO.read(folder.resolve("sheet.png").toFile());
    open(start(DESK.toString()));
    keys("1");
    settle();
    assertEquals(1, number("view.scale"));
    for (JsonElement each : exposures) {
      assertShowsSheet(light, each.getAsJsonObject());
    }
    keys("c");
    settle();
    for (JsonElement each : bands) {
      assertShowsSheet(colours, each.getAsJsonObject());
    }
  }

  private static JsonArray pictures(Shell shell, String words) throws Exception {
    return JsonParser.parseString(shell.run(0, "\"$0\" wedge " + words).out())
        .getAsJsonObject()
        .getAsJsonArray("pictures");
  }

  private void assertShowsSheet(BufferedImage sheet, JsonObject cell) {
    double stops = ExactStops.parse(cell.get("stops").getAsString()).high();
    script("expose(" + stops + ")");
    assertEquals(stops, number("view.stops"));
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < 40; i++) {
      int x = random.nextInt(240);
      int y = random.nextInt(326);
      Color expected =
          new Color(sheet.getRGB(cell.get("x").getAsInt() + x, cell.get("y").getAsInt() + y));
      List<Integer> shown = shown(x, y);
      String where = x + ", " + y + " at " + stops + ": " + shown + ", not " + expected;
      assertEquals(expected.getRed(), shown.get(0), 1, where);
      assertEquals(expected.getGreen(), shown.get(1), 1, where);
      assertEquals(expected.getBlue(), shown.get(2), 1, where);
    }
  }

  @Test
  void sliderAndKeysChangeTheExposureAndPixelsAreWhatTheyShouldBe() throws Exception {
    open(start(DESK.toString()));
    keys("1");
    settle();
    assertEquals(1, number("view.scale"));
    List<int[]> places = List.of(new int[] {5, 5}, new int[] {120, 163}, new int[] {60, 300});
    for (int[] place : places) {
      assertShows(place[0], place[1], 0);
    }
    keys("eee");
    assertEquals(1.5, number("view.stops"));
    assertShows(60, 300, 1.5);
    keys("E", "E", "E", "E", "E", "E", "E");
    assertEquals(-2, number("view.stops"));
    assertShows(120, 163, -2);
    assertTrue(text("command").contains("stops adjust " + DESK), text("command"));
    assertTrue(text("command").endsWith("--stops -2"), text("command"));
    element("slider").sendKeys(Keys.END);
    assertEquals(5, number("view.stops"));
    element("stops").clear();
    element("stops").sendKeys("-7.25");
    assertEquals(-7.25, number("view.stops"));
    assertShows(5, 5, -7.25);
    element("canvas").click();
    keys("0");
    assertEquals(0, number("view.stops"));
    assertShows(5, 5, 0);
  }

  @Test
  void aPixelAndARegionAreMeasured() throws Exception {
    open(start(DESK.toString()));
    keys("1");
    settle();
    script(
        "const box = canvas.getBoundingClientRect(); canvas.dispatchEvent(new PointerEvent("
            + "'pointermove', {clientX: box.left + view.x + 100.5, clientY: box.top + view.y + 90.5}))");
    Await.until("the pixel", () -> text("place").equals("100, 90"));
    List<Double> samples = samples(100, 90);
    String probe = text("probe");
    assertTrue(
        probe.contains(String.format(Locale.ROOT, "%.4f", samples.getFirst()).substring(0, 5)),
        probe);
    element("region").sendKeys("10,20,30,40", Keys.ENTER);
    Await.until("statistics", () -> text("statistics").contains("geo. mean"));
    assertTrue(text("command").contains("--roi 10,20,30,40"), text("command"));
    assertTrue(number("document.getElementById('histogram').src.length") > 1000);
    element("region").clear();
    element("region").sendKeys("ten", Keys.ENTER);
    Await.until("a message", () -> text("status").contains("four whole numbers"));
  }

  @Test
  void twoPicturesAreComparedAndFramesAreStepped() throws Exception {
    Path brighter = folder.resolve("brighter.exr");
    Program.packaged().run("adjust", DESK.toString(), brighter.toString(), "--stops", "1", "-q");
    open(start(DESK.toString(), brighter.toString()));
    keys("1", "b");
    Await.until("B", () -> Boolean.TRUE.equals(script("return comparing()")));
    settle();
    assertShows(5, 5, 0);
    assertShows(235, 300, 1);
    assertTrue(text("command").contains("stops match " + DESK), text("command"));
    keys("WWWWWWWWWW");
    assertShows(5, 5, 1);
    keys("b", Keys.ARROW_RIGHT);
    Await.until("the next", () -> number("view.i") == 1);
    settle();
    assertShows(5, 5, 1);
    keys(Keys.ARROW_RIGHT);
    Await.until("the first again", () -> number("view.i") == 0);
    keys("c");
    assertTrue(element("legend").isDisplayed());
    keys("c", "z");
    assertEquals("true", element("clip").getDomAttribute("aria-pressed"));
  }

  @Test
  void whatHappensToFilesIsSaidInThePage() throws Exception {
    for (int frame = 1; frame <= 3; frame++) {
      Files.copy(DESK, folder.resolve("a." + frame + ".exr"), StandardCopyOption.REPLACE_EXISTING);
    }
    Files.write(folder.resolve("a.2.exr"), new byte[] {1, 2, 3});
    open(start("a.@.exr", "--frames", "1-3"));
    keys(Keys.ARROW_RIGHT);
    Await.until("the problem", () -> text("status").contains("a.2.exr"));
    keys(Keys.ARROW_RIGHT);
    Await.until("frame 3", () -> number("view.i") == 2 && text("status").isEmpty());
    settle();
    Files.copy(DESK, folder.resolve("new.exr"), StandardCopyOption.REPLACE_EXISTING);
    Files.move(
        folder.resolve("new.exr"), folder.resolve("a.3.exr"), StandardCopyOption.REPLACE_EXISTING);
    new Actions(chrome()).keyDown(Keys.SHIFT).sendKeys(Keys.ARROW_LEFT).keyUp(Keys.SHIFT).perform();
    Await.until("the change", () -> text("status").contains("replaced"));
    element("again").click();
    Await.until("it is well", () -> text("status").isEmpty());
    settle();
  }

  @Test
  void closingThePageEndsTheProgram() throws Exception {
    open(start(DESK.toString()));
    Process process = Objects.requireNonNull(program);
    chrome().navigate().refresh();
    settle();
    assertTrue(process.isAlive());
    chrome().get("about:blank");
    assertEquals(0, Await.end(process));
  }

  @Test
  void aSignalEndsTheProgram() throws Exception {
    start(DESK.toString());
    Process process = Objects.requireNonNull(program);
    Signals.send("INT", process);
    assertEquals(130, Await.end(process));
  }

  @Test
  void onePageInAFileNeedsNoServer() throws Exception {
    Path page = folder.resolve("desk.html");
    Program.Result result =
        Program.packaged().run("view", DESK.toString(), "--html", page.toString());
    assertEquals(new Program.Result(0, "", ""), result);
    open(page.toUri().toString());
    keys("1", "e");
    settle();
    assertShows(120, 163, 0.5);
    assertTrue(text("statistics").contains("geo. mean"));
    assertTrue(!element("region-form").isDisplayed());
  }

  @Test
  void aPanoramaIsShownInLittleMemory() throws Exception {
    Path panorama = folder.resolve("panorama.npy");
    try (RandomAccessFile file = new RandomAccessFile(panorama.toFile(), "rw")) {
      String header = "{'descr': '<f2', 'fortran_order': False, 'shape': (16384, 32768, 3), }";
      file.write(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0, 118, 0});
      file.write(
          String.format(Locale.ROOT, "%-117s\n", header).getBytes(StandardCharsets.US_ASCII));
      file.setLength(128 + 6L * 16384 * 32768);
    }
    open(start(panorama.toString(), "--memory", "512M"));
    keys("1");
    settle();
    keys("--");
    settle();
    assertTrue(peakMebibytes() < 40 + 1.25 * 512, "" + peakMebibytes());
    assertEquals("", text("status"));
  }

  private int peakMebibytes() throws IOException {
    long pid = Objects.requireNonNull(program).pid();
    return Files.readAllLines(Path.of("/proc/" + pid + "/status")).stream()
        .filter(line -> line.startsWith("VmHWM"))
        .mapToInt(line -> Integer.parseInt(line.replaceAll("\\D", "")) / 1024)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void whatIsWrongIsSaidInALine() throws Exception {
    Program program = Program.packaged().in(folder);
    Program.Result none = program.run("view", "none.exr", "--no-browser");
    assertEquals(3, none.status());
    assertEquals(1, none.err().lines().count(), none.err());
    assertEquals(2, program.run("view", "-").status());
    assertEquals(2, program.run("view", DESK.toString(), "--port", "70000").status());
    assertEquals(4, program.run("view", DESK.toString(), "--html", "no/where.html").status());
    String port = start(DESK.toString()).replaceAll("http://127.0.0.1:(\\d+)/.*", "$1");
    Program.Result taken = program.run("view", DESK.toString(), "--no-browser", "--port", port);
    assertEquals(2, taken.status());
    assertTrue(taken.err().contains("--port: " + port), taken.err());
  }

  @Test
  void aBrowserThatDoesNotStartIsSaid() throws Exception {
    Path fake = Files.writeString(folder.resolve("xdg-open"), "#!/bin/sh\necho $1 >&2\nexit 3\n");
    assertTrue(fake.toFile().setExecutable(true));
    Path output = folder.resolve("browser.out");
    Process process =
        Program.packaged()
            .with("PATH", folder + ":" + System.getenv("PATH"))
            .with("DISPLAY", ":0")
            .start(output, "view", DESK.toString());
    program = process;
    Await.until("a message", () -> Files.readString(output).contains("no browser was opened"));
    assertEquals(2, Files.readAllLines(output).size());
  }
}
