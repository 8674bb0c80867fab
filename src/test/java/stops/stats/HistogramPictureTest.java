package stops.stats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import stops.engine.SampleType;
import stops.image.Domain;
import stops.image.ImageException;

class HistogramPictureTest {
  private static final Path INPUT = Path.of("in.exr");

  @TempDir Path folder = Path.of("");

  private static ChannelStatistics channel(String name, Domain domain, float... samples)
      throws Exception {
    ChannelStatistics of =
        MemoryStatistics.of(
            SampleType.FLOAT32,
            MemorySegment.ofArray(samples),
            domain,
            StatisticsRequest.USUAL_PERCENTS,
            1);
    return new ChannelStatistics(
        "",
        name,
        of.meaning(),
        of.samples(),
        of.zero(),
        of.negative(),
        of.infinite(),
        of.nan(),
        of.intensities(),
        of.exposures());
  }

  private static ChannelStatistics scene(String name, double stops) throws Exception {
    SplittableRandom random = new SplittableRandom(1);
    float[] exposures = new float[20_000];
    for (int i = 0; i < exposures.length; i++) {
      exposures[i] = (float) (stops + 2 * random.nextGaussian());
    }
    return channel(name, Domain.EXPOSURE, exposures);
  }

  private Document svg(String title, List<ChannelStatistics> channels) throws Exception {
    Path file = folder.resolve("h.svg");
    HistogramPicture.write(file, INPUT, title, channels);
    return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(file.toFile());
  }

