package stops.view;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import stops.display.Layer;
import stops.display.Layers;
import stops.display.LuminanceWeights;
import stops.engine.EngineFailure;
import stops.format.Formats;
import stops.image.Domain;
import stops.image.ImageException;
import stops.image.ImageSource;
import stops.image.Part;
import stops.image.Window;

/**
 * An open picture: its layers, the overview of the one that is looked at, and tiles of any size.
 * Thread-safe.
 */
final class Picture implements AutoCloseable {
  /** Tiles side by side that are cut from the strips that are read for one of them. */
  private static final int NEIGHBOURS = 16;

  private final long id;
  private final String name;
  private final Path path;
  private final Work work;
  private final FileStamp stamp;
  private final ImageSource source;
  private final @Nullable Domain from;
  private final List<Layer> layers;

  /** Held while tiles are cut from the file, which takes all threads and a lot of memory. */
  private final ReentrantLock cutting = new ReentrantLock();

  private @Nullable Overview overview;
  private int overviewOf = -1;

  private Picture(
      long id,
      String name,
      Path path,
      Work work,
      FileStamp stamp,
      ImageSource source,
      @Nullable Domain from,
      List<Layer> layers) {
    this.id = id;
    this.name = name;
    this.path = path;
    this.work = work;
    this.stamp = stamp;
    this.source = source;
    this.from = from;
    this.layers = layers;
  }

  /**
   * Opens a file.
   *
   * @param id a number that no other open file has
   * @param from domain of its light; null to go by the file
   */
  static Picture open(long id, String name, Path path, @Nullable Domain from, Work work)
      throws ImageException {
    FileStamp stamp = FileStamp.of(path);
    ImageSource source = Formats.of(path).open(path, work.workers().memory());
    List<Layer> layers = Layers.of(source.info(), from);
    if (layers.isEmpty()) {
      source.close();
      throw ImageException.input(path, "has no channels to show");
    }
    return new Picture(id, name, path, work, stamp, source, from, layers);
  }

  /**
   * A tile.
   *
   * @param bytes its samples
   * @param progress how much of the picture is in it, from 0 to 1; less than 1 if it will change
   * @param problem what is wrong with the picture; null if nothing is known to be
   */
  record Tile(byte[] bytes, double progress, @Nullable String problem) {}

  String name() {
    return name;
  }

  /** Domain of the light that the user named; null to go by the file. */
  @Nullable Domain domain() {
    return from;
  }

  Path path() {
    return path;
  }

  ImageSource source() {
    return source;
  }

  Layer layer(int index) throws ViewProblem {
    if (index < 0 || index >= layers.size()) {
      throw new ViewProblem(ViewProblem.BAD_REQUEST, "there is no layer " + index);
    }
    return layers.get(index);
  }

  Window window(Layer layer) {
    return part(layer).dataWindow();
  }

  Part part(Layer layer) {
    return source.info().parts().get(layer.part());
  }

  void checkUnchanged() throws ViewProblem {
    stamp.check(path, name);
  }

  /** What the page has to know. */
  Map<String, Object> description() {
    return description(layers, 0);
  }

  /** The same of the first layer alone, which the page has at a level and no larger. */
  Map<String, Object> description(int least) {
    return description(layers.subList(0, 1), least);
  }

