package stops.convert;

import java.lang.foreign.SegmentAllocator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import stops.engine.Anomaly;
import stops.engine.EngineFailure;
import stops.engine.ZeroPolicy;
import stops.engine.pool.EnginePool;
import stops.image.Channel;
import stops.image.Domain;
import stops.image.ImageException;
import stops.image.ImageFormat;
import stops.image.ImageInfo;
import stops.image.ImageSource;
import stops.image.ImageTarget;
import stops.image.MemoryBound;
import stops.image.Part;
import stops.image.Strip;
import stops.image.TargetLayout;
import stops.strip.StripWorkers;

/**
 * Converts files. Several threads read, convert and write strips in bounded memory. An output
 * replaces an existing file only when it is complete. Thread-safe: files converted at the same time
 * share engines, threads and memory.
 */
public final class FileConverter {
  private final EnginePool engines;
  private final StripWorkers workers;

  /**
   * A converter.
   *
   * @param engines converts the samples; closed by the caller
   * @param workers runs the work on strips; closed by the caller
   */
  public FileConverter(EnginePool engines, StripWorkers workers) {
    this.engines = engines;
    this.workers = workers;
  }

  /**
   * Converts a file.
   *
   * @param inputFormat the input's format
   * @param outputFormat the output's format
   * @throws ImageException if a file cannot be read or written, or the input already is in the
   *     requested domain. After any exception there is no new output
   * @throws EngineFailure if no engine could convert a chunk
   * @throws InterruptedException if the calling thread was interrupted
   */
  public FileReport convert(
      FileRequest request, ImageFormat inputFormat, ImageFormat outputFormat, FileProgress progress)
      throws ImageException, EngineFailure, InterruptedException {
    long start = System.nanoTime();
    MemoryBound memory = workers.memory();
    try (ImageSource source = inputFormat.open(request.input(), memory)) {
      ImageInfo info = source.info();
      request.lightChannels().check(request.input(), info);
      SourceDomain domain = SourceDomain.of(info, request);
      checkExposures(request, info, domain);
      ChannelPlan plan = ChannelPlan.of(info, domain, request);
      checkSomethingToDo(request, info, plan);
      FileTally tally = new FileTally(info.parts());
      NormalWatch normals = new NormalWatch(info.parts(), plan);
      TargetLayout layout =
          new TargetLayout(plan.domain(), plan.types(), plan.exposures(), request.gainStops());
      try (ImageTarget target = outputFormat.create(request.output(), source, layout, memory)) {
        FilePlans plans = new FilePlans(engines, plan.samples(info.parts()) * request.alike());
        NoDataSamples noData = new NoDataSamples(source.noData().orElse(null));
        run(
            request,
            source,
            target,
            plan.stripBytes(info.parts(), source.stripBytes(), source.noData().isPresent())
                + Math.max(source.bufferBytes(), target.bufferBytes()),
            new StripConverter(info.parts(), plan, plans, tally, noData),
            normals,
            progress);
        Findings findings = new Findings(info, plan, tally, normals);
        List<ChannelReport> channels = findings.channels();
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
            request.to().other(),
            domain.basis(),
            request.to(),
            request.gainStops(),
            request.zero(),
            written,
            channels,
            channels.stream().filter(ChannelReport::converted).mapToLong(c -> c.samples()).sum(),
            (System.nanoTime() - start) * 1e-9,
            plans.uses(),
            plans.reason(),
            notes(source, noData, target, findings.notes(request.to())),
            findings.warnings());
      }
    }
  }

  private static List<String> notes(
      ImageSource source, NoDataSamples noData, ImageTarget target, List<String> found) {
    List<String> notes = new ArrayList<>(source.notes());
    notes.addAll(noData.notes());
    notes.addAll(target.notes());
    notes.addAll(found);
    return List.copyOf(notes);
  }

  /** Refuses a channel that the user named exactly if it cannot be converted. */
  private static void checkExposures(FileRequest request, ImageInfo info, SourceDomain domain)
      throws ImageException {
    LightChannels names = request.lightChannels();
    for (Part part : info.parts()) {
      for (Channel channel : part.channels()) {
        if (request.to() == Domain.INTENSITY
            && names.namesExactly(part, channel)
            && !domain.allows(request.to(), ImageInfo.originKey(part, channel))) {
          throw ImageException.input(
              request.input(),
              String.format(
                  Locale.ROOT,
                  "says that channel %s holds no exposures; use --from exposure if it does",
                  channel.name()));
        }
      }
    }
  }

  private static void checkSomethingToDo(FileRequest request, ImageInfo info, ChannelPlan plan)
      throws ImageException {
    if (!plan.convertsAnything()) {
      throw ImageException.input(
          request.input(),
          request.exclude().isEmpty()
              ? String.format(
                  Locale.ROOT,
                  "has no channel of light (R, G, B or Y), only %s; name what to convert with --channels",
                  LightChannels.names(info))
              : "has no channel of light that is not excluded; it has "
                  + LightChannels.names(info));
    }
  }

  private void run(
      FileRequest request,
      ImageSource source,
      ImageTarget target,
      long stripBytes,
      StripConverter converter,
      NormalWatch normals,
      FileProgress progress)
      throws ImageException, EngineFailure, InterruptedException {
    AtomicInteger done = new AtomicInteger();
    workers.forEach(
        request.input(),
        source.strips(),
        stripBytes,
        target.waitsForDisk(),
        (index, memory) -> {
          Strip from = source.read(index, memory);
          Strip to = target.prepare(from, memory);
          normals.add(from);
          convert(request, converter, from, to, memory);
          target.write(to);
          progress.strips(done.incrementAndGet(), source.strips());
        });
  }

  private static void convert(
      FileRequest request, StripConverter converter, Strip from, Strip to, SegmentAllocator memory)
      throws ImageException, EngineFailure, InterruptedException {
    try {
      converter.convert(from, to, memory);
    } catch (InternalError e) {
      // The JVM throws this when a mapped file is truncated.
      throw ImageException.truncated(request.input(), e);
    }
  }
}
