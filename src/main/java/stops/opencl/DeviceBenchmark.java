package stops.opencl;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Function;
import stops.cache.PrivateFolder;
import stops.engine.Chunk;
import stops.engine.Conversion;
import stops.engine.Direction;
import stops.engine.Engine;
import stops.engine.EngineFailure;
import stops.engine.Tally;
import stops.opencl.api.ClException;
import stops.opencl.api.CommandQueue;
import stops.opencl.api.Context;
import stops.opencl.api.NativeLibrary;
import stops.opencl.api.OpenClDevice;
import stops.opencl.api.PinnedMemory;
import stops.opencl.api.TimedCl;

/**
 * Times transfers, copies and kernels of one OpenCL device, each alone. Times are from the device's
 * event timers if it has them, otherwise from the host's clock. Results are not checked, and there
 * is no time limit for a device that hangs. Confined to one thread.
 */
public final class DeviceBenchmark implements AutoCloseable {
  private static final int SMALL_SAMPLES = 4096;

  private final TimedCl cl;
  private final OpenCl openCl;
  private final OpenClDevice device;
  private final Context context;
  private final long sizeBytes;
  private final ResidentLane lane;
  private final KernelChoices choices;
  private final CommandQueue downloads;
  private final PinnedMemory uploadStage;
  private final PinnedMemory downloadStage;
  private final Map<Direction, BuiltinKernel> builtins = new EnumMap<>(Direction.class);

  private DeviceBenchmark(
      TimedCl cl, OpenCl openCl, OpenClDevice device, Context context, long mostBytes)
      throws ClException, EngineFailure {
    this.cl = cl;
    this.openCl = openCl;
    this.device = device;
    this.context = context;
    EngineOptions options = EngineOptions.standard();
    sizeBytes = Math.min(mostBytes, Placement.of(device, options.sharedMemory()).maxBytes());
    ProgramStore programs = new ProgramStore(context, device, KernelSource::read, options);
    choices = new KernelChoices(device, options.arithmeticsOn(device), programs, options.cache());
    lane = new ResidentLane(parts(programs, options), sizeBytes);
    downloads = CommandQueue.create(context);
    uploadStage = PinnedMemory.atLeast(null, context, lane.queue(), sizeBytes);
    uploadStage.memory().fill((byte) 1);
    downloadStage = PinnedMemory.atLeast(null, context, lane.queue(), sizeBytes);
    downloadStage.memory().fill((byte) 2);
  }

  /**
   * Opens the device whose {@link OpenClDevice#id} is {@code id}, with two buffers there and two on
   * the host of up to {@code mostBytes} bytes each.
   */
  public static DeviceBenchmark open(String id, long mostBytes) throws EngineFailure {
    try {
      NativeLibrary.load(PrivateFolder.ofUser());
      TimedCl cl = new TimedCl();
      OpenCl openCl = OpenCl.probe(cl);
      OpenClDevice device =
          openCl.device(id).orElseThrow(() -> new EngineFailure("there is no OpenCL device " + id));
      Context context = Context.create(openCl.usable(device));
      boolean open = false;
      try {
        DeviceBenchmark benchmark = new DeviceBenchmark(cl, openCl, device, context, mostBytes);
        open = true;
        return benchmark;
      } finally {
        if (!open) {
          context.close();
        }
      }
    } catch (ClException | IOException | LinkageError e) {
      throw new EngineFailure(String.valueOf(e.getMessage()), e);
    }
  }

  private Lane.LaneParts parts(ProgramStore programs, EngineOptions options) {
    return new Lane.LaneParts(context, programs, Placement.of(device, options.sharedMemory()));
  }

  private BoundConversion job(Conversion conversion) {
    return BoundConversion.of(conversion, choices.of(conversion));
  }

  /** The kernel for {@code conversion}, and what was measured, for people. */
  public String kernel(Conversion conversion) {
    List<KernelTiming> timings = choices.measured(ConversionKind.of(conversion)).orElse(List.of());
    return timings.isEmpty() ? choices.of(conversion).text() : KernelTiming.text(timings);
  }

  /** The description of the device. */
  public OpenClDevice device() {
    return device;
  }

  /** Whether conversions work in the host's memory, so that nothing is transferred. */
  public boolean sharesMemory() {
    return Placement.of(device, EngineOptions.standard().sharedMemory()).shared();
  }

  /** The size of each buffer in bytes. */
  public long sizeBytes() {
    return sizeBytes;
  }

  /** Seconds of an upload of {@link #sizeBytes} from pinned host memory to the device. */
  public double uploadSeconds() throws EngineFailure {
    return timed(() -> lane.queue().write(lane.source(), uploadStage.memory()));
  }

  /** Seconds of a download of {@link #sizeBytes} from the device to pinned host memory. */
  public double downloadSeconds() throws EngineFailure {
    return timed(() -> downloads.read(lane.target(), downloadStage.memory()));
  }

