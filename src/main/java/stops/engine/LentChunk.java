package stops.engine;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/**
 * A chunk as a device gets it: memory that can be taken away from a call that hangs, and a source
 * that survives a call that fails.
 *
 * <ul>
 *   <li>Native memory other than mapped files is lent through a view with a lifetime of its own.
 *       {@link #revoke} ends it: from then on, whatever Java code of the hung call reads or writes
 *       there throws.
 *   <li>On the Java heap nothing can be revoked, so the device works on a native copy.
 *   <li>In place, the device writes to memory of the pool, from where good results are copied home:
 *       whatever the device does, the source is there to begin again.
 * </ul>
 *
 * <p>What cannot be revoked is memory whose address a driver has. See {@link EnginePool#holds}.
 */
final class LentChunk {
  private final ScratchMemory scratch;
  private final Arena lifetime = Arena.ofShared();
  private final List<MemorySegment> borrowed = new ArrayList<>();
  private final Chunk own;
  private final Chunk lent;
  private final boolean takesHome;

  LentChunk(Chunk own, ScratchMemory scratch) {
    this.own = own;
    this.scratch = scratch;
    takesHome = isInPlace(own) || !own.target().isNative();
    MemorySegment source =
        own.source().isNative()
            ? view(own.source())
            : borrow(own.source().byteSize()).copyFrom(own.source());
    MemorySegment target = takesHome ? borrow(own.target().byteSize()) : view(own.target());
    lent = new Chunk(source, target, own.samples(), own.channels(), own.firstChannel());
  }

  /** Whether a device works on copies of what {@code chunk} has. */
  static boolean needsCopies(Chunk chunk) {
    return !chunk.source().isNative() || !chunk.target().isNative() || isInPlace(chunk);
  }

  private static boolean isInPlace(Chunk chunk) {
    return chunk.source().asOverlappingSlice(chunk.target()).isPresent();
  }

  /** The chunk for the device. */
  Chunk chunk() {
    return lent;
  }

  /** Takes the results home, after they proved good. */
  void takeHome() {
    if (takesHome) {
      own.target().copyFrom(lent.target());
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
    return own.target().asOverlappingSlice(memory).isPresent()
        || own.source().asOverlappingSlice(memory).isPresent();
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
