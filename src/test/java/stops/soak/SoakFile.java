package stops.soak;

import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import stops.Stops;
import stops.cpu.ScalarEngine;
import stops.engine.Chunk;
import stops.engine.Conversion;
import stops.engine.Direction;
import stops.engine.SampleType;

/**
 * A file of intensities.
 *
 * @param input the file
 * @param raw whether it is raw float32 samples; otherwise it is an OpenEXR picture
 * @param expected the file of its exposures
 */
record SoakFile(Path input, boolean raw, Path expected) {
  private static final int RAW_SAMPLES = 1_000_003;

  /** Files to convert, made in {@code folder}. */
  static List<SoakFile> make(Path folder, SplittableRandom random) throws Exception {
    byte[] samples = new byte[4 * RAW_SAMPLES];
    random.nextBytes(samples);
    byte[] exposures = new byte[samples.length];
    try (ScalarEngine scalar = new ScalarEngine()) {
      Object unused =
          scalar.convert(
              Conversion.of(Direction.TO_EXPOSURE, SampleType.FLOAT32, SampleType.FLOAT32),
              Chunk.of(
                  MemorySegment.ofArray(samples), MemorySegment.ofArray(exposures), RAW_SAMPLES));
    }
    Path input = Files.write(folder.resolve("input.raw"), samples);
    Path expected = Files.write(folder.resolve("expected.raw"), exposures);
    Path picture = Path.of("src/main/examples/desk.exr").toAbsolutePath();
    Path converted = folder.resolve("expected.exr");
    try (Stops stops = Stops.open("cpu")) {
      SoakDevices cpu = new SoakDevices.Library(stops);
      if (!cpu.convert(picture, converted, false)) {
        throw new IllegalStateException("was not written: " + converted);
      }
    }
    return List.of(new SoakFile(input, true, expected), new SoakFile(picture, false, converted));
  }
}
