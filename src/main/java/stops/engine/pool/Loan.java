package stops.engine.pool;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import stops.engine.Chunk;

/**
 * The chunks of a piece in memory that is safe to lend to a device. The memory can be revoked from
 * a call that hangs, and the sources survive a call that fails.
 *
 * <ul>
 *   <li>Native memory other than mapped files is lent as a view with a lifetime of its own. {@link
 *       #revoke} ends the lifetime. After that, every access by Java code of the hung call throws.
 *   <li>Memory on the Java heap cannot be revoked, and a mapped file may be confined to one thread.
 *       In both cases the device works on a native copy.
 *   <li>If source and target overlap, the device writes to memory of the pool, and checked results
 *       are copied from there to the target. The source stays intact for another attempt.
 * </ul>
 *
 * <p>A driver that was given an address can still use it after {@link #revoke}. See {@link
 * EnginePool#holds}.
 */
final class Loan {
  /** A thread other than any caller's, to ask whether memory is confined. It is never started. */
  private static final Thread ANY_OTHER = new Thread(() -> {});

  private final ScratchMemory scratch;
  private final Arena lifetime = Arena.ofShared();
  private final List<MemorySegment> borrowed = new ArrayList<>();
  private final List<Chunk> own;
  private final List<Chunk> lent = new ArrayList<>();

  Loan(List<Chunk> own, ScratchMemory scratch) {
    this.own = own;
    this.scratch = scratch;
    for (Chunk chunk : own) {
      MemorySegment source =
          canBeLent(chunk.source())
              ? view(chunk.source())
              : borrow(chunk.source().byteSize()).copyFrom(chunk.source());
      MemorySegment target =
          takesHome(chunk) ? borrow(chunk.target().byteSize()) : view(chunk.target());
      lent.add(new Chunk(source, target, chunk.samples(), chunk.channels(), chunk.firstChannel()));
    }
  }

  /** Whether a device needs a copy of the source or target of {@code chunk}. */
  static boolean needsCopies(Chunk chunk) {
    return !canBeLent(chunk.source()) || takesHome(chunk);
  }

  private static boolean takesHome(Chunk chunk) {
    return !canBeLent(chunk.target())
        || chunk.source().asOverlappingSlice(chunk.target()).isPresent();
  }

  private static boolean canBeLent(MemorySegment memory) {
    return memory.isNative() && (!memory.isMapped() || isShared(memory));
  }

  /**
   * The same chunk, accessible by any thread while the caller waits. A mapped file confined to one
   * thread cannot be shared and stays as it is.
   */
  static Chunk shared(Chunk chunk) {
    return isShared(chunk)
        ? chunk
        : new Chunk(
            shared(chunk.source()),
            shared(chunk.target()),
            chunk.samples(),
            chunk.channels(),
            chunk.firstChannel());
  }

  private static MemorySegment shared(MemorySegment memory) {
    if (isShared(memory) || memory.isMapped()) {
      return memory;
    }
    MemorySegment all = MemorySegment.ofAddress(memory.address()).reinterpret(memory.byteSize());
    return memory.isReadOnly() ? all.asReadOnly() : all;
  }

  /** Whether any thread may use the memory of {@code chunk}. */
  static boolean isShared(Chunk chunk) {
    return isShared(chunk.source()) && isShared(chunk.target());
  }

  private static boolean isShared(MemorySegment memory) {
    return memory.isAccessibleBy(ANY_OTHER);
  }

  /** The chunks for the device. */
  List<Chunk> chunks() {
    return lent;
  }

  /** Copies the results to the caller's targets. Called after they passed the checks. */
  void takeHome() {
    for (int i = 0; i < own.size(); i++) {
      if (takesHome(own.get(i))) {
        own.get(i).target().copyFrom(lent.get(i).target());
      }
    }
  }

  /** Returns borrowed memory to the pool. Called when the device no longer uses it. */
  void release() {
    borrowed.forEach(scratch::giveBack);
  }

  /**
   * Ends the lifetime of the views, so that Java code of a hung call can no longer access the
   * memory.
   */
  void revoke() {
    lifetime.close();
  }

  /** Whether {@code memory} overlaps a source or target of this loan. */
  boolean overlaps(MemorySegment memory) {
    return own.stream()
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
    if (memory.isMapped()) {
      return memory;
    }
    MemorySegment view =
        MemorySegment.ofAddress(memory.address()).reinterpret(memory.byteSize(), lifetime, null);
    return memory.isReadOnly() ? view.asReadOnly() : view;
  }
}
