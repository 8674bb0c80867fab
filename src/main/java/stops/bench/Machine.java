package stops.bench;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import org.jspecify.annotations.Nullable;

/**
 * The machine of a benchmark, and the program that ran.
 *
 * @param stopsVersion the version of Stops; {@code unpackaged} outside of its jar
 * @param gitCommit the commit that it was built from, where the jar says so; it ends in {@code
 *     -dirty} if files had changed since
 * @param os the operating system and its version
 * @param architecture the processor's architecture, as Java calls it
 * @param cpu the processor's name
 * @param processors how many processors this process may use
 * @param jdk the Java that ran it
 */
public record Machine(
    String stopsVersion,
    @Nullable String gitCommit,
    String os,
    String architecture,
    String cpu,
    int processors,
    String jdk) {

  /** The machine and the program that this code runs in. */
  static Machine here() {
    String version = Machine.class.getPackage().getImplementationVersion();
    return new Machine(
        version == null ? "unpackaged" : version,
        commit(),
        property("os.name") + " " + property("os.version"),
        property("os.arch"),
        cpuName(),
        Runtime.getRuntime().availableProcessors(),
        property("java.vm.name") + " " + Runtime.version());
  }

  private static String property(String name) {
    return System.getProperty(name, "unknown");
  }

  private static @Nullable String commit() {
    CodeSource source = Machine.class.getProtectionDomain().getCodeSource();
    if (source == null || source.getLocation() == null) {
      return null;
    }
    try {
      Path place = Path.of(source.getLocation().toURI());
      if (!Files.isRegularFile(place)) {
        return null;
      }
      try (JarFile jar = new JarFile(place.toFile())) {
        Manifest manifest = jar.getManifest();
        String commit =
            manifest == null ? null : manifest.getMainAttributes().getValue("Git-Commit");
        return "unknown".equals(commit) ? null : commit;
      }
    } catch (IOException | URISyntaxException | IllegalArgumentException e) {
      return null;
    }
  }

  private static String cpuName() {
    try {
      // Some processor names are not valid UTF-8.
      for (String line :
          Files.readAllLines(Path.of("/proc/cpuinfo"), StandardCharsets.ISO_8859_1)) {
        if (line.startsWith("model name")) {
          return line.substring(line.indexOf(':') + 1).strip();
        }
      }
    } catch (IOException e) {
      // Not Linux.
    }
    String identifier = System.getenv("PROCESSOR_IDENTIFIER");
    return identifier == null ? property("os.arch") : identifier;
  }
}
