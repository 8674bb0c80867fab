package stops.cpu;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import stops.engine.Conversion;
import stops.engine.Direction;
import stops.engine.SampleType;

/** Every loop in vectors comes into use, on whatever processor. */
class WarmUpTest {
  /** As long as a warm-up goes on: it is over in seconds, or never. */
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  static Stream<Conversion> loops() {
    return Stream.of(Direction.values())
        .flatMap(direction ->
            Stream.of(SampleType.FLOAT16, SampleType.FLOAT32)
                .map(target -> Conversion.of(direction, SampleType.FLOAT32, target)));
  }

  @ParameterizedTest
  @MethodSource("loops")
  void endsWhenTheLoopIsFast(Conversion loop) throws InterruptedException {
    WarmUp warmUp = new WarmUp(loop);
    long begin = System.nanoTime();
    while (!warmUp.done(1 << 22)) {
      assertTrue(System.nanoTime() - begin < PATIENCE.toNanos(), "not in use after a minute");
      Thread.sleep(10);
    }
  }
}
