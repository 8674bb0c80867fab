package stops;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Opens devices, converts and closes, again and again. The arguments are the devices and the number
 * of rounds. Prints the process's memory {@code early}, after a third of the rounds, and {@code
 * late}, in KiB.
 */
final class OpenAndCloseMain {
  private static final Pattern ANONYMOUS = Pattern.compile("RssAnon:\\s+(\\d+) kB");

  private OpenAndCloseMain() {}

  public static void main(String[] arguments) throws Exception {
    int rounds = Integer.parseInt(arguments[1]);
    for (int round = 1; round <= rounds; round++) {
      try (Stops stops = Stops.open(arguments[0])) {
        float[] samples = new float[100_000];
        stops.toExposure(samples, samples);
      }
      if (round == rounds / 3 || round == rounds) {
        System.gc();
        System.out.println((round == rounds ? "late " : "early ") + anonymousKibibytes());
      }
    }
  }

  private static long anonymousKibibytes() throws IOException {
    Matcher line = ANONYMOUS.matcher(Files.readString(Path.of("/proc/self/status")));
    return line.find() ? Long.parseLong(line.group(1)) : 0;
  }
}
