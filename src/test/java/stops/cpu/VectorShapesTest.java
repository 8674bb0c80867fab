package stops.cpu;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import stops.Command;
import stops.engine.Chunk;
import stops.engine.Conversion;
import stops.engine.Direction;
import stops.engine.SampleType;

/** The vector engine on machines with shorter vectors, which an option of the JVM imitates. */
class VectorShapesTest {
  @ParameterizedTest
  @ValueSource(ints = {16, 32})
  void shorterVectorsGiveTheSameBits(int bytes) throws Exception {
    String output =
        Command.java(
                List.of("--add-modules=jdk.incubator.vector", "-XX:MaxVectorSize=" + bytes),
                VectorShapesTest.class)
            .output();
    String said = output.lines().filter(line -> !line.startsWith("WARNING")).findFirst().orElse("");
    assertEquals(
        String.format(Locale.ROOT, "%d-bit vectors: 4 conversions agree", 8 * bytes), said);
  }

  /** Runs in a JVM with shorter vectors. */
  public static void main(String[] arguments) throws Exception {
    int agreements = 0;
    for (Direction direction : Direction.MAPS) {
      for (SampleType target : List.of(SampleType.FLOAT16, SampleType.FLOAT32)) {
        Conversion conversion = Conversion.of(direction, SampleType.FLOAT32, target);
        agreements += agrees(conversion) ? 1 : 0;
      }
    }
    System.out.printf(
        Locale.ROOT,
        "%d-bit vectors: %d conversions agree%n",
        VectorWidth.FLOATS.vectorBitSize(),
        agreements);
  }

  private static boolean agrees(Conversion conversion) throws Exception {
    int samples = 5003;
    SplittableRandom random = new SplittableRandom(1);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment source = arena.allocate(4L * samples);
      for (int i = 0; i < samples; i++) {
        int bits =
            i % 4 == 0
                ? random.nextInt()
                : Float.floatToRawIntBits((float) random.nextDouble(-20, 20));
        source.setAtIndex(ValueLayout.JAVA_INT, i, bits);
      }
      long bytes = (long) samples * conversion.target().bytes();
      Chunk expected = new Chunk(source, arena.allocate(bytes), samples, 3, 1);
      Chunk actual = new Chunk(source, arena.allocate(bytes), samples, 3, 1);
      return new ScalarEngine()
              .convert(conversion, expected)
              .equals(new VectorEngine(false).convert(conversion, actual))
          && expected.target().mismatch(actual.target()) == -1;
    }
  }
}
