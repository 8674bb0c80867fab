package stops;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What README shows is what is there. */
class ReadmeTest {
  private static final Pattern JAVA = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

  @Test
  void javaExampleIsTheOneThatIsCompiled() throws IOException {
    String readme = Files.readString(Path.of("README.md"));
    String compiled = Files.readString(Path.of("src/test/java/stops/ReadmeExample.java"));
    Matcher example = JAVA.matcher(readme);
    assertTrue(example.find(), "README has no Java example");
    assertTrue(
        compact(compiled).contains(compact(example.group(1))),
        "README's example is not in ReadmeExample");
    assertTrue(example.group(1).lines().count() <= 10, "README promises ten lines");
  }

  @Test
  void everyPathThatACommandNamesExists() throws IOException {
    String readme = Files.readString(Path.of("README.md"));
    Matcher paths = Pattern.compile("\\b(?:src|ci|kernels)/[\\w./-]+[\\w]").matcher(readme);
    int found = 0;
    while (paths.find()) {
      assertTrue(Files.exists(Path.of(paths.group())), paths.group());
      found++;
    }
    assertTrue(found > 0);
  }

  @Test
  void exampleRuns() throws Exception {
    float[] exposures = new float[1];
    try (Stops stops = Stops.open("cpu")) {
      stops.toExposure(new float[] {0.25f}, exposures);
    }
    assertEquals(-2, exposures[0]);
  }

  private static String compact(String code) {
    return code.replaceAll("\\s+", "");
  }
}
