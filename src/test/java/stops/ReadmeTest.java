package stops;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * README, src/docs and CHANGELOG show only code that compiles, and paths and links that exist.
 * ci/readme runs their commands.
 */
class ReadmeTest {
  private static final Path README = Path.of("README.md");
  private static final int MOST_LINES = 150;
  private static final Pattern JAVA = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);
  private static final Pattern SHELL =
      Pattern.compile("(?:<!-- ([^\n]*) -->\n)?```sh\n(.*?)```", Pattern.DOTALL);
  private static final Pattern REPOSITORY_PATH =
      Pattern.compile("(?<![\\w./-])(?:src|ci|kernels)/[\\w./-]+\\w");
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)#:]*)(?:#([^)]+))?\\)");

  static List<Path> pages() throws IOException {
    List<Path> pages = new ArrayList<>(List.of(README, Path.of("CHANGELOG.md")));
    try (Stream<Path> docs = Files.list(Path.of("src/docs"))) {
      docs.filter(page -> page.toString().endsWith(".md")).sorted().forEach(pages::add);
    }
    assertTrue(pages.size() > 2, "src/docs is empty");
    return pages;
  }

  @Test
  void readmeIsShort() throws IOException {
    assertTrue(Files.readAllLines(README).size() <= MOST_LINES);
  }

  @ParameterizedTest
  @MethodSource("pages")
  void javaExamplesAreThoseThatAreCompiled(Path page) throws IOException {
    String compiled = compact(Files.readString(Path.of("src/test/java/stops/ReadmeExample.java")));
    Matcher example = JAVA.matcher(Files.readString(page));
    while (example.find()) {
      assertTrue(
          compiled.contains(compact(example.group(1))),
          "not in ReadmeExample: " + example.group(1));
    }
  }

  @ParameterizedTest
  @MethodSource("pages")
  void everyPathThatAPageNamesExists(Path page) throws IOException {
    Matcher paths = REPOSITORY_PATH.matcher(Files.readString(page));
    while (paths.find()) {
      assertTrue(Files.exists(Path.of(paths.group())), paths.group());
    }
  }

  @ParameterizedTest
  @MethodSource("pages")
  void everyLinkLeadsToAFileAndAHeading(Path page) throws IOException {
    Matcher links = LINK.matcher(Files.readString(page));
    while (links.find()) {
      Path target = links.group(1).isEmpty() ? page : page.resolveSibling(links.group(1));
      assertTrue(Files.exists(target), links.group());
      if (links.group(2) != null) {
        assertTrue(
            Files.readAllLines(target).stream()
                .anyMatch(line -> line.startsWith("#") && anchor(line).equals(links.group(2))),
            links.group());
      }
    }
  }

  @Test
  void readmeLeadsToEveryPage() throws IOException {
    String readme = Files.readString(README);
    for (Path page : pages()) {
      assertTrue(
          page.equals(README) || readme.contains("](" + page + ")"), page + " is not linked");
    }
  }

  @ParameterizedTest
  @MethodSource("pages")
  void onlyReadmeRunsAllTests(Path page) throws IOException {
    Matcher block = SHELL.matcher(Files.readString(page));
    int runs = 0;
    while (block.find()) {
      boolean run = block.group(1) == null || !block.group(1).startsWith("not run: ");
      runs += run && block.group(2).contains("ci/test") ? 1 : 0;
    }
    assertEquals(page.equals(README) ? 1 : 0, runs);
  }

  @Test
  void memoryRuns() throws Exception {
    assertEquals("1000 zeros", printed(() -> ReadmeExample.memory(1000)).strip());
  }

  @Test
  void settingsPrintWhatThePageSays() throws Exception {
    String page = Files.readString(Path.of("src/docs/library.md"));
    String text = printed(ReadmeExample::settings);
    assertEquals(3, text.lines().count());
    assertTrue(page.contains("prints\n\n```\n" + text + "```"), text);
  }

  @Test
  void filesRun(@TempDir Path folder) throws Exception {
    Path output = folder.resolve("out.npy");
    String notes =
        printed(() -> ReadmeExample.files(Path.of("src/main/examples/desk.exr"), output));
    assertFalse(notes.isBlank());
    assertTrue(Files.size(output) > 0);
  }

  @Test
  void matchingRuns() throws Exception {
    Path desk = Path.of("src/main/examples/desk.exr");
    String printed = printed(() -> ReadmeExample.matching(desk, desk));
    assertEquals(3, printed.lines().count(), printed);
    assertTrue(printed.startsWith("R: 0.0 ± 0.0 stops"), printed);
  }

  private interface Example {
    void run() throws Exception;
  }

  private static String printed(Example example) throws Exception {
    PrintStream before = System.out;
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
    try {
      example.run();
    } finally {
      System.setOut(before);
    }
    return out.toString(StandardCharsets.UTF_8);
  }

  /** The anchor that GitHub makes from a heading. */
  private static String anchor(String heading) {
    return heading
        .replaceFirst("^#+ ", "")
        .toLowerCase(Locale.ROOT)
        .replaceAll("[^\\p{L}\\p{N} _-]", "")
        .replace(' ', '-');
  }

  private static String compact(String code) {
    return code.replaceAll("\\s+", "");
  }
}
