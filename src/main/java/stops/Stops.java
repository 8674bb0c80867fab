package stops;

import java.lang.foreign.MemorySegment;
import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import stops.convert.AdjustRequest;
import stops.convert.FileConverter;
import stops.convert.FileProgress;
import stops.convert.FileReport;
import stops.convert.FileRequest;
import stops.convert.PictureRequest;
import stops.device.DeviceChoice;
import stops.device.DeviceUnavailable;
import stops.engine.Anomaly;
import stops.engine.Chunk;
import stops.engine.Conversion;
import stops.engine.Direction;
import stops.engine.EngineFailure;
import stops.engine.ExactStops;
import stops.engine.Progress;
import stops.engine.SampleType;
import stops.engine.ZeroPolicy;
import stops.engine.pool.EnginePool;
import stops.engine.pool.Outcome;
import stops.image.Domain;
import stops.image.ImageException;
import stops.image.ImageFormat;
import stops.image.ImageSource;
import stops.image.MemoryBound;
import stops.match.Match;
import stops.match.MatchRequest;
import stops.match.PictureMatcher;
import stops.match.TooLittleToMatch;
import stops.stats.ChannelStatistics;
import stops.stats.FileStatistics;
import stops.stats.MemoryStatistics;
import stops.stats.StatisticsRequest;
import stops.strip.StripWorkers;

/**
 * Converts buffers and files between linear intensity and exposure in stops, and computes their
 * statistics.
 *
 * <p>Results are the same bits on every device. Source and target may be the same memory if their
 * sample types have the same size; otherwise they must not overlap. The exposure of zero is −∞ by
 * default. A {@link Conversion} can choose another value for it, and a gain.
 *
 * <p>Thread-safe: several conversions at once share the devices. A conversion stops within a second
 * when this object is closed, or when its thread is interrupted, for instance by {@code
 * cancel(true)} of the {@link java.util.concurrent.Future} that an {@link
 * java.util.concurrent.ExecutorService} gave for it. A {@link
 * java.util.concurrent.CompletableFuture} interrupts no thread. After an early end the contents of
 * a target in memory are undefined, and so are those of a source in the same memory; an output file
 * is what it was before.
 */
public final class Stops implements AutoCloseable {
  private final EnginePool engines;

  private Stops(EnginePool engines) {
    this.engines = engines;
  }

