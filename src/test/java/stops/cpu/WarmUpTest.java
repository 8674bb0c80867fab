package stops.cpu;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import stops.Await;
import stops.engine.Conversion;
import stops.engine.Direction;
import stops.engine.SampleType;

/** Every vector loop comes into use, on any processor. */
class WarmUpTest {
  static Stream<Conversion> loops() {
    return Direction.MAPS.stream()
        .flatMap(direction ->
            Stream.of(SampleType.FLOAT16, SampleType.FLOAT32)
                .map(target -> Conversion.of(direction, SampleType.FLOAT32, target)));
  }

  @ParameterizedTest
  @MethodSource("loops")
  void endsWhenTheLoopIsFast(Conversion loop) throws Exception {
    WarmUp warmUp = new WarmUp(loop);
    Await.until(loop + " is in use", () -> warmUp.done(1 << 22));
  }
}
