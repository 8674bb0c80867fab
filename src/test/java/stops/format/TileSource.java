package stops.format;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import stops.engine.SampleType;
import stops.image.Channel;
import stops.image.Domain;
import stops.image.ImageInfo;
import stops.image.ImageSource;
import stops.image.Part;
import stops.image.Plane;
import stops.image.Strip;
import stops.image.Window;

/** A picture in tiles with a plane for each channel, as OpenEXR has them, of made-up values. */
public final class TileSource implements ImageSource {
  private final ImageInfo info;
  private final Window window;
  private final int tileWidth;
  private final int tileHeight;

  public TileSource(Window window, int tileWidth, int tileHeight, List<Channel> channels) {
    this.window = window;
    this.tileWidth = tileWidth;
    this.tileHeight = tileHeight;
    Part part = new Part("", window, window, channels, "tiles", Map.of());
    this.info = new ImageInfo("tiles", Domain.INTENSITY, List.of(part), Map.of());
  }

  /** Channels with these names, all of one type. */
  public static List<Channel> channels(SampleType type, String... names) {
    List<Channel> channels = new ArrayList<>();
    for (String name : names) {
      channels.add(Channel.of(name, type));
    }
    return channels;
  }

  /**
   * The value of a sample, exact in every type and different in each of R, G, B and A and each
   * pixel of at most 64 × 60. {@code x} and {@code y} count from the corner.
   */
  public static double value(String channel, int x, int y) {
    int place = "RGBA".indexOf(channel.charAt(channel.length() - 1)) + 1;
    return Float.float16ToFloat((short) (0x0400 + (y * 64 + x) * 5 + place));
  }

  private int across() {
    return (int) ((window.width() + tileWidth - 1) / tileWidth);
  }

  @Override
  public ImageInfo info() {
    return info;
  }

  @Override
  public int strips() {
    return across() * (int) ((window.height() + tileHeight - 1) / tileHeight);
  }

  @Override
  public long stripBytes() {
    return (long) tileWidth * tileHeight * 8 * info.parts().getFirst().channels().size();
  }

  @Override
  public Strip read(int index, SegmentAllocator memory) {
    int left = index % across() * tileWidth;
    int top = index / across() * tileHeight;
    int width = (int) Math.min(tileWidth, window.width() - left);
    int height = (int) Math.min(tileHeight, window.height() - top);
    List<Channel> channels = info.parts().getFirst().channels();
    List<Plane> planes = new ArrayList<>();
    for (int c = 0; c < channels.size(); c++) {
      Channel channel = channels.get(c);
      MemorySegment samples = memory.allocate((long) width * height * channel.bytes(), 64);
      for (int i = 0; i < width * height; i++) {
        double value = value(channel.name(), left + i % width, top + i / width);
        switch (channel.bytes()) {
          case 2 -> samples.set(Pass.SHORT, i * 2L, Float.floatToFloat16((float) value));
          case 4 -> samples.set(Pass.FLOAT, i * 4L, (float) value);
          default -> samples.set(Pass.DOUBLE, i * 8L, value);
        }
      }
      planes.add(new Plane(c, 1, samples, (long) width * height, width));
    }
    int x = window.xMin() + left;
    int y = window.yMin() + top;
    return new Strip(index, 0, new Window(x, y, x + width - 1, y + height - 1), planes);
  }

  @Override
  public void close() {}
}
