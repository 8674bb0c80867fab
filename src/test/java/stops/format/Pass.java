package stops.format;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import stops.engine.SampleType;
import stops.image.Channel;
import stops.image.Domain;
import stops.image.ImageException;
import stops.image.ImageFormat;
import stops.image.ImageInfo;
import stops.image.ImageSource;
import stops.image.ImageTarget;
import stops.image.Part;
import stops.image.Plane;
import stops.image.Strip;
import stops.image.TargetLayout;

/** Passes a picture from a source to a target as a conversion does, but keeps every value. */
public final class Pass {
  public static final ValueLayout.OfShort SHORT =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  public static final ValueLayout.OfFloat FLOAT =
      ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  public static final ValueLayout.OfDouble DOUBLE =
      ValueLayout.JAVA_DOUBLE_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private Pass() {}

  /** The layout that keeps all types. */
  public static TargetLayout keep(ImageSource source) {
    return layout(source, null, Domain.INTENSITY);
  }

  /** The layout that gives all channels one type, with the types they had as origins. */
  public static TargetLayout layout(ImageSource source, @Nullable SampleType type, Domain domain) {
    List<List<@Nullable SampleType>> types = new ArrayList<>();
    Map<String, SampleType> origins = new java.util.HashMap<>();
    for (Part part : source.info().parts()) {
      List<@Nullable SampleType> row = new ArrayList<>();
      for (Channel channel : part.channels()) {
        row.add(type == null ? channel.type() : type);
        if (domain == Domain.EXPOSURE && channel.type() != null) {
          origins.put(ImageInfo.originKey(part, channel), channel.type());
        }
      }
      types.add(row);
    }
    return new TargetLayout(domain, types, origins, 0);
  }

  /** Writes all strips, last first, and commits. Returns the target's notes. */
  public static List<String> write(
      ImageSource source, ImageFormat format, Path path, TargetLayout layout)
      throws ImageException {
    try (ImageTarget target = format.create(path, source, layout)) {
      for (int i = source.strips() - 1; i >= 0; i--) {
        try (Arena arena = Arena.ofConfined()) {
          Strip from = source.read(i, arena);
          Strip to = target.prepare(from, arena);
          copy(source.info().parts().getFirst(), from, to);
          target.write(to);
        }
      }
      target.commit();
      return target.notes();
    }
  }

  /** Opens, writes and closes. */
  public static List<String> convert(Path from, Path to) throws ImageException {
    try (ImageSource source = Formats.open(from)) {
      return write(source, Formats.forTarget(to, Formats.of(from)), to, keep(source));
    }
  }

  private static void copy(Part part, Strip from, Strip to) {
    for (int i = 0; i < from.planes().size(); i++) {
      Plane source = from.planes().get(i);
      Plane target = to.planes().get(i);
      SampleType type = part.channels().get(source.firstChannel()).type();
      long targetBytes = target.count() == 0 ? 0 : target.samples().byteSize() / target.count();
      if (type != null && type.bytes() == targetBytes) {
        MemorySegment.copy(source.samples(), 0, target.samples(), 0, target.samples().byteSize());
      } else {
        for (long s = 0; s < source.count(); s++) {
          set(target.samples(), targetBytes, s, get(source, type, s));
        }
      }
    }
  }

  private static double get(Plane plane, @Nullable SampleType type, long index) {
    long bytes = plane.samples().byteSize() / plane.count();
    if (type == null) {
      return plane.samples().get(ValueLayout.JAVA_INT_UNALIGNED, index * 4);
    }
    return switch ((int) bytes) {
      case 2 -> Float.float16ToFloat(plane.samples().get(SHORT, index * 2));
      case 4 -> plane.samples().get(FLOAT, index * 4);
      default -> plane.samples().get(DOUBLE, index * 8);
    };
  }

  private static void set(MemorySegment memory, long bytes, long index, double value) {
    switch ((int) bytes) {
      case 2 -> memory.set(SHORT, index * 2, Float.floatToFloat16((float) value));
      case 4 -> memory.set(FLOAT, index * 4, (float) value);
      default -> memory.set(DOUBLE, index * 8, value);
    }
  }

  /** All samples as doubles: [y − yMin][x − xMin][channel], 0 where no strip was. */
  public static double[][][] samples(ImageSource source) throws ImageException {
    Part part = source.info().parts().getFirst();
    int width = (int) part.dataWindow().width();
    int height = (int) part.dataWindow().height();
    double[][][] all = new double[height][width][part.channels().size()];
    for (int i = 0; i < source.strips(); i++) {
      try (Arena arena = Arena.ofConfined()) {
        Strip strip = source.read(i, arena);
        for (Plane plane : strip.planes()) {
          for (long s = 0; s < plane.count(); s++) {
            int row = (int) (s / plane.rowSamples());
            int column = (int) (s % plane.rowSamples());
            int y = strip.window().yMin() + row - part.dataWindow().yMin();
            int x = strip.window().xMin() + column / plane.channels() - part.dataWindow().xMin();
            int channel = plane.firstChannel() + column % plane.channels();
            all[y][x][channel] = get(plane, part.channels().get(channel).type(), s);
          }
        }
      }
    }
    return all;
  }

  /** All samples of a file, as {@link #samples(ImageSource)}. */
  public static double[][][] samples(Path path) throws ImageException {
    try (ImageSource source = Formats.open(path)) {
      return samples(source);
    }
  }
}
