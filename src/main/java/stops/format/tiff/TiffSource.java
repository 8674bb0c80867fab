package stops.format.tiff;

import com.twelvemonkeys.imageio.plugins.tiff.BigTIFFImageReaderSpi;
import java.awt.Rectangle;
import java.awt.image.Raster;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import org.jspecify.annotations.Nullable;
import stops.engine.SampleType;
import stops.format.flat.DomainComment;
import stops.format.flat.InputFile;
import stops.image.Channel;
import stops.image.ImageException;
import stops.image.ImageInfo;
import stops.image.ImageSource;
import stops.image.MemoryBound;
import stops.image.Metadata;
import stops.image.NoData;
import stops.image.Part;
import stops.image.Plane;
import stops.image.Strip;
import stops.image.StripPlace;
import stops.image.Window;

/**
 * A TIFF file that is open for reading. TwelveMonkeys decodes its samples on the Java heap, whole
 * strips or tiles of the file at a time. Where whole ones do not fit into memory, each is decoded
 * several times, for a few of its rows at a time.
 */
final class TiffSource implements ImageSource {
  private static final long STRIP_BYTES = 4L << 20;
  private static final int BLOCK_ROWS = 16;

  /** The most times that a strip or tile of the file is decoded. */
  private static final int MOST_PASSES = 4;

  private final InputFile file;
  private final TiffPicture picture;
  private final ImageInfo info;
  private final int rows;

  /** Reads and checks the directory. Closing the source closes the file. */
  TiffSource(InputFile file, MemoryBound memory) throws ImageException {
    this.file = file;
    this.picture = TiffPicture.of(file, TiffDirectory.read(file));
    this.info = describe();
    this.rows = rows(memory);
  }

  /**
   * Rows of a strip: whole strips or tiles of the file if they fit into memory. A multiple of 16,
   * at most all rows.
   */
  private int rows(MemoryBound memory) throws ImageException {
    long rowSamples = (long) picture.width() * picture.names().size();
    // As it is read, as it becomes, and what the decoder has of it.
    long rowBytes = 4 * rowSamples * Math.max(Float.BYTES, picture.type().bytes());
    long most = Math.min(memory.strips() / rowBytes, (Integer.MAX_VALUE - BLOCK_ROWS) / rowSamples);
    long unit = picture.blockRows();
    while (unit % BLOCK_ROWS != 0) {
      unit += picture.blockRows();
    }
    unit = Math.min(unit, picture.height());
    if (unit > most) {
      long least = Math.ceilDiv(picture.blockRows(), (long) MOST_PASSES);
      least = Math.min(Math.ceilDiv(least, BLOCK_ROWS) * BLOCK_ROWS, picture.height());
      if (least * rowSamples > Integer.MAX_VALUE - BLOCK_ROWS) {
        throw file.damaged(
            String.format(
                Locale.ROOT,
                "has TIFF strips of %d rows, too large to decode; store it in smaller ones",
                picture.blockRows()));
      }
      memory.checkStrip(file.path(), least * rowBytes);
      return (int) Math.max(least, most / BLOCK_ROWS * BLOCK_ROWS);
    }
    long units = Math.min(STRIP_BYTES, memory.strips() / 8) / (rowSamples * Float.BYTES * unit);
    return (int) Math.min(Math.max(1, units) * unit, picture.height());
  }

  private ImageInfo describe() {
    Window window = Window.ofSize(picture.width(), picture.height());
    List<Channel> channels =
        picture.names().stream().map(name -> Channel.of(name, picture.type())).toList();
    Part part = new Part("", window, window, channels, picture.structure(), picture.attributes());
    TiffField description = picture.directory().get(TiffTags.DESCRIPTION);
    DomainComment comment =
        DomainComment.parse(description == null ? "" : DomainComment.in(description.text()));
    Map<String, SampleType> origins = new HashMap<>();
    for (int i = 0; i < channels.size(); i++) {
      SampleType origin = comment.origin(i);
      if (origin != null) {
        origins.put(channels.get(i).name(), origin);
      }
    }
    return new ImageInfo("TIFF", comment.domain(), List.of(part), Map.copyOf(origins));
  }

  @Override
  public Metadata metadata() {
    return picture.metadata();
  }

  @Override
  public Optional<NoData> noData() {
    return picture.noData();
  }

  @Override
  public List<String> notes() {
    List<String> notes = new ArrayList<>();
    int reduced = picture.directory().reduced();
    if (reduced > 0) {
      notes.add(
          "smaller copies of the picture or masks of it are not read, and not kept: " + reduced);
    }
    TiffField noData = picture.directory().get(TiffTags.GDAL_NODATA);
    if (noData != null && noData().isEmpty()) {
      notes.add("GDAL_NODATA is no number, so no sample is taken for it");
    }
    return notes;
  }

  TiffPicture picture() {
    return picture;
  }

  Path path() {
    return file.path();
  }

