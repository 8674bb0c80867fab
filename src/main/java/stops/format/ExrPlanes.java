package stops.format;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import stops.engine.SampleType;

/**
 * Memory for the planes of a strip. Planes of the same type lie one after the other without a gap,
 * in the order of their channels, so that they can be converted like one.
 */
final class ExrPlanes {
  /** Where the first plane of a type begins. */
  static final int ALIGNMENT_BYTES = 64;

  private ExrPlanes() {}

  /**
   * A plane that needs memory.
   *
   * @param type of its samples, or null for unsigned integers
   * @param samples how many
   */
  record Room(@Nullable SampleType type, long samples) {
    long bytes() {
      return samples * (type == null ? Integer.BYTES : type.bytes());
    }
  }

  /** The memory of each plane. */
  static List<MemorySegment> allocate(List<Room> rooms, SegmentAllocator memory) {
    MemorySegment[] planes = new MemorySegment[rooms.size()];
    for (SampleType type : types(rooms)) {
      allocate(type, rooms, memory, planes);
    }
    return List.of(planes);
  }

  private static List<@Nullable SampleType> types(List<Room> rooms) {
    List<@Nullable SampleType> types = new ArrayList<>();
    for (Room room : rooms) {
      if (!types.contains(room.type())) {
        types.add(room.type());
      }
    }
    return types;
  }

  /** Allocates the planes of that type. */
  private static void allocate(
      @Nullable SampleType type,
      List<Room> rooms,
      SegmentAllocator memory,
      MemorySegment[] planes) {
    long bytes = 0;
    for (Room room : rooms) {
      bytes += room.type() == type ? room.bytes() : 0;
    }
    MemorySegment all = memory.allocate(bytes, ALIGNMENT_BYTES);
    long start = 0;
    for (int i = 0; i < planes.length; i++) {
      if (rooms.get(i).type() == type) {
        planes[i] = all.asSlice(start, rooms.get(i).bytes());
        start += rooms.get(i).bytes();
      }
    }
  }
}
