package stops.engine.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import stops.engine.Chunk;

class LoanTest {
  @TempDir Path folder = Path.of("");

  @Test
  void memoryOfOneThreadIsSharedWhereItLies() {
    try (Arena confined = Arena.ofConfined()) {
      MemorySegment source = confined.allocate(400, 4).asReadOnly();
      MemorySegment target = confined.allocate(400, 4);
      Chunk chunk = Chunk.of(source, target, 100);
      assertFalse(Loan.isShared(chunk));
      Chunk shared = Loan.shared(chunk);
      assertTrue(Loan.isShared(shared));
      assertEquals(source.address(), shared.source().address());
      assertEquals(target.address(), shared.target().address());
      assertTrue(shared.source().isReadOnly());
      assertSame(shared, Loan.shared(shared));
      assertTrue(Loan.needsCopies(shared), "no other thread can keep its arena open");
    }
  }

  /** Its owner may free it at any time, and others may then get the same address. */
  @Test
  void memoryThatIsCopiedIsNotHeld() {
    try (Arena confined = Arena.ofConfined()) {
      MemorySegment source = confined.allocate(400, 4);
      MemorySegment target = Arena.ofAuto().allocate(400, 4);
      Chunk shared = Loan.shared(Chunk.of(source, target, 100));
      Loan loan = new Loan(java.util.List.of(shared), new ScratchMemory());
      assertFalse(loan.overlaps(source));
      assertTrue(loan.overlaps(target));
    }
  }

  @SuppressWarnings("MustBeClosedChecker")
  @Test
  void memoryOfManyArenasIsCopiedBeyondALimit() {
    java.util.List<Chunk> chunks = new java.util.ArrayList<>();
    for (int i = 0; i < 100; i++) {
      MemorySegment source = Arena.ofShared().allocate(400, 4);
      chunks.add(Chunk.of(source, Arena.ofShared().allocate(400, 4), 100));
    }
    Loan loan = new Loan(chunks, new ScratchMemory());
    assertTrue(loan.arenas().size() < 20, loan.arenas()::toString);
    assertSame(chunks.getFirst().source(), loan.checkedChunks().getFirst().source());
    assertNotEquals(chunks.getLast().source(), loan.checkedChunks().getLast().source());
    loan.checkedChunks().getLast().target().fill((byte) 7);
    loan.takeHome();
    assertEquals(7, chunks.getLast().target().get(java.lang.foreign.ValueLayout.JAVA_BYTE, 399));
  }

  @Test
  void aMappedFileOfOneThreadIsCopiedForTheDevice() throws Exception {
    Path file = Files.write(folder.resolve("mapped"), new byte[400]);
    try (Arena confined = Arena.ofConfined();
        FileChannel channel = FileChannel.open(file)) {
      MemorySegment source = channel.map(FileChannel.MapMode.READ_ONLY, 0, 400, confined);
      Chunk chunk = Loan.shared(Chunk.of(source, Arena.ofAuto().allocate(400, 4), 100));
      assertFalse(Loan.isShared(chunk));
      assertTrue(Loan.needsCopies(chunk));
    }
  }

  @Test
  void whatIsRevokedCannotBeReached() {
    MemorySegment memory = Arena.ofAuto().allocate(800, 4);
    Chunk chunk = Chunk.of(memory.asSlice(0, 400), memory.asSlice(400), 100);
    Loan loan = new Loan(java.util.List.of(chunk), new ScratchMemory());
    assertTrue(loan.overlaps(memory));
    loan.revoke();
    MemorySegment target = loan.chunks().getFirst().target();
    assertThrows(IllegalStateException.class, () -> target.fill((byte) 1));
  }
}
