package stops.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.StringReader;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.xml.sax.InputSource;

class ReportPageTest {
  private static final BenchRow.Load LOAD = new BenchRow.Load("exposure f32 to f32", 8000, 1000);

  private static BenchRow row(String engine, Measure measure, double seconds) {
    return BenchRow.of(new BenchRow.Subject(engine, engine), measure, LOAD, Timing.of(seconds));
  }

  private static String page() {
    BenchRow copy = row("host", Measure.HOST_COPY, 1e-6);
    List<BenchRow> rows =
        List.of(
            copy,
            row("cpu", Measure.HOST_TO_HOST, 4e-6).against(copy),
            row("cpu", Measure.SWEEP, 4e-6),
            row("0:0", Measure.DEVICE_COPY, 5e-7),
            BenchRow.failed(
                new BenchRow.Subject("0:0", "GPU"), Measure.KERNEL, LOAD, "wrong <b>result"));
    return ReportPage.of(
        new BenchReport(
            1,
            "2026-01-01T00:00:00Z",
            1,
            new Machine("1", null, "os", "arch", "A & B", 2, "jdk"),
            List.of(),
            rows,
            List.of(),
            List.of()));
  }

  @Test
  void everyChartIsWellFormed() throws Exception {
    Matcher charts = Pattern.compile("(?s)<svg.*?</svg>").matcher(page());
    int count = 0;
    while (charts.find()) {
      DocumentBuilderFactory.newInstance()
          .newDocumentBuilder()
          .parse(new InputSource(new StringReader(charts.group())));
      count++;
    }
    assertTrue(count >= 5, "charts: " + count);
  }

  @Test
  void barsAreAsLongAsTheirFigures() {
    // 8 GB/s of the host's copy is the full width of 360; the conversion is a quarter of that.
    String page = page();
    assertEquals(1, count(page, "<rect class=\"f1\" x=\"0\" y=\"19.0\" width=\"90.0\""));
    assertTrue(page.contains("2.00 GB/s, 25 %"), page);
  }

  @Test
  void nothingIsFetchedAndForeignTextIsText() {
    String page = page();
    assertFalse(page.contains("http"), "the page names another place");
    assertTrue(page.contains("failed: wrong &lt;b&gt;result"), page);
    assertTrue(page.contains("A &amp; B"), page);
  }

  private static int count(String text, String part) {
    return text.split(Pattern.quote(part), -1).length - 1;
  }
}
