package stops.view;

import stops.engine.pool.EnginePool;
import stops.strip.StripWorkers;

/**
 * What all pictures of a page share.
 *
 * @param workers read strips
 * @param engines convert exposures
 * @param cache keeps tiles
 * @param overviewBytes the most memory of the overview of one layer, in bytes
 */
record Work(StripWorkers workers, EnginePool engines, TileCache cache, long overviewBytes) {
  /** More than this shows nothing more at once, and takes longer to send. */
  private static final long MOST_OVERVIEW_BYTES = (4L << 20) * BoxAverage.PIXEL_BYTES;

  /**
   * Divides memory: a third for the tiles, and the rest for the overviews of the two pictures that
   * are open.
   */
  static Work of(StripWorkers workers, EnginePool engines, long bytes) {
    return new Work(
        workers,
        engines,
        new TileCache(bytes / 3),
        Math.clamp(bytes / 3, 1L << 16, MOST_OVERVIEW_BYTES));
  }
}
