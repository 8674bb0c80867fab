package stops.strip;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class StripMemoriesTest {
  private static final long FAR_TOO_MUCH = 1L << 60;

  /** What a file claims of its strips is reserved, so that others wait; but not taken. */
  @Test
  void noMemoryIsTakenBeforeItIsAskedFor() throws Exception {
    try (StripMemories memories = new StripMemories(1000, memory -> false)) {
      for (int i = 0; i < 3; i++) {
        try (StripMemories.Lease lease = memories.take(FAR_TOO_MUCH)) {
          assertTrue(lease.memory.bytes() < 1000, lease.memory.bytes() + " bytes");
        }
      }
      try (StripMemories.Lease one = memories.take(600);
          StripMemories.Lease other = memories.take(400)) {
        assertEquals(600, one.memory.allocate(600, 1).byteSize());
        assertEquals(400, other.memory.allocate(400, 1).byteSize());
      }
    }
  }

  @Test
  void memoryGoesOnAfterAStripThatItCouldNotHold() throws Exception {
    try (StripMemories memories = new StripMemories(1000, memory -> false);
        StripMemories.Lease lease = memories.take(100)) {
      assertThrows(OutOfMemoryError.class, () -> lease.memory.allocate(FAR_TOO_MUCH, 1));
      lease.memory.reset();
      assertEquals(100, lease.memory.allocate(100, 1).byteSize());
    }
  }
}
