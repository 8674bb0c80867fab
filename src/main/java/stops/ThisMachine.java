package stops;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Tells this machine, and this version of the program, from others that share a home folder. */
final class ThisMachine {
  private ThisMachine() {}

  /** On one line. */
  static String key() {
    Runtime runtime = Runtime.getRuntime();
    String version = ThisMachine.class.getPackage().getImplementationVersion();
    return "stops %s, Java %s, %s, %d processors, %s"
        .formatted(
            version == null ? "unpackaged" : version,
            Runtime.version(),
            System.getProperty("os.arch"),
            runtime.availableProcessors(),
            name());
  }

  private static String name() {
    for (String file : List.of("/etc/machine-id", "/proc/sys/kernel/hostname")) {
      try {
        String text = Files.readString(Path.of(file)).strip();
        if (!text.isEmpty()) {
          return text;
        }
      } catch (IOException e) {
        // The next one may tell.
      }
    }
    return System.getProperty("os.name", "unnamed");
  }
}
