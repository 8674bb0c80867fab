package stops.opencl.trial;

import com.google.gson.Gson;
import java.io.File;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import stops.opencl.api.NativeLibrary;
import stops.opencl.api.OwnProcess;

/** The command line that runs {@link DeviceProbe} on this Java with this program's classes. */
final class ProbeCommand {
  private ProbeCommand() {}

  static List<String> line() {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("--enable-native-access=ALL-UNNAMED");
    command.add(OwnProcess.OPTION);
    command.addAll(List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    // A crash leaves no log or core files behind.
    command.addAll(List.of("-XX:+SuppressFatalErrorMessage", "-XX:-CreateCoredumpOnCrash"));
    System.getProperties().stringPropertyNames().stream()
        .filter(name ->
            name.equals("java.library.path")
                || name.equals("stops.cache")
                || name.startsWith("stops.opencl."))
        .sorted()
        .forEach(name -> command.add("-D" + name + "=" + System.getProperty(name)));
    command.addAll(List.of("-cp", classPath()));
    command.add(DeviceProbe.class.getName());
    return command;
  }

  private static String classPath() {
    String ofProgram = System.getProperty("java.class.path", "");
    if (DeviceProbe.class.getClassLoader() == ClassLoader.getSystemClassLoader()
        && !DeviceProbe.class.getModule().isNamed()) {
      return ofProgram;
    }
    // A class loader of the program's own found the classes. Another Java finds them where they
    // are.
    Set<String> places = new LinkedHashSet<>();
    for (Class<?> part : List.of(DeviceProbe.class, Gson.class, NativeLibrary.binding())) {
      place(part).ifPresent(places::add);
    }
    return places.isEmpty() ? ofProgram : String.join(File.pathSeparator, places);
  }

  /** The folder or archive of {@code part}; empty if another Java cannot read it. */
  private static Optional<String> place(Class<?> part) {
    CodeSource source = part.getProtectionDomain().getCodeSource();
    URL url = source == null ? null : source.getLocation();
    if (url == null || !url.getProtocol().equals("file")) {
      return Optional.empty();
    }
    try {
      return Optional.of(Path.of(url.toURI()).toString());
    } catch (URISyntaxException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