  private Map<String, Object> description(List<Layer> described, int least) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("name", name);
    json.put("path", path.toString());
    json.put("format", source.info().format());
    json.put("domain", source.info().domain().toString());
    json.put("notes", source.notes());
    List<Map<String, Object>> all = new ArrayList<>();
    for (Layer layer : described) {
      Window window = window(layer);
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("name", layer.name());
      one.put("light", layer.light());
      one.put("half", layer.half());
      one.put("exposures", layer.exposures().contains(true));
      one.put("x", window.xMin());
      one.put("y", window.yMin());
      one.put("width", window.width());
      one.put("height", window.height());
      one.put("least", least);
      one.put("overview", Math.max(least, Overview.level(window, work.overviewBytes())));
      one.put(
          "channels",
          layer.channels().stream().map(c -> part(layer).channels().get(c).name()).toList());
      one.put("weights", LuminanceWeights.of(part(layer)));
      all.add(one);
    }
    json.put("layers", all);
    return json;
  }

  /** The overview of a layer. That of another layer is given up. */
  private synchronized Overview overview(int layer) throws ViewProblem {
    Overview found = overview;
    if (found == null || overviewOf != layer) {
      if (found != null) {
        overview = null;
        found.close();
      }
      found = new Overview(path, source, layer(layer), work);
      found.start();
      overview = found;
      overviewOf = layer;
    }
    return found;
  }

  /**
   * A tile of {@value BoxAverage#TILE} × {@value BoxAverage#TILE} pixels, or less at the edge.
   *
   * @param level the picture is at 1/2^level of its size
   */
  Tile tile(int layerIndex, int level, long x, long y)
      throws ViewProblem, ImageException, EngineFailure, InterruptedException {
    Layer layer = layer(layerIndex);
    Window window = window(layer);
    if (level < 0
        || level > 31
        || x < 0
        || y < 0
        || x >= tiles(BoxAverage.size(window.width(), level))
        || y >= tiles(BoxAverage.size(window.height(), level))) {
      throw new ViewProblem(ViewProblem.BAD_REQUEST, "there is no such tile");
    }
    Overview all = overview(layerIndex);
    TileKey key = new TileKey(id, layerIndex, level, x, y);
    byte[] known = work.cache().get(key);
    if (known != null) {
      return new Tile(known, 1, all.problem());
    }
    if (level >= all.average().level()) {
      all.awaitSomething();
      double progress = all.progress();
      byte[] bytes =
          all.average().tile(level, x * BoxAverage.TILE, y * BoxAverage.TILE, layer.half());
      if (progress == 1) {
        work.cache().put(key, bytes);
      }
      return new Tile(bytes, progress, all.problem());
    }
    cutting.lockInterruptibly();
    try {
      // Another request may have cut it as a neighbour.
      byte[] cut = work.cache().get(key);
      byte[] bytes = cut == null ? cut(all, key, layer, window) : cut;
      return new Tile(bytes, 1, all.problem());
    } finally {
      cutting.unlock();
    }
  }

  private static long tiles(long pixels) {
    return Math.ceilDiv(pixels, (long) BoxAverage.TILE);
  }

  /** Reads the strips of a tile, and makes its neighbours from them as well. */
  private byte[] cut(Overview all, TileKey key, Layer layer, Window window)
      throws ImageException, EngineFailure, InterruptedException {
    long side = (long) BoxAverage.TILE << key.level();
    long first = key.x() / NEIGHBOURS * NEIGHBOURS;
    long last = Math.min(first + NEIGHBOURS, tiles(BoxAverage.size(window.width(), key.level())));
    Window region =
        new Window(
            (int) (window.xMin() + first * side),
            (int) (window.yMin() + key.y() * side),
            (int) Math.min(window.xMax(), window.xMin() + last * side - 1),
            (int) Math.min(window.yMax(), window.yMin() + (key.y() + 1) * side - 1));
    BoxAverage boxes = all.region(region, key.level());
    byte[] wanted = new byte[0];
    for (long x = first; x < last; x++) {
      byte[] bytes = boxes.tile(key.level(), (x - first) * BoxAverage.TILE, 0, layer.half());
      work.cache().put(new TileKey(id, key.layer(), key.level(), x, key.y()), bytes);
      wanted = x == key.x() ? bytes : wanted;
    }
    return wanted;
  }

  /** All of a layer at a size that is in its overview. */
  byte[] whole(int layerIndex, int level)
      throws ViewProblem, ImageException, EngineFailure, InterruptedException {
    Overview all = overview(layerIndex);
    all.awaitAll();
    return all.average().whole(level, layer(layerIndex).half());
  }

  /** What is wrong with the layer that is looked at; null if nothing is known to be. */
  synchronized @Nullable String problem() {
    return overview == null ? null : overview.problem();
  }

  @Override
  public synchronized void close() {
    if (overview != null) {
      overview.close();
      overview = null;
    }
    work.cache().drop(id);
    source.close();
  }
}
