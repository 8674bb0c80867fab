package stops.format;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import stops.exr.ExrChunk;
import stops.exr.codec.BlockLayout;
import stops.exr.codec.ExrChannel;
import stops.image.Channel;
import stops.image.Plane;
import stops.image.Strip;
import stops.image.Window;

/**
 * Brings the planes of strips into the order of an EXR chunk: channels by name, row by row. For one
 * part; thread-safe.
 */
final class StripPacker {
  private static final ValueLayout.OfShort SHORT = ValueLayout.JAVA_SHORT_UNALIGNED;
  private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED;

  private final int[] sourceIndex;

  private StripPacker(int[] sourceIndex) {
    this.sourceIndex = sourceIndex;
  }

  /** From the channels of a source to the same ones in the order of the file. */
  static StripPacker of(List<Channel> source, List<ExrChannel> file) {
    Map<String, Integer> places = new HashMap<>();
    for (int i = 0; i < source.size(); i++) {
      places.put(source.get(i).name(), i);
    }
    return new StripPacker(
        file.stream().mapToInt(c -> places.getOrDefault(c.name(), -1)).toArray());
  }

  /** What the strip has of each channel of the file. */
  Columns columns(Strip strip) {
    List<Column> columns = new ArrayList<>();
    for (int index : sourceIndex) {
      columns.add(Column.of(strip, index));
    }
    return new Columns(columns);
  }

  /** One channel within a plane: its first sample and its distance to the next, in samples. */
  private record Column(MemorySegment samples, int first, int step) {
    static Column of(Strip strip, int channel) {
      Plane plane = strip.planeOf(channel);
      return new Column(plane.samples(), channel - plane.firstChannel(), plane.channels());
    }
  }

  /** The columns of a strip, from which chunks are filled in any order. Immutable. */
  static final class Columns {
    private final List<Column> columns;

    private Columns(List<Column> columns) {
      this.columns = columns;
    }

    /** Whether channels share a plane: these can only be {@link #fill filled} into a chunk. */
    boolean interleaved() {
      return columns.stream().anyMatch(column -> column.step() > 1);
    }

    /**
     * For each channel of the file, the memory of its samples in a chunk that the strip has all of.
     * No channels are interleaved.
     *
     * @param top the first row of the strip, in the coordinates of the chunk
     */
    List<MemorySegment> planes(int top, BlockLayout chunk) {
      long[] samplesBefore = samplesBefore(top, chunk);
      List<MemorySegment> planes = new ArrayList<>();
      for (int c = 0; c < samplesBefore.length; c++) {
        ExrChannel channel = chunk.channels().get(c);
        int bytes = channel.type().bytes();
        long samples = chunk.rowSamples(channel) * chunk.rows(channel);
        planes.add(columns.get(c).samples().asSlice(samplesBefore[c] * bytes, samples * bytes));
      }
      return planes;
    }

    /**
     * Fills a chunk that the strip has all of.
     *
     * @param top the first row of the strip, in the coordinates of the chunk
     */
    void fill(int top, ExrChunk chunk) {
      BlockLayout layout = chunk.layout();
      byte[] raw = chunk.raw();
      long[] samplesDone = samplesBefore(top, layout);
      int to = 0;
      for (int y = layout.yMin(); y <= layout.yMax(); y++) {
        for (int c = 0; c < samplesDone.length; c++) {
          ExrChannel channel = layout.channels().get(c);
          if (layout.hasRow(channel, y)) {
            int count = (int) layout.rowSamples(channel);
            int bytes = channel.type().bytes();
            copy(columns.get(c), samplesDone[c], count, bytes, raw, to);
            samplesDone[c] += count;
            to += count * bytes;
          }
        }
      }
    }

    /** How many samples each channel has in the rows from {@code top} to those of the chunk. */
    private static long[] samplesBefore(int top, BlockLayout layout) {
      long[] samples = new long[layout.channels().size()];
      if (top < layout.yMin()) {
        BlockLayout above =
            new BlockLayout(
                layout.xMin(), top, layout.xMax(), layout.yMin() - 1, layout.channels());
        for (int c = 0; c < samples.length; c++) {
          ExrChannel channel = layout.channels().get(c);
          samples[c] = above.rowSamples(channel) * above.rows(channel);
        }
      }
      return samples;
    }

    /**
     * Fills the part of a scanline chunk that the strip covers. There are no subsampled channels.
     *
     * @return how many pixels that is
     */
    long fillPart(Window strip, BlockLayout layout, byte[] raw) {
      int top = Math.max(strip.yMin(), layout.yMin());
      int bottom = Math.min(strip.yMax(), layout.yMax());
      int width = (int) strip.width();
      for (int y = top; y <= bottom; y++) {
        long firstSample = ((long) y - strip.yMin()) * width;
        int to = (int) (layout.bytes() / layout.height()) * (y - layout.yMin());
        for (int c = 0; c < columns.size(); c++) {
          int bytes = layout.channels().get(c).type().bytes();
          int at = to + (strip.xMin() - layout.xMin()) * bytes;
          copy(columns.get(c), firstSample, width, bytes, raw, at);
          to += (int) layout.width() * bytes;
        }
      }
      return ((long) bottom - top + 1) * width;
    }

    private static void copy(
        Column column, long firstSample, int count, int bytes, byte[] raw, int to) {
      MemorySegment from = column.samples();
      if (column.step() == 1) {
        MemorySegment.copy(
            from, ValueLayout.JAVA_BYTE, firstSample * bytes, raw, to, count * bytes);
        return;
      }
      MemorySegment target = MemorySegment.ofArray(raw);
      long step = (long) column.step() * bytes;
      long start = firstSample * step + (long) column.first() * bytes;
      if (bytes == Short.BYTES) {
        for (int i = 0; i < count; i++) {
          target.set(SHORT, to + 2L * i, from.get(SHORT, start + i * step));
        }
      } else {
        for (int i = 0; i < count; i++) {
          target.set(INT, to + 4L * i, from.get(INT, start + i * step));
        }
      }
    }
  }
}