  /**
   * Seconds by the host's clock of an upload and a download, of {@link #sizeBytes} each, at the
   * same time.
   */
  public double bothWaysSeconds() throws EngineFailure, InterruptedException {
    FutureTask<Boolean> download =
        new FutureTask<>(() -> {
          downloads.read(lane.target(), downloadStage.memory());
          return true;
        });
    long start = System.nanoTime();
    Thread.ofPlatform().daemon().name("opencl download").start(download);
    perform(() -> lane.queue().write(lane.source(), uploadStage.memory()));
    try {
      download.get();
    } catch (ExecutionException e) {
      throw new EngineFailure(String.valueOf(e.getCause()), e);
    }
    double seconds = (System.nanoTime() - start) * 1e-9;
    cl.takeSeconds();
    return seconds;
  }

  /** Seconds of a copy of {@link #sizeBytes} from one buffer of the device to another. */
  public double copySeconds() throws EngineFailure {
    return timed(() -> {
      lane.copy(sizeBytes);
      lane.queue().finish();
    });
  }

  /** Uploads the source of {@code chunk} to the device, and the present content of its target. */
  public void load(Chunk chunk) throws EngineFailure {
    perform(() -> lane.load(chunk));
  }

  /** Seconds of one run of the kernel on the loaded samples. */
  public double kernelSeconds(Conversion conversion, Chunk chunk) throws EngineFailure {
    return timed(() -> lane.run(job(conversion), chunk));
  }

  /**
   * Seconds of one run of the device's built-in {@code log2} or {@code exp2} on the loaded float32
   * samples, one sample a work-item. Its results depend on the vendor.
   */
  public double builtinSeconds(Conversion conversion, Chunk chunk) throws EngineFailure {
    return timed(() -> {
      BuiltinKernel kernel = builtins.get(conversion.direction());
      if (kernel == null) {
        kernel = BuiltinKernel.compile(context, conversion.direction());
        builtins.put(conversion.direction(), kernel);
      }
      kernel.run(lane.queue(), lane.source(), lane.target(), chunk.samples());
      lane.queue().finish();
    });
  }

  /**
   * Downloads the results into the target of {@code chunk}. Returns the sum of the tallies of all
   * kernel runs since the last fetch.
   */
  public Tally fetch(Chunk chunk) throws EngineFailure {
    return call(() -> lane.fetch(chunk));
  }

  /**
   * Seconds to compile a kernel and convert a few samples with it.
   *
   * @param cache an empty folder for compiled programs
   * @return two times: from source, and from the program that this left in {@code cache}
   */
  public double[] compileSeconds(Conversion conversion, Path cache) throws EngineFailure {
    EngineOptions standard = EngineOptions.standard();
    EngineOptions options =
        new EngineOptions(
            standard.lanes(),
            standard.mostSamples(),
            standard.arithmetics(),
            standard.sharedMemory(),
            false,
            standard.compiler(),
            new PrivateFolder(cache));
    // Drivers cache programs too, some by the preprocessed text. A new name makes this text unique.
    String first = String.format(Locale.ROOT, "typedef int Unseen%d;\n", System.nanoTime());
    Function<Arithmetic, String> source = arithmetic -> first + KernelSource.read(arithmetic);
    return new double[] {
      fromSource(conversion, source, options), fromSource(conversion, source, options)
    };
  }

  private double fromSource(
      Conversion conversion, Function<Arithmetic, String> source, EngineOptions options)
      throws EngineFailure {
    long start = System.nanoTime();
    call(() -> {
      ProgramStore programs = new ProgramStore(context, device, source, options);
      try (Arena arena = Arena.ofShared();
          ResidentLane small =
              new ResidentLane(parts(programs, options), SMALL_SAMPLES * (long) Double.BYTES)) {
        return small.convert(job(conversion), List.of(small(arena, conversion)));
      }
    });
    cl.takeSeconds();
    return (System.nanoTime() - start) * 1e-9;
  }

  /**
   * Seconds from opening a new engine to its first few converted samples, including the self-test.
   */
  public double firstResultSeconds(Conversion conversion) throws EngineFailure {
    long start = System.nanoTime();
    try (Arena arena = Arena.ofShared();
        Engine engine = openCl.open(device)) {
      engine.convert(conversion, small(arena, conversion));
      double seconds = (System.nanoTime() - start) * 1e-9;
      cl.takeSeconds();
      return seconds;
    }
  }

  private static Chunk small(Arena arena, Conversion conversion) {
    MemorySegment source = arena.allocate((long) SMALL_SAMPLES * conversion.source().bytes(), 4096);
    MemorySegment target = arena.allocate((long) SMALL_SAMPLES * conversion.target().bytes(), 4096);
    return Chunk.of(source, target, SMALL_SAMPLES);
  }

  /** Commands on the device that are complete when this returns. */
  @FunctionalInterface
  private interface Commands {
    void run() throws ClException;
  }

  private double timed(Commands commands) throws EngineFailure {
    cl.takeSeconds();
    long start = System.nanoTime();
    perform(commands);
    double host = (System.nanoTime() - start) * 1e-9;
    double device = cl.takeSeconds();
    return device > 0 && device < host ? device : host;
  }

  private static void perform(Commands commands) throws EngineFailure {
    call(() -> {
      commands.run();
      return true;
    });
  }

  private static <T> T call(Callable<T> commands) throws EngineFailure {
    try {
      return commands.call();
    } catch (Exception e) {
      throw new EngineFailure(String.valueOf(e.getMessage()), e);
    }
  }

  @Override
  public void close() {
    uploadStage.close();
    downloadStage.close();
    lane.close();
    context.close();
  }
}
