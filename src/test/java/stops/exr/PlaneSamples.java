package stops.exr;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import stops.exr.codec.BlockLayout;
import stops.exr.codec.ExrChannel;

/** Converts samples between chunk order and planes, byte by byte. */
public final class PlaneSamples {
  private PlaneSamples() {}

  /** Native memory with room for each channel's samples. */
  public static List<MemorySegment> room(BlockLayout block, Arena arena) {
    List<MemorySegment> planes = new ArrayList<>();
    for (ExrChannel channel : block.channels()) {
      planes.add(
          arena.allocate(block.rowSamples(channel) * block.rows(channel) * channel.type().bytes()));
    }
    return planes;
  }

  /** Planes that hold the samples of {@code raw}. */
  public static List<MemorySegment> of(BlockLayout block, byte[] raw, Arena arena) {
    List<MemorySegment> planes = room(block, arena);
    walk(
        block,
        (plane, offset, at) -> planes.get(plane).set(ValueLayout.JAVA_BYTE, offset, raw[at]));
    return planes;
  }

  /** The samples of the planes, in chunk order. */
  public static byte[] raw(BlockLayout block, List<MemorySegment> planes) {
    byte[] raw = new byte[(int) block.bytes()];
    walk(
        block,
        (plane, offset, at) -> raw[at] = planes.get(plane).get(ValueLayout.JAVA_BYTE, offset));
    return raw;
  }

  private interface Visitor {
    void visit(int plane, long offset, int at);
  }

  private static void walk(BlockLayout block, Visitor visitor) {
    int[] offsets = new int[block.channels().size()];
    int at = 0;
    for (int y = block.yMin(); y <= block.yMax(); y++) {
      for (int c = 0; c < offsets.length; c++) {
        ExrChannel channel = block.channels().get(c);
        if (Math.floorMod(y, channel.ySampling()) != 0) {
          continue;
        }
        for (int x = block.xMin(); x <= block.xMax(); x++) {
          if (Math.floorMod(x, channel.xSampling()) == 0) {
            for (int i = 0; i < channel.type().bytes(); i++) {
              visitor.visit(c, offsets[c]++, at++);
            }
          }
        }
      }
    }
  }
}
