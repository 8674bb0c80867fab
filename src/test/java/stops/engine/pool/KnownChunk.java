package stops.engine.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Random;
import stops.cpu.ScalarEngine;
import stops.engine.Chunk;
import stops.engine.Conversion;
import stops.engine.Tally;

/** A chunk to convert with its expected results and tally, for tests. */
final class KnownChunk {
  final Conversion conversion;
  final Chunk chunk;
  final MemorySegment expected;
  final Tally tally;

  private KnownChunk(Conversion conversion, Chunk chunk) {
    this.conversion = conversion;
    this.chunk = chunk;
    expected = copyOf(chunk.target());
    try (ScalarEngine scalar = new ScalarEngine()) {
      tally =
          scalar.convert(
              conversion,
              new Chunk(
                  chunk.source(),
                  expected,
                  chunk.samples(),
                  chunk.channels(),
                  chunk.firstChannel()));
    }
  }

  /** Random bit patterns, of ordinary and unusual samples. */
  static KnownChunk random(Conversion conversion, int samples, long seed) {
    return new KnownChunk(
        conversion,
        new Chunk(
            randomBytes((long) samples * conversion.source().bytes(), seed),
            randomBytes((long) samples * conversion.target().bytes(), ~seed),
            samples,
            3,
            1));
  }

  /** Random bit patterns to convert in place. */
  static KnownChunk inPlace(Conversion conversion, int samples, long seed) {
    MemorySegment memory = randomBytes((long) samples * conversion.source().bytes(), seed);
    return new KnownChunk(conversion, new Chunk(memory, memory, samples, 3, 1));
  }

  /** Random float32 bit patterns on the Java heap. */
  static KnownChunk onHeap(Conversion conversion, int samples, long seed) {
    MemorySegment source = MemorySegment.ofArray(new float[samples]);
    source.copyFrom(randomBytes(4L * samples, seed));
    return new KnownChunk(
        conversion, new Chunk(source, MemorySegment.ofArray(new float[samples]), samples, 3, 1));
  }

  static MemorySegment randomBytes(long bytes, long seed) {
    byte[] random = new byte[Math.toIntExact(bytes)];
    new Random(seed).nextBytes(random);
    return Arena.ofAuto()
        .allocate(Math.max(1, bytes), 64)
        .asSlice(0, bytes)
        .copyFrom(MemorySegment.ofArray(random));
  }

  static MemorySegment copyOf(MemorySegment memory) {
    return Arena.ofAuto()
        .allocate(Math.max(1, memory.byteSize()), 64)
        .asSlice(0, memory.byteSize())
        .copyFrom(memory);
  }

  /**
   * Asserts that the chunk's target holds the expected bits and that {@code met} is the expected
   * tally.
   */
  void assertConverted(Tally met) {
    assertEquals(-1, expected.mismatch(chunk.target()));
    assertEquals(tally, met);
  }
}
