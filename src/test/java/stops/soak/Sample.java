package stops.soak;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.SplittableRandom;
import stops.cpu.ScalarEngine;
import stops.engine.Chunk;
import stops.engine.Conversion;
import stops.engine.Direction;
import stops.engine.SampleType;
import stops.engine.Tally;
import stops.engine.ZeroPolicy;

/**
 * A chunk of random size, in memory of a random kind, with the results of the scalar engine.
 *
 * @param conversion the conversion
 * @param chunk the chunk to convert
 * @param expected the right bits of the target
 * @param tally the right tally
 * @param arena the arena of the chunk
 */
record Sample(
    Conversion conversion, Chunk chunk, MemorySegment expected, Tally tally, Memory memory) {
  private static final int MOST_SIZE_BITS = 18;

  /** Kinds of memory that a caller may have. */
  enum Kind {
    HEAP,
    AUTO,
    CONFINED,
    SHARED,
    /** A shared arena that another thread closes meanwhile. */
    CLOSED
  }

  /**
   * The memory of a sample.
   *
   * @param arena closed by the thread that converts, or by another meanwhile
   */
  record Memory(Kind kind, Arena arena) {
    @SuppressWarnings("MustBeClosedChecker") // Its owner or another thread closes it.
    static Memory of(Kind kind) {
      return new Memory(
          kind,
          switch (kind) {
            case HEAP, AUTO -> Arena.ofAuto();
            case CONFINED -> Arena.ofConfined();
            case SHARED, CLOSED -> Arena.ofShared();
          });
    }

    MemorySegment allocate(long bytes) {
      return kind == Kind.HEAP
          ? MemorySegment.ofArray(new byte[(int) bytes])
          : arena.allocate(Math.max(1, bytes), 8).asSlice(0, bytes);
    }

    /** Closes the arena. A call that was given up may keep it open for a while. */
    void close() {
      while (kind != Kind.HEAP && kind != Kind.AUTO && arena.scope().isAlive()) {
        try {
          arena.close();
        } catch (IllegalStateException e) {
          Thread.yield();
        }
      }
    }
  }

  static Sample random(SplittableRandom random, boolean fp64) {
    SampleType from = type(random, fp64);
    SampleType to = type(random, fp64);
    Conversion conversion =
        new Conversion(
            Direction.MAPS.get(random.nextInt(2)),
            from,
            to,
            fp64 && random.nextInt(4) == 0 ? random.nextInt(-3, 4) * 0.5 : 0,
            ZeroPolicy.values()[random.nextInt(3)]);
    int samples = random.nextInt(1 << random.nextInt(1, MOST_SIZE_BITS + 1));
    Memory memory = Memory.of(Kind.values()[random.nextInt(Kind.values().length)]);
    MemorySegment source = memory.allocate((long) samples * from.bytes());
    byte[] bytes = new byte[(int) source.byteSize()];
    random.nextBytes(bytes);
    source.copyFrom(MemorySegment.ofArray(bytes));
    boolean inPlace = from == to && random.nextInt(4) == 0;
    MemorySegment target = inPlace ? source : memory.allocate((long) samples * to.bytes());
    int channels = random.nextInt(1, 5);
    MemorySegment expected = MemorySegment.ofArray(new byte[samples * to.bytes()]);
    try (ScalarEngine scalar = new ScalarEngine()) {
      Chunk known = new Chunk(MemorySegment.ofArray(bytes), expected, samples, channels, 0);
      Tally tally = scalar.convert(conversion, known);
      Chunk chunk = new Chunk(source, target, samples, channels, 0);
      return new Sample(conversion, chunk, expected, tally, memory);
    }
  }

  private static SampleType type(SplittableRandom random, boolean fp64) {
    return SampleType.values()[random.nextInt(fp64 ? 3 : 2)];
  }

  /** Whether the target holds the right bits, and {@code met} is the right tally. */
  boolean isRight(Tally met) {
    return expected.mismatch(chunk.target()) < 0 && tally.equals(met);
  }
}
