package stops.engine.pool;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static stops.engine.Direction.TO_EXPOSURE;
import static stops.engine.Direction.TO_INTENSITY;
import static stops.engine.SampleType.FLOAT16;
import static stops.engine.SampleType.FLOAT32;
import static stops.engine.SampleType.FLOAT64;

import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import stops.cpu.ScalarEngine;
import stops.engine.Conversion;
import stops.engine.EngineFailure;
import stops.engine.Tally;

class SpotCheckTest {
  private static final int TRIALS = 60;
  private static final List<Conversion> CONVERSIONS =
      List.of(
          Conversion.of(TO_EXPOSURE, FLOAT32, FLOAT32),
          Conversion.of(TO_EXPOSURE, FLOAT16, FLOAT32),
          Conversion.of(TO_INTENSITY, FLOAT32, FLOAT16),
          Conversion.of(TO_INTENSITY, FLOAT64, FLOAT64));

  /** Changes the results in {@code target} to those that a broken device leaves there. */
  private interface Corruption {
    void apply(MemorySegment before, MemorySegment right, MemorySegment target, Random random);
  }

  private static SpotCheck check(KnownChunk some) {
    return new SpotCheck(new ScalarEngine(), some.conversion, some.chunk);
  }

  private static void assertNoticed(Corruption corruption) {
    for (Conversion conversion : CONVERSIONS) {
      for (int trial = 0; trial < TRIALS; trial++) {
        Random random = new Random(trial);
        KnownChunk some = KnownChunk.random(conversion, 20_000 + random.nextInt(5000), trial);
        MemorySegment target = some.chunk.target();
        SpotCheck check = check(some);
        check.mark();
        MemorySegment before = KnownChunk.copyOf(target);
        MemorySegment right = some.expected;
        corruption.apply(before, right, target, random);
        assertThrows(EngineFailure.class, () -> check.verify(some.tally), conversion + " " + trial);
      }
    }
  }

  @Test
  void rightResultsPass() {
    for (Conversion conversion : CONVERSIONS) {
      for (int samples : new int[] {0, 1, 2, 13, 1007, 1008, 1009, 4098, 100_000}) {
        KnownChunk some = KnownChunk.random(conversion, samples, samples);
        SpotCheck check = check(some);
        check.mark();
        some.chunk.target().copyFrom(some.expected);
        assertDoesNotThrow(() -> check.verify(some.tally));
      }
    }
  }

  @Test
  void aSkippedChunkIsNoticed() {
    assertNoticed((before, right, target, random) -> {});
  }

  @Test
  void aSkippedChunkIsNoticedEvenIfTheRightResultsWereThereBefore() {
    for (Conversion conversion : CONVERSIONS) {
      KnownChunk some = KnownChunk.random(conversion, 1, 1);
      some.chunk.target().copyFrom(some.expected);
      SpotCheck check = check(some);
      check.mark();
      assertThrows(EngineFailure.class, () -> check.verify(some.tally));
    }
  }

  @Test
  void aStaleChunkIsNoticed() {
    assertNoticed((before, right, target, random) ->
        target.copyFrom(KnownChunk.randomBytes(target.byteSize(), random.nextLong())));
  }

  @Test
  void aShiftedChunkIsNoticed() {
    assertNoticed((before, right, target, random) -> {
      long shift = 8L * (1 + random.nextInt(3));
      target.copyFrom(right);
      target.asSlice(shift).copyFrom(right.asSlice(0, right.byteSize() - shift));
    });
  }

  @Test
  void aTearOfAPageIsNoticedWhereverItIs() {
    assertNoticed((before, right, target, random) -> {
      long from = random.nextLong(target.byteSize() - SpotCheck.SPACING_BYTES + 1) & -8;
      target.copyFrom(right);
      MemorySegment.copy(before, from, target, from, SpotCheck.SPACING_BYTES);
    });
  }

  @Test
  void anEndThatIsMissingIsNoticedHoweverShort() {
    assertNoticed((before, right, target, random) -> {
      long from = (target.byteSize() - 8L * (1 + random.nextInt(1000))) & -8;
      target.copyFrom(right);
      MemorySegment.copy(before, from, target, from, target.byteSize() - from);
    });
  }

  @Test
  void aBeginningThatIsMissingIsNoticedHoweverShort() {
    assertNoticed((before, right, target, random) -> {
      target.copyFrom(right);
      MemorySegment.copy(before, 0, target, 0, 8L * (1 + random.nextInt(1000)));
    });
  }

  @Test
  void aTallyThatWasForgottenIsNoticed() {
    KnownChunk some = KnownChunk.random(CONVERSIONS.get(1), 100_000, 1);
    SpotCheck check = check(some);
    check.mark();
    some.chunk.target().copyFrom(some.expected);
    EngineFailure failure =
        assertThrows(EngineFailure.class, () -> check.verify(new Tally(some.chunk.channels())));
    assertTrue(String.valueOf(failure.getMessage()).contains("at least"));
    assertThrows(EngineFailure.class, () -> check.verify(new Tally(1)));
  }
}
