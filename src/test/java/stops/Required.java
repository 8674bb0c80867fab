package stops;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.function.ThrowingConsumer;

/**
 * Checks for programs and data that tests need and that this repository does not contain. If one is
 * missing, the test is skipped and says why. With {@code -Dstops.requireAll=true}, as on a CI
 * machine, it fails.
 */
public final class Required {
  private static final Map<String, Boolean> FOUND = new ConcurrentHashMap<>();

  private Required() {}

  /**
   * Skips or fails the test because something that can be installed is missing.
   *
   * @param what its name, for the message
   */
  public static <T> T missing(String what) {
    if (Boolean.getBoolean("stops.requireAll")) {
      return fail("missing: " + what);
    }
    return abort("missing: " + what);
  }

  /** The test needs a program on the path. */
  public static void program(String name) {
    boolean found =
        Stream.of(System.getenv("PATH").split(File.pathSeparator, -1))
            .map(folder -> Path.of(folder, name))
            .anyMatch(file -> Files.isRegularFile(file) && Files.isExecutable(file));
    if (!found) {
      missing("the program " + name);
    }
  }

  /** The test needs this command to succeed. */
  public static void success(String... words) throws InterruptedException {
    String command = String.join(" ", words);
    Boolean known = FOUND.get(command);
    boolean found = known == null ? runs(words) : known;
    FOUND.put(command, found);
    if (!found) {
      missing("success of " + command);
    }
  }

  private static boolean runs(String... words) throws InterruptedException {
    try {
      return Command.of(words).run().status() == 0;
    } catch (IOException e) {
      return false;
    }
  }

  /**
   * Makes a test for each file in a folder of larger data. The folder lies beside the checkout and
   * is optional: without it there is one test, which is skipped and says so. {@code
   * -Dstops.data=FOLDER} names another folder, which must exist.
   *
   * @param name path of the folder in the folder of all data
   * @param end ending of the names of the files
   */
  public static List<DynamicTest> data(String name, String end, ThrowingConsumer<Path> test)
      throws IOException {
    String named = System.getProperty("stops.data", "");
    Path folder = Path.of(named.isEmpty() ? "../shared/data" : named).resolve(name);
    if (!Files.isDirectory(folder)) {
      String absent = "there is no " + folder;
      return List.of(
          DynamicTest.dynamicTest(
              absent,
              () -> {
                if (named.isEmpty()) {
                  abort(absent);
                }
                fail(absent);
              }));
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> Files.isRegularFile(file) && file.toString().endsWith(end))
          .sorted()
          .map(file ->
              DynamicTest.dynamicTest(file.getFileName().toString(), () -> test.accept(file)))
          .toList();
    }
  }

  /**
   * The test needs a property of this machine that cannot be installed: rights, a file system, a
   * processor. Without it the test is skipped, even with {@code -Dstops.requireAll=true}.
   */
  public static void machine(boolean able, String why) {
    assumeTrue(able, why);
  }
}
