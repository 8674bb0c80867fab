package stops.convert;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import stops.engine.Anomaly;
import stops.engine.Conversion;
import stops.engine.EngineFailure;
import stops.engine.EnginePool;
import stops.engine.SampleType;
import stops.engine.ZeroPolicy;
import stops.image.Channel;
import stops.image.Domain;
import stops.image.ImageException;
import stops.image.ImageFormat;
import stops.image.ImageInfo;
import stops.image.ImageSource;
import stops.image.ImageTarget;
import stops.image.Part;
import stops.image.Strip;
import stops.image.TargetLayout;

/**
 * Converts a file: strips are read, converted and written by several threads, in bounded memory,
 * and the output takes its place only when all of it is there.
 */
public final class FileConverter {
  private final EnginePool engines;

  /** A converter that has its samples converted by {@code engines}, which the caller closes. */
  public FileConverter(EnginePool engines) {
    this.engines = engines;
  }

  /** Hears how far a conversion is. Called by the working threads, after each strip. */
  @FunctionalInterface
  public interface Progress {
    /** {@code done} strips of {@code all} are written. */
    void strips(int done, int all);
  }

  /**
   * Converts a file.
   *
   * @param inputFormat the input's format
   * @param outputFormat the output's format
   * @throws ImageException if a file cannot be read or written, or the input already is what is
   *     asked for
   * @throws EngineFailure if no engine could convert a chunk; there is no output then
   * @throws InterruptedException if the calling thread was interrupted; there is no output then
   */
  public FileReport convert(
      FileRequest request, ImageFormat inputFormat, ImageFormat outputFormat, Progress progress)
      throws ImageException, EngineFailure, InterruptedException {
    long start = System.nanoTime();
    try (ImageSource source = inputFormat.open(request.input())) {
      ImageInfo info = source.info();
      check(request, info);
      ChannelPlan plan = ChannelPlan.of(info, request);
      checkSomethingToDo(request, info, plan);
      FileTally tally = new FileTally(info.parts());
      TargetLayout layout =
          new TargetLayout(request.to(), plan.types(), plan.origins(), request.gainStops());
      try (ImageTarget target = outputFormat.create(request.output(), source, layout)) {
        EngineLedger ledger = new EngineLedger();
        run(
            request,
            source,
            target,
            new StripConverter(info.parts(), plan, engines, tally, ledger),
            progress);
        List<ChannelReport> channels = channels(info, plan, tally);
        boolean written =
            request.zero() != ZeroPolicy.FAIL
                || channels.stream().noneMatch(c -> c.anomalies().containsKey(Anomaly.UNDEFINED));
        if (written) {
          target.commit();
        }
        return new FileReport(
            request.input().toString(),
            request.output().toString(),
            outputFormat.name(),
            info.domain(),
            request.to(),
            request.gainStops(),
            request.zero(),
            written,
            channels,
            channels.stream().filter(ChannelReport::converted).mapToLong(c -> c.samples()).sum(),
            (System.nanoTime() - start) * 1e-9,
            ledger.uses(),
            ledger.reason(),
            target.notes());
      }
    }
  }

  private static void check(FileRequest request, ImageInfo info) throws ImageException {
    if (info.domain() == request.to() && request.to() == Domain.EXPOSURE && !request.force()) {
      throw ImageException.input(
          request.input(),
          "already holds exposures in stops; use --force to convert it all the same");
    }
    List<String> missing = LightChannels.named(request.channels()).missing(info.parts());
    if (!missing.isEmpty()) {
      throw ImageException.input(
          request.input(),
          "has no floating-point channel named %s; it has %s"
              .formatted(String.join(", ", missing), names(info)));
    }
  }

  private static void checkSomethingToDo(FileRequest request, ImageInfo info, ChannelPlan plan)
      throws ImageException {
    if (!plan.convertsAnything()) {
      throw ImageException.input(
          request.input(),
          "has no channel of light (R, G, B or Y), only %s; name what to convert with --channels"
              .formatted(names(info)));
    }
  }

  private static String names(ImageInfo info) {
    return String.join(
        ", ",
        info.parts().stream()
            .flatMap(part -> part.channels().stream())
            .map(Channel::name)
            .distinct()
            .toList());
  }

  private void run(
      FileRequest request,
      ImageSource source,
      ImageTarget target,
      StripConverter converter,
      Progress progress)
      throws ImageException, EngineFailure, InterruptedException {
    int threads = threads(request, source);
    AtomicInteger next = new AtomicInteger();
    AtomicInteger done = new AtomicInteger();
    ExecutorService pool =
        Executors.newFixedThreadPool(
            threads, Thread.ofPlatform().daemon().name("stops-strip-", 0).factory());
    try {
      var workers = new ExecutorCompletionService<@Nullable Void>(pool);
      for (int i = 0; i < threads; i++) {
        var unused =
            workers.submit(() -> {
              try (StripMemory memory = new StripMemory(engines::holds)) {
                for (int strip = next.getAndIncrement();
                    strip < source.strips();
                    strip = next.getAndIncrement()) {
                  if (Thread.interrupted()) {
                    throw new InterruptedException();
                  }
                  memory.reset();
                  Strip from = source.read(strip, memory);
                  Strip to = target.prepare(from, memory);
                  convert(request, converter, from, to);
                  target.write(to);
                  progress.strips(done.incrementAndGet(), source.strips());
                }
              }
              return null;
            });
      }
      for (int i = 0; i < threads; i++) {
        join(workers.take());
      }
    } finally {
      pool.shutdownNow();
      pool.close();
    }
  }

  private static void convert(FileRequest request, StripConverter converter, Strip from, Strip to)
      throws ImageException, EngineFailure, InterruptedException {
    try {
      converter.convert(from, to);
    } catch (InternalError e) {
      // What the virtual machine makes of a fault in a mapped file.
      throw ImageException.input(
          request.input(), "was truncated by another program while it was read; run it again", e);
    }
  }

  private static int threads(FileRequest request, ImageSource source) {
    // A strip's target may be four times as large as its source, float16 to float64.
    long most = request.memoryBytes() / Math.max(1, 3 * source.stripBytes());
    return (int) Math.max(1, Math.min(Math.min(request.threads(), most), source.strips()));
  }

  private static void join(Future<@Nullable Void> worker)
      throws ImageException, EngineFailure, InterruptedException {
    try {
      var unused = worker.get();
    } catch (CancellationException e) {
      throw new InterruptedException();
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case ImageException cause -> throw cause;
        case EngineFailure cause -> throw cause;
        case InterruptedException cause -> throw cause;
        case RuntimeException cause -> throw cause;
        case Error cause -> throw cause;
        case null, default -> throw new IllegalStateException(e);
      }
    }
  }

  private static List<ChannelReport> channels(ImageInfo info, ChannelPlan plan, FileTally tally) {
    List<ChannelReport> reports = new ArrayList<>();
    for (int p = 0; p < info.parts().size(); p++) {
      Part part = info.parts().get(p);
      for (int c = 0; c < part.channels().size(); c++) {
        Channel channel = part.channels().get(c);
        Conversion conversion = plan.conversions().get(p).get(c);
        SampleType target = plan.types().get(p).get(c);
        reports.add(
            new ChannelReport(
                part.name(),
                channel.name(),
                channel.typeName(),
                target == null ? channel.typeName() : target.toString(),
                conversion != null,
                tally.samples(p, c),
                conversion == null ? Map.of() : tally.found(p, c)));
      }
    }
    return reports;
  }
}
