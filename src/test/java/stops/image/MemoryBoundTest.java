package stops.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MemoryBoundTest {
  private static final Path FILE = Path.of("a.exr");
  private static final Pattern TOLD = Pattern.compile("raise it \\(--memory (\\d+)M\\)");

  @ParameterizedTest
  @ValueSource(longs = {1, 1 << 20, 30 << 20, 64 << 20, 512 << 20, 1L << 50})
  void itsSharesTogetherAreNoMoreThanAQuarterAbove(long bytes) {
    MemoryBound bound = new MemoryBound(bytes);
    long all = bound.strips() + bound.description() + bound.waiting();
    assertTrue(all <= bytes + Math.max(bytes / 4, 1 << 20), all + " of " + bytes);
  }

  @ParameterizedTest
  @ValueSource(longs = {100, 20 << 20, 50 << 20, 300 << 20, 7L << 40})
  void whatItSaysThatIsNeededIsEnoughAndLittleMoreThanEnough(long strip) throws Exception {
    long told = told(() -> new MemoryBound(1).checkStrip(FILE, strip));
    new MemoryBound(told).checkStrip(FILE, strip);
    if (told > 1 << 20) {
      assertThrows(
          ImageException.class,
          () -> new MemoryBound(told - told / 8 - (1 << 20)).checkStrip(FILE, strip));
    }
    long described = told(() -> new MemoryBound(1).checkDescription(FILE, "its header", strip));
    new MemoryBound(described).checkDescription(FILE, "its header", strip);
  }

  private interface Check {
    void run() throws ImageException;
  }

  private static long told(Check check) {
    ImageException e = assertThrows(ImageException.class, check::run);
    assertEquals(ImageException.Side.INPUT, e.side());
    MatchResult told =
        TOLD.matcher(Objects.requireNonNull(e.getMessage())).results().findFirst().orElseThrow();
    return Long.parseLong(told.group(1)) << 20;
  }
}
