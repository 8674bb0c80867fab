package stops.engine.pool;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import stops.engine.Chunk;

/**
 * The chunks of a piece in memory that is safe to lend to a device. The memory can be revoked from
 * a call that hangs, and the sources survive a call that fails.
 *
 * <ul>
 *   <li>Native memory other than mapped files is lent as a view with a lifetime of its own. {@link
 *       #revoke} ends the lifetime. After that, every access by Java code of the hung call throws.
 *       The call keeps the {@linkplain #arenas arenas} of lent memory open.
 *   <li>Memory on the Java heap cannot be revoked. The arena of one thread cannot be kept open by
 *       another. In both cases the device works on a native copy.
 *   <li>If source and target overlap, the device writes to memory of the pool, and checked results
 *       are copied from there to the target. The source stays intact for another attempt.
 * </ul>
 *
 * <p>A driver that was given an address can still use it after {@link #revoke}. See {@link
 * EnginePool#holds}.
 */
final class Loan {
  /** The most arenas of which memory is lent. Memory of further ones is copied. */
  private static final int MOST_ARENAS = 16;

  /** A thread other than any caller's, to ask whether memory is confined. It is never started. */
  private static final Thread ANY_OTHER = new Thread(() -> {});

  /** The arena of all views of memory that is confined to the thread of a caller. */
  private static final Arena CONFINED = Arena.ofAuto();

  private final ScratchMemory scratch;
  private final Arena lifetime = Arena.ofShared();
  private final List<MemorySegment> borrowed = new ArrayList<>();
  private final List<Chunk> own;
  private final List<Chunk> lent = new ArrayList<>();
  private final List<Chunk> checked = new ArrayList<>();
  private final Map<MemorySegment.Scope, MemorySegment> arenas = new LinkedHashMap<>();

  Loan(List<Chunk> own, ScratchMemory scratch) {
    this.own = own;
    this.scratch = scratch;
    for (Chunk chunk : own) {
      MemorySegment source =
          lends(chunk.source())
              ? chunk.source()
              : borrow(chunk.source().byteSize()).copyFrom(chunk.source());
      MemorySegment target =
          !overlap(chunk) && lends(chunk.target())
              ? chunk.target()
              : borrow(chunk.target().byteSize());
      checked.add(with(source, target, chunk));
      lent.add(with(view(source), view(target), chunk));
    }
  }

  private static Chunk with(MemorySegment source, MemorySegment target, Chunk chunk) {
    return new Chunk(source, target, chunk.samples(), chunk.channels(), chunk.firstChannel());
  }

  /** Whether a device needs a copy of the source or target of {@code chunk}. */
  static boolean needsCopies(Chunk chunk) {
    return !canBeLent(chunk.source()) || !canBeLent(chunk.target()) || overlap(chunk);
  }

  private static boolean overlap(Chunk chunk) {
    return chunk.source().asOverlappingSlice(chunk.target()).isPresent();
  }

  private static boolean canBeLent(MemorySegment memory) {
    return memory.isNative() && isShared(memory) && !memory.scope().equals(CONFINED.scope());
  }

  /** Whether {@code memory} is lent rather than copied. Notes its arena if so. */
  private boolean lends(MemorySegment memory) {
    boolean lends =
        canBeLent(memory)
            && OpenArenas.arePossible()
            && (arenas.size() < MOST_ARENAS || arenas.containsKey(memory.scope()));
    if (lends) {
      arenas.putIfAbsent(memory.scope(), memory);
    }
    return lends;
  }

  /**
   * The same chunk, accessible by any thread while the caller waits. A mapped file confined to one
   * thread cannot be shared and stays as it is. So does all confined memory if Java does not let
   * this program use memory by its address.
   */
  static Chunk shared(Chunk chunk) {
    try {
      return isShared(chunk) ? chunk : with(shared(chunk.source()), shared(chunk.target()), chunk);
    } catch (IllegalCallerException e) {
      return chunk;
    }
  }

  private static MemorySegment shared(MemorySegment memory) {
    return isShared(memory) || memory.isMapped() ? memory : view(memory, CONFINED);
  }

  /** Whether any thread may use the memory of {@code chunk}. */
  static boolean isShared(Chunk chunk) {
    return isShared(chunk.source()) && isShared(chunk.target());
  }

  static boolean isShared(MemorySegment memory) {
    return memory.isAccessibleBy(ANY_OTHER);
  }

  /** The chunks for the device. */
  List<Chunk> chunks() {
    return lent;
  }

  /** The same memory for the calling thread, which checks the arenas at every access. */
  List<Chunk> checkedChunks() {
    return checked;
  }

  /** A segment of each arena that must be open while the device works. */
  List<MemorySegment> arenas() {
    return List.copyOf(arenas.values());
  }

  /** Copies the results to the caller's targets. Called after they passed the checks. */
  void takeHome() {
    for (int i = 0; i < own.size(); i++) {
      MemorySegment target = own.get(i).target();
      if (!checked.get(i).target().equals(target)) {
        target.copyFrom(checked.get(i).target());
      }
    }
  }

  /** Returns borrowed memory to the pool, unless a call that hangs may still use it. */
  void release() {
    if (lifetime.scope().isAlive()) {
      borrowed.forEach(scratch::giveBack);
      borrowed.clear();
    }
  }

  /**
   * Ends the lifetime of the views, so that Java code of a hung call can no longer access the
   * memory.
   */
  void revoke() {
    lifetime.close();
  }

  /** Whether the device has an address in {@code memory}. It has none in memory that was copied. */
  boolean overlaps(MemorySegment memory) {
    return checked.stream()
        .anyMatch(chunk ->
            chunk.target().asOverlappingSlice(memory).isPresent()
                || chunk.source().asOverlappingSlice(memory).isPresent());
  }

  private MemorySegment borrow(long bytes) {
    MemorySegment memory = scratch.take(bytes);
    borrowed.add(memory);
    return memory.asSlice(0, bytes);
  }

  /**
   * A view of {@code memory} that can be revoked. A mapped file is lent as it is: engines must
   * recognise it as one, since they copy from and to it.
   */
  private MemorySegment view(MemorySegment memory) {
    return memory.isMapped() ? memory : view(memory, lifetime);
  }

  private static MemorySegment view(MemorySegment memory, Arena lifetime) {
    MemorySegment view =
        MemorySegment.ofAddress(memory.address()).reinterpret(memory.byteSize(), lifetime, null);
    return memory.isReadOnly() ? view.asReadOnly() : view;
  }
}