  @Override
  public ImageInfo info() {
    return info;
  }

  @Override
  public int strips() {
    return (picture.height() - 1) / rows + 1;
  }

  @Override
  public Optional<StripPlace> place(int index) {
    return Optional.of(new StripPlace(0, window(index)));
  }

  private Window window(int index) {
    int top = index * rows;
    int height = Math.min(rows, picture.height() - top);
    return new Window(0, top, picture.width() - 1, top + height - 1);
  }

  @Override
  public long stripBytes() {
    return (long) rows * picture.width() * picture.names().size() * picture.type().bytes();
  }

  /** Room for the decoder's copy of the rows, and for the one before, which is garbage. */
  @Override
  public long bufferBytes() {
    long samples = (long) rows * picture.width() * picture.names().size();
    return 2 * samples * Math.max(Float.BYTES, picture.type().bytes());
  }

  @Override
  public Strip read(int index, SegmentAllocator memory) throws ImageException {
    Window window = window(index);
    int top = window.yMin();
    int height = (int) window.height();
    int channels = picture.names().size();
    long rowSamples = window.width() * channels;
    MemorySegment samples = memory.allocate(rowSamples * height * picture.type().bytes(), 64);
    Raster raster = decode(top, height);
    if (raster.getWidth() != picture.width()
        || raster.getHeight() != height
        || raster.getNumBands() != channels) {
      throw file.damaged("has other samples than its TIFF directory says, from row " + top + " on");
    }
    for (int row = 0; row < height; row++) {
      long at = row * rowSamples * picture.type().bytes();
      copy(raster, row, samples.asSlice(at, rowSamples * picture.type().bytes()));
    }
    Plane plane = new Plane(0, channels, samples, rowSamples * height, rowSamples);
    return new Strip(index, 0, window, List.of(plane));
  }

  private void copy(Raster raster, int row, MemorySegment target) {
    int y = raster.getMinY() + row;
    if (picture.type() == SampleType.FLOAT64) {
      double[] line =
          raster.getPixels(raster.getMinX(), y, picture.width(), 1, (double @Nullable []) null);
      MemorySegment.copy(line, 0, target, Plane.FLOAT64, 0, line.length);
      return;
    }
    float[] line =
        raster.getPixels(raster.getMinX(), y, picture.width(), 1, (float @Nullable []) null);
    if (picture.type() == SampleType.FLOAT32) {
      MemorySegment.copy(line, 0, target, Plane.FLOAT32, 0, line.length);
    } else {
      for (int i = 0; i < line.length; i++) {
        target.setAtIndex(Plane.FLOAT16, i, Float.floatToFloat16(line[i]));
      }
    }
  }

  private Raster decode(int top, int height) throws ImageException {
    int first = top / picture.blockRows();
    int last = (top + height - 1) / picture.blockRows();
    // The decoder may go on after what it calls a warning, and then samples are missing.
    AtomicReference<@Nullable String> warning = new AtomicReference<>();
    try (TiffBand band = TiffBand.of(file, picture, first, last - first + 1)) {
      ImageReader reader = new BigTIFFImageReaderSpi().createReaderInstance(null);
      try {
        reader.setInput(band);
        reader.addIIOReadWarningListener(
            (source, text) -> warning.compareAndSet(null, isWrong(text) ? null : text));
        ImageReadParam param = reader.getDefaultReadParam();
        int above = top - first * picture.blockRows();
        param.setSourceRegion(new Rectangle(0, above, picture.width(), height));
        Raster raster = reader.readRaster(0, param);
        if (warning.get() != null) {
          throw broken(top, height, new IOException(warning.get()));
        }
        return raster;
      } finally {
        reader.dispose();
      }
    } catch (TiffBand.Unreadable e) {
      throw e.reason();
    } catch (IOException | RuntimeException e) {
      throw broken(top, height, e);
    } catch (OutOfMemoryError e) {
      throw ImageException.input(
          file.path(),
          String.format(
              Locale.ROOT,
              "needs more memory for its TIFF strips of %d rows; store it in smaller ones",
              picture.blockRows()),
          e);
    }
  }

  /**
   * Whether a warning of the decoder can be ignored. It takes a last strip with fewer rows for too
   * short, but {@link TiffBlocks} has checked that. A damaged colour profile changes no sample.
   */
  private static boolean isWrong(String warning) {
    return warning.startsWith("strip/tileByteCount < required")
        || warning.startsWith("Ignoring broken/incompatible ICC profile");
  }

  private ImageException broken(int top, int height, Exception cause) {
    return ImageException.input(
        file.path(),
        String.format(
            Locale.ROOT,
            "has damaged samples in rows %d to %d: %s",
            top,
            top + height - 1,
            oneLine(cause)),
        cause);
  }

  private static String oneLine(Exception e) {
    return String.valueOf(e.getMessage()).replaceAll("\\s+", " ");
  }

  @Override
  public void close() {
    file.close();
  }
}
