package stops.view;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import stops.display.Layer;
import stops.engine.EngineFailure;
import stops.engine.pool.EnginePool;
import stops.image.AtomicFile;
import stops.image.Domain;
import stops.image.ImageException;
import stops.image.Window;
import stops.strip.StripWorkers;

/**
 * The page as one file that needs no server: the first layer of each picture, scaled down by powers
 * of two until all pictures together have {@value #MOST_PIXELS} pixels or less.
 */
public final class SinglePage {
  private static final long MOST_PIXELS = 2L << 20;
  private static final Pattern LINK = Pattern.compile("<link rel=\"stylesheet\" href=\"(.+?)\">");
  private static final Pattern SCRIPT = Pattern.compile("<script src=\"(.+?)\" defer></script>\n");

  private SinglePage() {}

  /**
   * Writes the page. An existing file is replaced in one step.
   *
   * @param from domain of the light of the files; null to go by each
   * @param memoryBytes memory for pictures, beside that of the workers
   * @throws ImageException if a picture cannot be read, or the file cannot be written
   */
  public static void write(
      Path file,
      List<ViewInput> inputs,
      @Nullable Domain from,
      StripWorkers workers,
      EnginePool engines,
      long memoryBytes)
      throws ImageException, EngineFailure, InterruptedException, IOException {
    Work work = Work.of(workers, engines, memoryBytes);
    Map<String, Object> data = Answers.pictures(inputs);
    List<Object> all = new ArrayList<>();
    for (int i = 0; i < inputs.size(); i++) {
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("name", inputs.get(i).name());
      inputs.get(i).frame().ifPresent(frame -> one.put("frame", frame));
      try (Picture picture =
          Picture.open(i, inputs.get(i).name(), inputs.get(i).path(), from, work)) {
        addTo(one, picture, work, MOST_PIXELS / inputs.size());
      } catch (ViewProblem e) {
        throw new IllegalStateException(e);
      }
      all.add(one);
    }
    data.put("pictures", all);
    byte[] page = page(Answers.json(data)).getBytes(StandardCharsets.UTF_8);
    try (AtomicFile output = AtomicFile.create(file)) {
      output.write(ByteBuffer.wrap(page), 0);
      output.commit();
    }
  }

  private static void addTo(Map<String, Object> one, Picture picture, Work work, long mostPixels)
      throws ViewProblem, ImageException, EngineFailure, InterruptedException {
    Layer layer = picture.layer(0);
    Window window = picture.window(layer);
    int level = Overview.level(window, work.overviewBytes());
    while (BoxAverage.size(window.width(), level) * BoxAverage.size(window.height(), level)
        > Math.max(1, mostPixels)) {
      level++;
    }
    byte[] samples = picture.whole(0, level);
    String problem = picture.problem();
    if (problem != null) {
      throw ImageException.input(picture.path(), problem.replace(picture.path() + ": ", ""));
    }
    one.put("picture", picture.description(level));
    one.put("statistics", Answers.statistics(picture, 0, window, work));
    one.put("samples", Base64.getEncoder().encodeToString(packed(samples)));
  }

  private static byte[] packed(byte[] samples) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
      out.write(samples);
    } catch (IOException impossible) {
      throw new AssertionError(impossible);
    }
    return packed.toByteArray();
  }

  /** The page with its style, its scripts and this data in it. */
  private static String page(String json) throws IOException {
    String page = filled(ViewServer.resource("view.html"), LINK, "<style>\n", "</style>");
    StringBuilder scripts = new StringBuilder();
    for (Matcher each = SCRIPT.matcher(page); each.find(); ) {
      scripts.append("<script>\n").append(ViewServer.resource(each.group(1))).append("</script>\n");
    }
    // In JSON, a text may have any character as a number: none of it can end the script.
    String data =
        "<script id=\"embedded\" type=\"application/json\">"
            + json.replace("<", "\\u003c")
            + "</script>\n";
    return SCRIPT.matcher(page).replaceAll("").replace("</body>", data + scripts + "</body>");
  }

  private static String filled(String page, Pattern reference, String before, String after)
      throws IOException {
    Matcher found = reference.matcher(page);
    if (!found.find()) {
      throw new IOException("the program's page is damaged; install it again");
    }
    String content = before + ViewServer.resource(found.group(1)) + after;
    return found.replaceFirst(Matcher.quoteReplacement(content));
  }
}
