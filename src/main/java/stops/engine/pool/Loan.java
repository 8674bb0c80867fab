package stops.engine.pool;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import stops.engine.Chunk;

/**
 * The chunks of a piece as a device gets them: memory that can be taken away from a call that
 * hangs, and sources that survive a call that fails.
 *
 * <ul>
 *   <li>Native memory other than mapped files is lent through a view with a lifetime of its own.
 *       {@link #revoke} ends it: from then on, whatever Java code of the hung call reads or writes
 *       there throws.
 *   <li>Memory on the Java heap cannot be revoked, and a mapped file may be one thread's own: the
 *       device works on a native copy.
 *   <li>In place, the device writes to memory of the pool. Good results are copied home from there.
 *       Whatever the device does, the source is there to begin again.
 * </ul>
 *
 * <p>A driver that was given an address keeps it after {@link #revoke}. See {@link
 * EnginePool#holds}.
 */
final class Loan {
  /** Never starts. */
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

  /** Whether a device works on copies of what {@code chunk} has. */
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
   * The same chunk for any thread, as long as the caller waits. What cannot be shared, a mapped
   * file of one thread, stays as it is.
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

  /** Copies the results home, after they proved good. */
  void takeHome() {
    for (int i = 0; i < own.size(); i++) {
      if (takesHome(own.get(i))) {
        own.get(i).target().copyFrom(lent.get(i).target());
      }
    }
  }

  /** Gives back what was borrowed, after the device has let go of it. */
  void release() {
    borrowed.forEach(scratch::giveBack);
  }

  /** Ends the views that the device's Java code has. */
  void revoke() {
    lifetime.close();
  }

  /** Whether the device may still write where {@code memory} is, or read it. */
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

  /** A mapped file is lent as it is: devices must see that it is one, and copy from and to it. */
  private MemorySegment view(MemorySegment memory) {
    if (memory.isMapped()) {
      return memory;
    }
    MemorySegment view =
        MemorySegment.ofAddress(memory.address()).reinterpret(memory.byteSize(), lifetime, null);
    return memory.isReadOnly() ? view.asReadOnly() : view;
  }
}
