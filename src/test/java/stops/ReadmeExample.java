package stops;

import java.nio.file.Path;
import java.util.Arrays;
import stops.image.Domain;

/** The library in the README. */
final class ReadmeExample {
  private ReadmeExample() {}

  public static void main(String[] args) throws Exception {
    float[] intensities = {0.18f, 1, 2, 1e6f};
    float[] exposures = new float[intensities.length];
    try (Stops stops = Stops.open()) {
      Report report = stops.toExposure(intensities, exposures);
      System.out.println(Arrays.toString(exposures) + " stops, " + report);
      stops.convert(
          Path.of("src/main/examples/desk.exr"), Path.of("target/stops.exr"), Domain.EXPOSURE);
    }
  }
}
