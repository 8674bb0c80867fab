package stops.convert;

import java.lang.foreign.SegmentAllocator;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import stops.engine.Anomaly;
import stops.engine.EngineFailure;
import stops.engine.ExactStops;
import stops.engine.ZeroPolicy;
import stops.engine.pool.EnginePool;
import stops.image.Adjusted;
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
    try (ImageSource source = inputFormat.open(request.input(), workers.memory())) {
      ImageInfo info = source.info();
      LightChannels.of(request).check(request.input(), info);
      SourceDomain domain = SourceDomain.of(info, request);
      checkExposures(request, info, domain);
      ChannelPlan plan = ChannelPlan.of(info, domain, request);
      checkSomethingToDo(request, info, plan);
      Map<String, Adjusted> adjusted = new HashMap<>();
      info.adjusted().forEach((key, each) -> adjusted.put(key, each.changed()));
      TargetLayout layout =
          new TargetLayout(
              plan.domain(), plan.types(), plan.exposures(), request.gainStops(), adjusted);
      Pass pass = new Pass(request, source, plan, Map.of(), request.floor(), progress);
      try (ImageTarget target =
          outputFormat.create(request.output(), source, layout, workers.memory())) {
        Findings findings = pass.run(target);
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
            request.floor(),
            0,
            written,
            target.warnings().isEmpty(),
            channels,
            samples(channels),
            (System.nanoTime() - start) * 1e-9,
            pass.plans.uses(),
            pass.plans.reason(),
            pass.notes(outputFormat, target, layout, findings.notes(request.to())),
            warnings(findings, target));
      }
    }
  }

  /**
   * Adjusts the light of a file. If some samples of an adjustment that is to be undone do not come
   * back, there is no output, unless that is forced.
   *
   * @param inputFormat the input's format
   * @param outputFormat the output's format
   * @throws ImageException if a file cannot be read or written, or there is nothing to adjust or to
   *     undo. After any exception there is no new output
   * @throws EngineFailure if no engine could adjust a chunk
   * @throws InterruptedException if the calling thread was interrupted
   */
  public FileReport adjust(
      AdjustRequest request,
      ImageFormat inputFormat,
      ImageFormat outputFormat,
      FileProgress progress)
      throws ImageException, EngineFailure, InterruptedException {
    long start = System.nanoTime();
    try (ImageSource source = inputFormat.open(request.input(), workers.memory())) {
      ImageInfo info = source.info();
      LightChannels.of(request).check(request.input(), info);
      checkAmounts(request, info);
      AdjustmentPlan adjustment = AdjustmentPlan.of(info, request);
      ChannelPlan plan = adjustment.channels();
      checkSomethingToDo(request, info, plan);
      TargetLayout layout =
          new TargetLayout(
              plan.domain(), plan.types(), plan.exposures(), 0, adjustment.remembered());
      Pass pass = new Pass(request, source, plan, adjustment.stops(), null, progress);
      boolean written = adjustment.lost() == 0 || request.force();
      try (ImageTarget target =
          outputFormat.create(request.output(), source, layout, workers.memory())) {
        Findings findings = written ? pass.run(target) : pass.findings();
        if (written) {
          if (!layout.adjusted().isEmpty()) {
            target.adjusted(adjustment.remembered(info, findings.lost()));
          }
          target.commit();
        }
        List<ChannelReport> channels = findings.channels();
        Domain domain =
            adjustment.stops().keySet().stream().allMatch(plan.exposures()::containsKey)
                ? Domain.EXPOSURE
                : Domain.INTENSITY;
        return new FileReport(
            request.input().toString(),
            request.output().toString(),
            outputFormat.name(),
            domain,
            adjustment.basis(),
            domain,
            0,
            ZeroPolicy.INF,
            null,
            adjustment.lost(),
            written,
            target.warnings().isEmpty(),
            channels,
            samples(channels),
            (System.nanoTime() - start) * 1e-9,
            pass.plans.uses(),
            pass.plans.reason(),
            pass.notes(outputFormat, target, layout, List.of()),
            warnings(findings, target));
      }
    }
  }

  private static List<String> warnings(Findings findings, ImageTarget target) {
    return Stream.concat(findings.warnings().stream(), target.warnings().stream()).toList();
  }

  private static long samples(List<ChannelReport> channels) {
    return channels.stream()
        .filter(ChannelReport::converted)
        .mapToLong(ChannelReport::samples)
        .sum();
  }

  /** The way of all samples of a file through the engines. */
  private final class Pass {
    private final PictureRequest request;
    private final ImageSource source;
    private final ChannelPlan plan;
    private final FileProgress progress;
    private final FilePlans plans;
    private final FileTally tally;
    private final NormalWatch normals;
    private final NoDataSamples noData;
    private final Map<String, ExactStops> stops;
    private final @Nullable ExposureFloor floor;

    Pass(
        PictureRequest request,
        ImageSource source,
        ChannelPlan plan,
        Map<String, ExactStops> stops,
        @Nullable Double floor,
        FileProgress progress) {
      this.request = request;
      this.source = source;
      this.plan = plan;
      this.stops = stops;
      this.floor = floor == null ? null : new ExposureFloor(floor);
      this.progress = progress;
      List<Part> parts = source.info().parts();
      plans = new FilePlans(engines, plan.samples(parts) * request.alike());
      tally = new FileTally(parts);
      normals = new NormalWatch(parts, plan);
      noData = new NoDataSamples(source.noData().orElse(null));
    }

    Findings findings() {
      return new Findings(source.info(), plan, stops, tally, normals);
    }

    Findings run(ImageTarget target) throws ImageException, EngineFailure, InterruptedException {
      List<Part> parts = source.info().parts();
      FileConverter.this.run(
          request,
          source,
          target,
          plan.stripBytes(parts, source.stripBytes(), source.noData().isPresent())
              + Math.max(source.bufferBytes(), target.bufferBytes()),
          new StripConverter(parts, plan, plans, tally, noData, floor),
          normals,
          progress);
      return findings();
    }

    List<String> notes(
        ImageFormat format, ImageTarget target, TargetLayout layout, List<String> found) {
      List<String> notes = new ArrayList<>(source.notes());
      notes.addAll(noData.notes());
      notes.addAll(target.notes());
      notes.addAll(found);
      if (!layout.adjusted().isEmpty() && !target.remembersAdjustments()) {
        notes.add(
            format.name()
                + " does not remember that the light was adjusted: to take that back, adjust by the"
                + " opposite number of stops");
      }
      return List.copyOf(notes);
    }
  }

  /** Refuses a channel that the user named exactly if it cannot be converted. */
  private static void checkExposures(FileRequest request, ImageInfo info, SourceDomain domain)
      throws ImageException {
    LightChannels names = LightChannels.of(request);
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

  private static void checkAmounts(AdjustRequest request, ImageInfo info) throws ImageException {
    List<String> named =
        request.amounts().stream()
            .map(AdjustRequest.Amount::channel)
            .filter(name -> !name.isEmpty())
            .toList();
    LightChannels.of(named, List.of()).check(request.input(), info);
    if (request.undo() && info.adjusted().isEmpty()) {
      throw ImageException.input(
          request.input(),
          "remembers no adjustment by Stops that could be undone; adjust it by the opposite number"
              + " of stops (--stops)");
    }
  }

  private static void checkSomethingToDo(PictureRequest request, ImageInfo info, ChannelPlan plan)
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
      PictureRequest request,
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
      PictureRequest request,
      StripConverter converter,
      Strip from,
      Strip to,
      SegmentAllocator memory)
      throws ImageException, EngineFailure, InterruptedException {
    try {
      converter.convert(from, to, memory);
    } catch (InternalError e) {
      // The JVM throws this when a mapped file is truncated.
      throw ImageException.truncated(request.input(), e);
    }
  }
}
