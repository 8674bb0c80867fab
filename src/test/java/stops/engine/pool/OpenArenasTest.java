package stops.engine.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class OpenArenasTest {
  private final OpenArenas arenas = new OpenArenas();

  @SuppressWarnings("MustBeClosedChecker")
  @Test
  void noArenaCanBeClosedDuringTheWork() throws Exception {
    for (int count = 1; count <= 5; count++) {
      List<Arena> all = new ArrayList<>();
      List<MemorySegment> memory = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        all.add(i == 2 ? Arena.ofConfined() : Arena.ofShared());
        memory.add(all.getLast().allocate(8));
      }
      int refused =
          arenas.during(
              memory,
              () -> {
                all.forEach(arena -> assertThrows(IllegalStateException.class, arena::close));
                return all.size();
              });
      assertEquals(count, refused);
      all.forEach(Arena::close);
    }
  }

  @SuppressWarnings("MustBeClosedChecker")
  @Test
  void workInAClosedArenaDoesNotBegin() {
    AtomicBoolean begun = new AtomicBoolean();
    for (int closed = 0; closed < 3; closed++) {
      List<MemorySegment> memory = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        Arena arena = Arena.ofShared();
        memory.add(arena.allocate(8));
        if (i == closed) {
          arena.close();
        }
      }
      assertThrows(
          OpenArenas.ClosedArena.class, () -> arenas.during(memory, () -> begun.getAndSet(true)));
    }
    assertFalse(begun.get());
  }

  @Test
  void whatTheWorkThrowsReachesTheCaller() {
    MemorySegment memory = Arena.ofAuto().allocate(8);
    for (Throwable thrown : List.of(new IOException(), new IllegalStateException(), new Error())) {
      Throwable caught =
          assertThrows(
              Throwable.class,
              () ->
                  arenas.during(
                      List.of(memory),
                      () -> {
                        if (thrown instanceof Exception e) {
                          throw e;
                        }
                        throw (Error) thrown;
                      }));
      assertEquals(thrown, caught);
    }
  }

  @Test
  void workMayContainMoreOfIt() throws Exception {
    MemorySegment memory = Arena.ofAuto().allocate(8);
    int result =
        arenas.during(List.of(memory), () -> 1 + new OpenArenas().during(List.of(memory), () -> 1));
    assertEquals(2, result);
  }
}
