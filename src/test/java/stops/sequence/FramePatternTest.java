package stops.sequence;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FramePatternTest {

  @ParameterizedTest
  @CsvSource({
    "shot.%04d.exr,     7,      shot.0007.exr",
    "shot.%04d.exr,     12345,  shot.12345.exr",
    "shot.%d.exr,       7,      shot.7.exr",
    "shot.%00d.exr,     7,      shot.7.exr",
    "shot.####.exr,     1001,   shot.1001.exr",
    "shot.####.exr,     7,      shot.0007.exr",
    "shot.##.exr,       7,      shot.07.exr",
    "shot.#.exr,        7,      shot.0007.exr",
    "shot.@.exr,        7,      shot.7.exr",
    "shot.@@@.exr,      7,      shot.007.exr",
    "shot.@.exr,        1001,   shot.1001.exr",
    "shot_####_v2.exr,  3,      shot_0003_v2.exr"
  })
  void numberTakesThePlaceOfThePattern(String pattern, int frame, String file) {
    assertEquals(Optional.of(Path.of(file)), FramePattern.of(pattern).map(p -> p.file(frame)));
  }

  @ParameterizedTest
  @CsvSource({"a.%04d.exr, -7, a.-007.exr", "a.####.exr, -7, a.-007.exr", "a.@.exr, -7, a.-7.exr"})
  void minusSignCountsAsADigitAsInC(String pattern, int frame, String file) {
    assertEquals(Optional.of(Path.of(file)), FramePattern.of(pattern).map(p -> p.file(frame)));
  }

  @ParameterizedTest
  @CsvSource({
    "a@b.#.%04d.exr,          5, a@b.#.0005.exr",
    "a@b.####.exr,            5, a@b.0005.exr",
    "####/beauty.%03d.exr,    5, ####/beauty.005.exr",
    "me@work/beauty.@.exr,    5, me@work/beauty.5.exr",
    "shots/####/beauty.exr,   5, shots/0005/beauty.exr",
    "f%d/####/beauty.exr,     5, f%d/0005/beauty.exr",
    "a.####.b.##.exr,         5, a.0005.b.05.exr"
  })
  void oneKindInTheLastPartOfThePathIsThePattern(String pattern, int frame, String file) {
    assertEquals(Optional.of(Path.of(file)), FramePattern.of(pattern).map(p -> p.file(frame)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"a.exr", "me@work/a.exr", "100%.exr", "%4d.exr", "%s.exr", "%0123d.exr", ""})
  void ordinaryNamesAreNoPatterns(String name) {
    assertEquals(Optional.empty(), FramePattern.of(name));
  }
}