  /**
   * Opens the devices that are fastest for each conversion. Without any device it converts on the
   * CPU; it never fails for lack of one.
   */
  public static Stops open() {
    try {
      return open("auto");
    } catch (DeviceUnavailable e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * Opens the devices that are asked for:
   *
   * <ul>
   *   <li>{@code auto}: the CPU, or a GPU or accelerator where that is expected to be faster
   *   <li>{@code cpu}: the CPU
   *   <li>{@code opencl}: one OpenCL device: a GPU, else an accelerator, else a driver on the CPU
   *   <li>{@code all}: every OpenCL device that passes its self-test, and the CPU, together
   *   <li>{@code 0:1}: device 1 of OpenCL platform 0
   *   <li>anything else: every OpenCL device in whose name, vendor, platform or driver version it
   *       occurs, in upper or lower case
   * </ul>
   *
   * Several, separated by commas, work together; {@code auto} stands alone.
   *
   * @param devices names of devices, see {@link DeviceChoice}
   * @throws DeviceUnavailable if one is absent or cannot be used
   * @throws IllegalArgumentException if {@code devices} is not in the form that {@link
   *     DeviceChoice} describes
   */
  public static Stops open(String devices) throws DeviceUnavailable {
    return new Stops(DeviceChoice.of(devices).open());
  }

  /**
   * Stores the exposure in stops of every linear intensity.
   *
   * @param exposures as long as {@code intensities}; may be the same array
   */
  public Report toExposure(float[] intensities, float[] exposures)
      throws EngineFailure, InterruptedException {
    return convert(floats(Direction.TO_EXPOSURE), intensities, exposures);
  }

  /**
   * Stores the linear intensity of every exposure in stops.
   *
   * @param intensities as long as {@code exposures}; may be the same array
   */
  public Report toIntensity(float[] exposures, float[] intensities)
      throws EngineFailure, InterruptedException {
    return convert(floats(Direction.TO_INTENSITY), exposures, intensities);
  }

  /**
   * Stores every linear intensity times {@code 2^stops}. The report counts, as {@link
   * Anomaly#ROUNDED}, {@link Anomaly#OVERFLOW} or {@link Anomaly#UNDERFLOW}, the samples that the
   * opposite adjustment does not restore. For samples of other types, see {@link
   * Conversion#adjust}.
   *
   * @param adjusted as long as {@code intensities}; may be the same array
   */
  public Report adjustIntensity(float[] intensities, float[] adjusted, ExactStops stops)
      throws EngineFailure, InterruptedException {
    return convert(
        Conversion.adjust(Direction.SCALE, SampleType.FLOAT32, stops), intensities, adjusted);
  }

  /**
   * Stores every exposure plus {@code stops}. See {@link #adjustIntensity}.
   *
   * @param adjusted as long as {@code exposures}; may be the same array
   */
  public Report adjustExposure(float[] exposures, float[] adjusted, ExactStops stops)
      throws EngineFailure, InterruptedException {
    return convert(
        Conversion.adjust(Direction.SHIFT, SampleType.FLOAT32, stops), exposures, adjusted);
  }

  /**
   * Converts float32 samples. See {@link #convert(Conversion, Chunk, Progress)}.
   *
   * @throws IllegalArgumentException if the conversion is of other samples
   */
  public Report convert(Conversion conversion, float[] source, float[] target)
      throws EngineFailure, InterruptedException {
    checkFloats(conversion);
    return convert(conversion, MemorySegment.ofArray(source), MemorySegment.ofArray(target));
  }

  /**
   * Converts float32 samples from position to limit; positions stay as they are. See {@link
   * #convert(Conversion, Chunk, Progress)}.
   *
   * @throws IllegalArgumentException if a buffer is in big-endian order, or the conversion is of
   *     other samples
   */
  public Report convert(Conversion conversion, FloatBuffer source, FloatBuffer target)
      throws EngineFailure, InterruptedException {
    checkFloats(conversion);
    checkOrder(source.order());
    checkOrder(target.order());
    return convertBuffers(conversion, source, target);
  }

  /**
   * Converts samples from position to limit; positions stay as they are. See {@link
   * #convert(Conversion, Chunk, Progress)}.
   *
   * @throws IllegalArgumentException if a buffer is in big-endian order, which is Java's default
   */
  public Report convert(Conversion conversion, ByteBuffer source, ByteBuffer target)
      throws EngineFailure, InterruptedException {
    checkOrder(source.order());
    checkOrder(target.order());
    return convertBuffers(conversion, source, target);
  }

  /** Converts samples of one channel. See {@link #convert(Conversion, Chunk, Progress)}. */
  public Report convert(Conversion conversion, MemorySegment source, MemorySegment target)
      throws EngineFailure, InterruptedException {
    long samples = source.byteSize() / conversion.source().bytes();
    return convert(conversion, Chunk.of(source, target, samples), Progress.NONE);
  }

  /**
   * Converts a chunk of any size.
   *
   * @param progress receives the number of samples that are done
   * @throws IllegalArgumentException if source and target do not hold the same number of samples,
   *     if they overlap without being the same memory with samples of the same size, or if the
   *     target is read-only
   * @throws IllegalStateException if the arena of the source or target is closed, before or
   *     meanwhile
   * @throws WrongThreadException if that arena is confined to another thread
   * @throws UndefinedExposure if there are zeros and the conversion's policy is {@link
   *     ZeroPolicy#FAIL}; the target then holds −∞ for each
   * @throws EngineFailure if no engine can finish the conversion
   * @throws InterruptedException if the thread was interrupted
   * @throws CancellationException if this object is closed, before or meanwhile
   */
  public Report convert(Conversion conversion, Chunk chunk, Progress progress)
      throws EngineFailure, InterruptedException {
    Objects.requireNonNull(conversion, "conversion");
    Objects.requireNonNull(chunk, "chunk");
    Objects.requireNonNull(progress, "progress");
    Outcome outcome = engines.convertAll(conversion, chunk, progress);
    if (conversion.zero() == ZeroPolicy.FAIL && outcome.tally().count(Anomaly.UNDEFINED) > 0) {
      throw new UndefinedExposure(outcome.tally());
    }
    return new Report(
        conversion,
        chunk.samples(),
        outcome.tally(),
        outcome.uses(),
        outcome.reason(),
        outcome.seconds());
  }

  /**
   * Converts a picture, or another file whose content tells its format. The name of the output
   * tells the output's format. See {@link #convert(FileRequest, FileFormat, FileFormat,
   * FileProgress)}.
   *
   * <p>The file says whether its light is intensities or exposures. OpenEXR, TIFF and Radiance
   * files hold intensities unless they say otherwise. A PFM or NPY file that does not say is taken
   * to hold the opposite of {@code to}; {@link FileReport#fromBasis} tells. {@link
   * FileRequest#withFrom} corrects a file that is wrong. To intensity, only channels that the file
   * says are exposures are converted.
   *
   * @param to whether the light of the output is to be intensities or exposures
   * @throws ImageException if a file cannot be read or written, or the input already is in domain
   *     {@code to}
   */
  public FileReport convert(Path input, Path output, Domain to)
      throws ImageException, EngineFailure, InterruptedException {
    return convert(
        FileRequest.of(input, output, to), FileFormat.told(), FileFormat.told(), FileProgress.NONE);
  }

  /**
   * Converts a file. The output file is replaced in one step, when all of the new file is on the
   * disk: it is always the old one or the complete new one. Each call uses a thread for each
   * processor, and up to 512 MiB of memory for the picture.
   *
   * @param inputFormat how to read the input
   * @param outputFormat how to write the output
   * @param progress receives the number of strips that are done, on the threads that convert
   * @return the report; also if nothing was written, because there were zeros and the policy for
   *     them is {@link ZeroPolicy#FAIL}
   * @throws ImageException if a file cannot be read or written, or the input already is in the
   *     requested domain; the message is one line
   * @throws EngineFailure if no engine can finish the conversion
   * @throws InterruptedException if the thread was interrupted
   * @throws CancellationException if this object is closed, before or meanwhile
   */
  public FileReport convert(
      FileRequest request, FileFormat inputFormat, FileFormat outputFormat, FileProgress progress)
      throws ImageException, EngineFailure, InterruptedException {
    return convert(request, inputFormat, outputFormat, progress, MemoryBound.DEFAULT.bytes());
  }

  /**
   * Converts a file as {@link #convert(FileRequest, FileFormat, FileFormat, FileProgress)} does, in
   * as much memory as that.
   *
   * @param memoryBytes the most memory in bytes for the picture and for the buffers of decoders and
   *     encoders, on the heap and off it. The message for a file that needs more says how much
   * @throws IllegalArgumentException if {@code memoryBytes} is less than 1
   */
  public FileReport convert(
      FileRequest request,
      FileFormat inputFormat,
      FileFormat outputFormat,
      FileProgress progress,
      long memoryBytes)
      throws ImageException, EngineFailure, InterruptedException {
    return onFiles(
        request,
        inputFormat,
        outputFormat,
        memoryBytes,
        (converter, from, to) -> converter.convert(request, from, to, progress));
  }

  /**
   * Makes the light of a file brighter by a number of stops: intensities are multiplied by {@code
   * 2^stops}, exposures get {@code stops} added. The name of the output tells its format. See
   * {@link #adjust(AdjustRequest, FileFormat, FileFormat, FileProgress, long)}.
   *
   * @throws ImageException if a file cannot be read or written
   */
  public FileReport adjust(Path input, Path output, ExactStops stops)
      throws ImageException, EngineFailure, InterruptedException {
    return adjust(
        AdjustRequest.of(input, output, stops),
        FileFormat.told(),
        FileFormat.told(),
        FileProgress.NONE,
        MemoryBound.DEFAULT.bytes());
  }

  /**
   * Adjusts the light of a file, or takes an adjustment back. The output file is replaced in one
   * step, as by {@link #convert(FileRequest, FileFormat, FileFormat, FileProgress, long)}. OpenEXR
   * files remember by how many stops each channel was adjusted, and how many samples do not come
   * back.
   *
   * @param inputFormat how to read the input
   * @param outputFormat how to write the output
   * @param progress receives the number of strips that are done, on the threads that convert
   * @param memoryBytes the most memory in bytes for the picture and for the buffers of decoders and
   *     encoders
   * @return the report; also if nothing was written, because samples do not come back
   * @throws ImageException if a file cannot be read or written, or remembers no adjustment that
   *     could be undone; the message is one line
   * @throws EngineFailure if no engine can finish the adjustment
   * @throws InterruptedException if the thread was interrupted
   * @throws CancellationException if this object is closed, before or meanwhile
   * @throws IllegalArgumentException if {@code memoryBytes} is less than 1
   */
  public FileReport adjust(
      AdjustRequest request,
      FileFormat inputFormat,
      FileFormat outputFormat,
      FileProgress progress,
      long memoryBytes)
      throws ImageException, EngineFailure, InterruptedException {
    Objects.requireNonNull(progress, "progress");
    return onFiles(
        request,
        inputFormat,
        outputFormat,
        memoryBytes,
        (converter, from, to) -> converter.adjust(request, from, to, progress));
  }

  /** Work on an open file converter. */
  @FunctionalInterface
  private interface FileWork {
    FileReport run(FileConverter converter, ImageFormat from, ImageFormat to)
        throws ImageException, EngineFailure, InterruptedException;
  }

  private FileReport onFiles(
      PictureRequest request,
      FileFormat inputFormat,
      FileFormat outputFormat,
      long memoryBytes,
      FileWork work)
      throws ImageException, EngineFailure, InterruptedException {
    MemoryBound memory = new MemoryBound(memoryBytes);
    engines.checkOpen();
    try {
      ImageFormat from = inputFormat.ofInput(request.input());
      ImageFormat to = outputFormat.ofOutput(request.output(), request.input(), from);
      int threads = Runtime.getRuntime().availableProcessors();
      try (StripWorkers workers = StripWorkers.converting(engines, threads, memory)) {
        return work.run(new FileConverter(engines, workers), from, to);
      }
    } catch (ImageException e) {
      throw interruptedOr(e);
    }
  }

  /**
   * By how many stops a picture is brighter than a reference. Pixels at the same data window
   * coordinates are compared; or with {@link MatchRequest#distribution}, the quantiles of two
   * pictures that may be framed differently. It takes a thread for each processor, up to 512 MiB of
   * memory, and no device.
   *
   * @param reference a picture, whose content tells its format
   * @param other a picture of the same pixels
   * @return one difference, of luminance; or with {@link MatchRequest#perChannel} one for each
   *     channel
   * @throws ImageException if a file cannot be read, or the pictures are not of the same pixels;
   *     the message is one line
   * @throws TooLittleToMatch if too few pixels can be compared
   * @throws InterruptedException if the thread was interrupted
   */
  public static List<Match> match(Path reference, Path other, MatchRequest request)
      throws ImageException, TooLittleToMatch, InterruptedException {
    Objects.requireNonNull(request, "request");
    try (StripWorkers workers = reading()) {
      return new PictureMatcher(reference, request, workers).match(other);
    }
  }

  /**
   * By how many stops the geometric mean of a picture, or of the request's region, is above an
   * intensity. See {@link #match(Path, Path, MatchRequest)}.
   *
   * @param intensity above 0, such as 0.18
   * @throws IllegalArgumentException if the intensity has no exposure
   */
  public static List<Match> match(double intensity, Path picture, MatchRequest request)
      throws ImageException, TooLittleToMatch, InterruptedException {
    Objects.requireNonNull(request, "request");
    try (StripWorkers workers = reading()) {
      return PictureMatcher.level(picture, intensity, request, workers);
    }
  }

  private static StripWorkers reading() {
    return StripWorkers.reading(Runtime.getRuntime().availableProcessors(), MemoryBound.DEFAULT);
  }

  /** The statistics of linear intensities, with the usual percentiles. */
  public static ChannelStatistics statistics(float[] intensities) throws InterruptedException {
    return statistics(SampleType.FLOAT32, MemorySegment.ofArray(intensities), Domain.INTENSITY);
  }

  /**
   * The statistics of samples of one channel, with the usual percentiles. They are counted on the
   * CPU, on a thread for each processor. The result has the same bits for any number of threads.
   *
   * @param samples packed, little-endian, any number of them
   * @param domain what the samples are: linear intensities, or exposures in stops
   * @throws IllegalArgumentException if {@code samples} does not hold a whole number of samples
   * @throws InterruptedException if the thread was interrupted
   */
  public static ChannelStatistics statistics(SampleType type, MemorySegment samples, Domain domain)
      throws InterruptedException {
    return MemoryStatistics.of(
        type,
        samples,
        domain,
        StatisticsRequest.USUAL_PERCENTS,
        Runtime.getRuntime().availableProcessors());
  }

  /**
   * The statistics of all channels of a file whose content tells its format. See {@link
   * #statistics(StatisticsRequest, FileFormat, long)}.
   */
  public static List<ChannelStatistics> statistics(Path input)
      throws ImageException, InterruptedException {
    return statistics(StatisticsRequest.of(input), FileFormat.told(), MemoryBound.DEFAULT.bytes());
  }

  /**
   * The statistics of the channels of a file, in file order. The file is read once.
   *
   * @param format how to read the file
   * @param memoryBytes the most memory in bytes for samples, counts and the buffers of decoders
   * @throws ImageException if the file cannot be read, has no channel or pixel that was asked for,
   *     or needs more memory; the message is one line
   * @throws InterruptedException if the thread was interrupted
   */
  public static List<ChannelStatistics> statistics(
      StatisticsRequest request, FileFormat format, long memoryBytes)
      throws ImageException, InterruptedException {
    MemoryBound memory = new MemoryBound(memoryBytes);
    int threads = Runtime.getRuntime().availableProcessors();
    try (ImageSource source = format.ofInput(request.input()).open(request.input(), memory);
        StripWorkers workers = StripWorkers.reading(threads, memory)) {
      return FileStatistics.of(request, source, workers, FileProgress.NONE).channels();
    } catch (ImageException e) {
      throw interruptedOr(e);
    }
  }

  /** A file that an interrupted thread reads or writes is closed, and that looks like an error. */
  private static ImageException interruptedOr(ImageException e) throws InterruptedException {
    if (Thread.interrupted()) {
      throw (InterruptedException) new InterruptedException(e.getMessage()).initCause(e);
    }
    return e;
  }

  private Report convertBuffers(Conversion conversion, Buffer source, Buffer target)
      throws EngineFailure, InterruptedException {
    return convert(conversion, MemorySegment.ofBuffer(source), MemorySegment.ofBuffer(target));
  }

  private static Conversion floats(Direction direction) {
    return Conversion.of(direction, SampleType.FLOAT32, SampleType.FLOAT32);
  }

  private static void checkFloats(Conversion conversion) {
    if (conversion.source() != SampleType.FLOAT32 || conversion.target() != SampleType.FLOAT32) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "these are float32 samples, and the conversion is of %s to %s: use a ByteBuffer or"
                  + " MemorySegment for other samples",
              conversion.source(),
              conversion.target()));
    }
  }

  private static void checkOrder(ByteOrder order) {
    if (order != ByteOrder.LITTLE_ENDIAN) {
      throw new IllegalArgumentException(
          "samples must be little-endian: make the buffer with order(ByteOrder.LITTLE_ENDIAN)");
    }
  }

  /** Stops running conversions, and releases the devices. Closing twice is harmless. */
  @Override
  public void close() {
    engines.close();
  }
}
