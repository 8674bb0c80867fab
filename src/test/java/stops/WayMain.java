package stops;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedMethod;
import jdk.jfr.consumer.RecordingFile;

/**
 * Prints the classes of this program that a {@code float[]} enters on its way to an OpenCL device
 * and back, one a line: those of which some method runs, as Java's flight recorder counts them.
 * Records and enums, which only hold values, and the CPU's engine, which makes the results that the
 * device's are compared with, are left out.
 *
 * <p>The arguments are the devices to use and a folder for the recording.
 */
final class WayMain {
  private static final int SAMPLES = 4_000_000;

  private WayMain() {}

  public static void main(String[] arguments) throws Exception {
    float[] intensities = new float[SAMPLES];
    for (int i = 0; i < SAMPLES; i++) {
      intensities[i] = 1 + i;
    }
    float[] exposures = new float[SAMPLES];
    TreeMap<String, Long> calls = new TreeMap<>();
    try (Stops stops = Stops.open(arguments[0])) {
      for (int warmUp = 0; warmUp < 5; warmUp++) {
        stops.toExposure(intensities, exposures);
      }
      Path file = Path.of(arguments[1], "way.jfr");
      try (Recording recording = new Recording()) {
        recording
            .enable("jdk.MethodTiming")
            .with("filter", String.join(";", classes()))
            .with("period", "endChunk");
        recording.start();
        stops.toExposure(intensities, exposures);
        recording.stop();
        recording.dump(file);
      }
      for (RecordedEvent event : RecordingFile.readAllEvents(file)) {
        if (event.getEventType().getName().equals("jdk.MethodTiming")
            && event.getLong("invocations") > 0) {
          RecordedMethod method = Objects.requireNonNull(event.getValue("method"));
          calls.merge(
              outermost(method.getType().getName()), event.getLong("invocations"), Long::sum);
        }
      }
    }
    calls.keySet().stream()
        .filter(name -> !isValue(name) && !isCheck(name))
        .forEach(name -> System.out.println("enters " + name));
  }

  private static String outermost(String name) {
    int nested = name.indexOf('$');
    return nested < 0 ? name : name.substring(0, nested);
  }

  private static boolean isValue(String name) {
    try {
      Class<?> type = Class.forName(name, false, WayMain.class.getClassLoader());
      return type.isRecord() || type.isEnum();
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(e);
    }
  }

  private static boolean isCheck(String name) {
    return name.startsWith("stops.cpu.") || name.startsWith("stops.math.");
  }

  /** The names of all classes beside {@link Stops} that are not interfaces. */
  private static List<String> classes() throws IOException, URISyntaxException {
    URI root = Stops.class.getProtectionDomain().getCodeSource().getLocation().toURI();
    Path folder = Path.of(root);
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .map(file -> folder.relativize(file).toString())
          .filter(name -> name.startsWith("stops/") && name.endsWith(".class"))
          .filter(name -> !name.endsWith("package-info.class"))
          .map(name -> name.substring(0, name.length() - 6).replace('/', '.'))
          .toList();
    }
  }
}
