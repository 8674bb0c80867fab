package stops.tween;

import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import stops.image.Window;

/**
 * A rectangle of pixels that moves over frames, evenly from key to key. Outside the keys the
 * nearest one holds. Immutable.
 */
public final class RegionTrack {
  private final NavigableMap<Integer, Window> keys;

  private RegionTrack(NavigableMap<Integer, Window> keys) {
    this.keys = keys;
  }

  /** A track through keys, one at least. */
  public static RegionTrack of(Map<Integer, Window> keys) {
    if (keys.isEmpty()) {
      throw new IllegalArgumentException("a track without keys");
    }
    return new RegionTrack(new TreeMap<>(keys));
  }

  /** Whether it is not the same in all frames. */
  public boolean moves() {
    return List.copyOf(keys.values()).stream().distinct().count() > 1;
  }

  /** The rectangle in a frame. */
  public Window at(int frame) {
    Map.Entry<Integer, Window> before = keys.floorEntry(frame);
    Map.Entry<Integer, Window> after = keys.ceilingEntry(frame);
    if (before == null || after == null || before.getKey().equals(after.getKey())) {
      return (before == null ? after : before).getValue();
    }
    Window a = before.getValue();
    Window b = after.getValue();
    double share = ((double) frame - before.getKey()) / ((double) after.getKey() - before.getKey());
    long x = between(a.xMin(), b.xMin(), share);
    long y = between(a.yMin(), b.yMin(), share);
    return new Window(
        (int) x,
        (int) y,
        (int) (x + between(a.width(), b.width(), share) - 1),
        (int) (y + between(a.height(), b.height(), share) - 1));
  }

  private static long between(long from, long to, double share) {
    return from + Math.round(share * (to - from));
  }
}
