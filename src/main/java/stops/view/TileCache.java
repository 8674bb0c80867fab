package stops.view;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Tiles that were shown of late, in bounded memory. Thread-safe. */
final class TileCache {
  private final long most;
  private final LinkedHashMap<TileKey, byte[]> tiles = new LinkedHashMap<>(16, 0.75f, true);
  private long bytes;

  /** A cache of at most {@code most} bytes. */
  TileCache(long most) {
    this.most = most;
  }

  synchronized byte @Nullable [] get(TileKey key) {
    return tiles.get(key);
  }

  /** Keeps a tile, and gives up those that were not asked for longest. */
  synchronized void put(TileKey key, byte[] tile) {
    byte[] before = tiles.put(key, tile);
    bytes += tile.length - (before == null ? 0 : before.length);
    Iterator<Map.Entry<TileKey, byte[]>> oldest = tiles.entrySet().iterator();
    while (bytes > most && oldest.hasNext()) {
      bytes -= oldest.next().getValue().length;
      oldest.remove();
    }
  }

  synchronized long bytes() {
    return bytes;
  }

  /** Gives up all tiles of a picture. */
  synchronized void drop(long picture) {
    tiles
        .entrySet()
        .removeIf(each -> {
          boolean drop = each.getKey().picture() == picture;
          bytes -= drop ? each.getValue().length : 0;
          return drop;
        });
  }
}
