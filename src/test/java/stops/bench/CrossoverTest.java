package stops.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CrossoverTest {

  private static @Nullable Long crossover(double[] cpuSeconds, double[] deviceSeconds) {
    List<BenchRow> rows = new ArrayList<>();
    for (int i = 0; i < cpuSeconds.length; i++) {
      rows.add(row("cpu", i, cpuSeconds[i]));
      rows.add(row("0:0", i, deviceSeconds[i]));
    }
    return Crossover.of(rows).getFirst().samples();
  }

  private static BenchRow row(String engine, int size, double seconds) {
    return BenchRow.of(
        new BenchRow.Subject(engine, engine),
        Measure.SWEEP,
        new BenchRow.Load("exposure f32 to f32", 8L << size, 1L << size),
        Timing.of(seconds));
  }

  @Test
  void itIsTheLeastSizeFromWhichTheDeviceStaysFaster() {
    assertEquals(4, crossover(new double[] {1, 2, 4, 8}, new double[] {3, 3, 3, 3}));
    assertEquals(8, crossover(new double[] {1, 4, 2, 8}, new double[] {3, 3, 3, 3}));
    assertEquals(1, crossover(new double[] {1, 2}, new double[] {0.5, 0.5}));
  }

  @Test
  void thereIsNoneIfTheCpuIsFasterAtTheLargestSize() {
    assertEquals(null, crossover(new double[] {1, 2, 4}, new double[] {0.5, 0.5, 5}));
  }
}
