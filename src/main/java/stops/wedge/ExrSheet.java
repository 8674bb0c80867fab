package stops.wedge;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import stops.exr.Attribute;
import stops.exr.Box;
import stops.exr.ExrHeader;
import stops.exr.ExrWriter;
import stops.exr.codec.Compression;
import stops.exr.codec.ExrChannel;
import stops.exr.codec.ExrException;
import stops.exr.codec.PixelType;
import stops.image.AtomicFile;
import stops.image.Plane;

/** A sheet as an OpenEXR file of float16 samples in linear light, which nothing clips. */
final class ExrSheet {
  /** The order in which files have channels. */
  private static final int[] BLUE_GREEN_RED = {2, 1, 0};

  private ExrSheet() {}

  static void write(AtomicFile file, Sheet sheet, Captions captions)
      throws IOException, ExrException {
    Box window = new Box(0, 0, sheet.width() - 1, sheet.height() - 1);
    List<ExrChannel> channels = new ArrayList<>();
    for (String name : List.of("B", "G", "R")) {
      channels.add(ExrChannel.of(name, PixelType.HALF));
    }
    ExrHeader header = ExrHeader.scanlines(window, window, channels, Compression.ZIP);
    for (Map.Entry<String, String> text : captions.texts().entrySet()) {
      String name = text.getKey().toLowerCase(Locale.ROOT).replace(" transform", "");
      header = header.with(Attribute.ofString(name, text.getValue()));
    }
    try (Arena arena = Arena.ofConfined();
        ExrWriter writer =
            ExrWriter.create(
                (bytes, position) -> file.transfer(MemorySegment.ofBuffer(bytes), position),
                List.of(header),
                false)) {
      int rows = Compression.ZIP.rows();
      List<MemorySegment> planes = new ArrayList<>();
      for (int i = 0; i < BLUE_GREEN_RED.length; i++) {
        planes.add(arena.allocate((long) rows * sheet.width() * Short.BYTES, 64));
      }
      LightRow row = new LightRow(sheet.width());
      for (int top = 0; top < sheet.height(); top += rows) {
        int count = Math.min(rows, sheet.height() - top);
        for (int y = 0; y < count; y++) {
          sheet.draw(top + y, row);
          for (int i = 0; i < planes.size(); i++) {
            put(row.channel(BLUE_GREEN_RED[i]), planes.get(i), (long) y * sheet.width());
          }
        }
        long bytes = (long) count * sheet.width() * Short.BYTES;
        writer.write(0, top / rows, planes.stream().map(p -> p.asSlice(0, bytes)).toList());
      }
      writer.finish();
    }
  }

  private static void put(float[] samples, MemorySegment plane, long first) {
    for (int x = 0; x < samples.length; x++) {
      plane.set(Plane.FLOAT16, (first + x) * Short.BYTES, Float.floatToFloat16(samples[x]));
    }
  }
}
