package stops.cache;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** Identifies this machine and this version of the program among those that share a home folder. */
public final class ThisMachine {
  private ThisMachine() {}

  /** The machine, the program's version and the Java that runs it, on one line. */
  public static String key() {
    Runtime runtime = Runtime.getRuntime();
    String version = ThisMachine.class.getPackage().getImplementationVersion();
    return String.format(
        Locale.ROOT,
        "stops %s, Java %s, %s, %d processors, %s",
        version == null ? "unpackaged" : version,
        Runtime.version(),
        System.getProperty("os.arch"),
        runtime.availableProcessors(),
        name());
  }

  /** {@link #key}, and the last start of the machine where the system tells it. */
  public static String sinceBoot() {
    return key() + ", up since " + firstOf(List.of("/proc/sys/kernel/random/boot_id"), "unknown");
  }

  private static String name() {
    return firstOf(
        List.of("/etc/machine-id", "/proc/sys/kernel/hostname"),
        System.getProperty("os.name", "unnamed"));
  }

  private static String firstOf(List<String> files, String otherwise) {
    for (String file : files) {
      try {
        String text = Files.readString(Path.of(file)).strip();
        if (!text.isEmpty()) {
          return text;
        }
      } catch (IOException e) {
        // The next one may tell.
      }
    }
    return otherwise;
  }
}