  private static List<String> texts(Document svg) {
    NodeList nodes = svg.getElementsByTagName("text");
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < nodes.getLength(); i++) {
      texts.add(nodes.item(i).getTextContent());
    }
    return texts;
  }

  @Test
  void svgHasMarksAtTheirExposures() throws Exception {
    Document svg = svg("a <b> & \"c\"", List.of(scene("R", 10), scene("G", 8)));
    List<String> texts = texts(svg);
    assertTrue(texts.contains("a <b> & \"c\""), texts + "");
    assertTrue(texts.contains("middle grey, 0.18"), texts + "");
    assertTrue(texts.contains("clipping of half, 65504"), texts + "");
    assertTrue(texts.contains("R") && texts.contains("G"), texts + "");
    double zero = position(svg, "0");
    double sixteen = position(svg, "+16");
    double stop = (sixteen - zero) / 16;
    assertEquals(zero - 2.474 * stop, position(svg, "middle grey, 0.18"), 0.1 * stop);
    assertEquals(sixteen, position(svg, "clipping of half, 65504"), 0.1 * stop);
  }

  private static double position(Document svg, String text) {
    NodeList nodes = svg.getElementsByTagName("text");
    for (int i = 0; i < nodes.getLength(); i++) {
      if (nodes.item(i) instanceof Element element && element.getTextContent().equals(text)) {
        return Double.parseDouble(element.getAttribute("x"));
      }
    }
    throw new AssertionError("no text " + text);
  }

  @Test
  void oddNamesAndFarSamplesAreDrawn() throws Exception {
    float[] dark = new float[1000];
    dark[0] = -1073;
    dark[1] = 500;
    Document svg =
        svg("\u0000\u001b\ud800", List.of(channel("a\u0007\ufffe", Domain.EXPOSURE, dark)));
    assertTrue(
        texts(svg).stream()
            .anyMatch(text -> text.endsWith("; 1 sample further left; 1 sample further right")),
        texts(svg) + "");
    var unused = svg("one", List.of(channel("Y", Domain.INTENSITY, 1)));
  }

  @Test
  void marksBesideTheAxisShareALine() throws Exception {
    String grey = "middle grey, 0.18 (\u22122.5 stops)";
    String clipping = "clipping of half, 65504 (+16.0 stops)";
    assertTrue(
        texts(svg("dark", List.of(scene("Y", -60)))).contains(grey + "; " + clipping + " \u2192"));
    assertTrue(
        texts(svg("bright", List.of(scene("Y", 60)))).contains("\u2190 " + grey + "; " + clipping));
    assertTrue(
        texts(svg("equal", List.of(channel("Y", Domain.EXPOSURE, 6, 6))))
            .contains("\u2190 " + grey + " \u00b7 " + clipping + " \u2192"));
  }

  @Test
  void longNamesLoseTheirMiddle() throws Exception {
    List<String> texts =
        texts(svg("picture/".repeat(20) + "end.exr", List.of(scene("left.".repeat(20) + "R", 0))));
    assertTrue(
        texts.stream().anyMatch(text -> text.matches("picture/pic.*\u2026.*re/end\\.exr")),
        texts + "");
    assertTrue(
        texts.stream().anyMatch(text -> text.matches("left\\..*\u2026.*left\\.R")), texts + "");
    assertTrue(texts.stream().allMatch(text -> text.length() < 110), texts + "");
  }

  @Test
  void sharesAreScaledToWhatIsDrawn() throws Exception {
    float[] exposures = new float[1000];
    Arrays.fill(exposures, 0, 400, -900);
    for (int i = 400; i < 1000; i++) {
      exposures[i] = (i - 700) / 30f;
    }
    List<String> texts = texts(svg("far", List.of(channel("Y", Domain.EXPOSURE, exposures))));
    assertTrue(texts.contains("0.80 %"), texts + "");
    assertFalse(texts.contains("10 %"), texts + "");
  }

  @Test
  void outlineHasAGapWhereNoBinHasASample() throws Exception {
    Document one = svg("one", List.of(channel("Y", Domain.EXPOSURE, 0, 0.25f)));
    Document two = svg("two", List.of(channel("Y", Domain.EXPOSURE, 0, 0.5f)));
    assertEquals(outlines(one) + 1, outlines(two));
  }

  private static long outlines(Document svg) {
    NodeList nodes = svg.getElementsByTagName("polyline");
    long outlines = 0;
    for (int i = 0; i < nodes.getLength(); i++) {
      if (nodes.item(i) instanceof Element element
          && element.getAttribute("stroke-width").equals("1.8")) {
        outlines++;
      }
    }
    return outlines;
  }

  @Test
  void pngHasTheColoursOfTheChannels() throws Exception {
    Path file = folder.resolve("h.png");
    HistogramPicture.write(file, INPUT, "a title", List.of(scene("R", -2), scene("B", -5)));
    BufferedImage image = ImageIO.read(file.toFile());
    assertEquals(2 * HistogramDrawing.WIDTH, image.getWidth());
    assertTrue(count(image, 0xd55e00) > 1000, "no red");
    assertTrue(count(image, 0x0072b2) > 1000, "no blue");
    assertTrue(count(image, 0xffffff) > image.getWidth() * image.getHeight() / 4, "not white");
  }

  private static int count(BufferedImage image, int rgb) {
    int count = 0;
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        count += (image.getRGB(x, y) & 0xffffff) == rgb ? 1 : 0;
      }
    }
    return count;
  }

  @Test
  void nothingToDrawIsAnErrorAndNoFile() throws Exception {
    Path file = folder.resolve("h.svg");
    ChannelStatistics black = channel("R", Domain.INTENSITY, 0, -1, Float.NaN);
    ImageException e =
        assertThrows(
            ImageException.class,
            () -> HistogramPicture.write(file, INPUT, "black", List.of(black)));
    assertEquals(ImageException.Side.INPUT, e.side());
    assertFalse(Files.exists(file));
  }

  @Test
  void namesTellTheKind() {
    assertTrue(HistogramPicture.hasKnownEnding(Path.of("a.PNG")));
    assertTrue(HistogramPicture.hasKnownEnding(Path.of("b/a.svg")));
    assertFalse(HistogramPicture.hasKnownEnding(Path.of("a.jpg")));
  }
}
