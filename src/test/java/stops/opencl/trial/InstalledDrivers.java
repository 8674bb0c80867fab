package stops.opencl.trial;

import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import stops.Required;
import stops.opencl.TestDevice;
import stops.opencl.api.DriverFolder;
import stops.opencl.api.OpenClDevice;

/** The drivers that are installed on this machine, at least one, which is {@link Required}. */
public final class InstalledDrivers {
  private InstalledDrivers() {}

  /** Registers them in {@code folder}, too. */
  static void addTo(Path folder) throws IOException {
    assertFalse(devices().isEmpty());
    Path drivers = DriverFolder.path();
    Required.machine(Files.isDirectory(drivers), "drivers are not registered in files here");
    try (var files = Files.newDirectoryStream(drivers, "*.icd")) {
      for (Path file : files) {
        Files.copy(file, folder.resolve("installed-" + file.getFileName()));
      }
    }
  }

  /** Their devices. */
  static List<OpenClDevice> devices() {
    return TestDevice.openCl().devices();
  }

  /** The library of PoCL, which is required. */
  public static String pocl() throws IOException {
    return DriverFolder.read().drivers().stream()
        .filter(driver -> driver.library().contains("pocl"))
        .findFirst()
        .orElseGet(() -> Required.missing("PoCL"))
        .library();
  }
}
