package stops.stats;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import stops.convert.FileProgress;
import stops.convert.LightChannels;
import stops.engine.EngineFailure;
import stops.engine.SampleType;
import stops.image.Channel;
import stops.image.Domain;
import stops.image.ImageException;
import stops.image.ImageInfo;
import stops.image.ImageSource;
import stops.image.MemoryBound;
import stops.image.Part;
import stops.image.Strip;
import stops.image.Window;
import stops.stats.ChannelStatistics.Meaning;
import stops.strip.StripWorkers;

/**
 * The statistics of a file.
 *
 * @param info the file's description
 * @param channels the statistics of each channel that was asked for, in file order
 * @param notes what a reader should know: flaws of the file, samples left out
 */
public record FileStatistics(ImageInfo info, List<ChannelStatistics> channels, List<String> notes) {

  /** Memory beside that of a strip: the counts of some channels, and bins made from them. */
  private static final long COUNT_BYTES = 5L << 20;

  public FileStatistics {
    channels = List.copyOf(channels);
    notes = List.copyOf(notes);
  }

  /**
   * Reads a file, strip by strip, and counts its samples: once, or two to seven times for exact
   * percentiles. Smaller copies of the picture are left out.
   *
   * @param source the open file
   * @throws ImageException if the file is damaged, has no channel or pixel that was asked for, or
   *     needs more memory
   * @throws InterruptedException if the calling thread was interrupted
   */
  public static FileStatistics of(
      StatisticsRequest request, ImageSource source, StripWorkers workers, FileProgress progress)
      throws ImageException, InterruptedException {
    ImageInfo info = source.info();
    Path path = request.input();
    request.lightChannels().check(path, info);
    MemoryBound memory = workers.memory();
    RowMemory rows = new RowMemory(memory.description());
    List<List<Counted>> channels = counted(request, info, rows);
    if (channels.stream().allMatch(List::isEmpty)) {
      throw ImageException.input(path, "has no channel that is not excluded");
    }
    checkRegion(request, info, channels);
    StripCounter counter =
        new StripCounter(info.parts(), channels, request.region(), source.noData().orElse(null));
    List<Counted> all = channels.stream().flatMap(List::stream).toList();
    try {
      pass(request, source, workers, counter, true, progress);
      all.forEach(each -> each.wantRanks(request.percents()));
      while (!all.stream().allMatch(Counted::isDone)) {
        pass(request, source, workers, counter, false, progress);
        all.forEach(Counted::endPass);
      }
    } catch (RowMemory.Full e) {
      throw ImageException.input(
          path, memory.describedTooMuch("the counts of its samples", e.bytes));
    }
    List<ChannelStatistics> statistics =
        all.stream().map(each -> each.statistics(request.percents())).toList();
    List<String> notes = new ArrayList<>(source.notes());
    notes.addAll(counter.notes());
    return new FileStatistics(info, statistics, notes);
  }

  private static void pass(
      StatisticsRequest request,
      ImageSource source,
      StripWorkers workers,
      StripCounter counter,
      boolean isFirst,
      FileProgress progress)
      throws ImageException, InterruptedException {
    Path path = request.input();
    AtomicInteger done = new AtomicInteger();
    try {
      workers.forEach(
          path,
          source.strips(),
          source.stripBytes() + source.bufferBytes() + scratchBytes(source) + COUNT_BYTES,
          (index, strip) -> {
            if (source.isFullSize(index) && isWanted(request.region(), source, index)) {
              counter.add(read(path, source, index, strip), isFirst);
            }
            progress.strips(done.incrementAndGet(), source.strips());
          });
    } catch (EngineFailure impossible) {
      throw new AssertionError("no engine is at work", impossible);
    }
  }

  private static long scratchBytes(ImageSource source) {
    return Scratch.bytes(
        hasChannel(source, type -> type == SampleType.FLOAT16),
        hasChannel(source, type -> type != SampleType.FLOAT16));
  }

  private static boolean hasChannel(ImageSource source, Predicate<@Nullable SampleType> isWanted) {
    return source.info().parts().stream()
        .flatMap(part -> part.channels().stream())
        .anyMatch(channel -> isWanted.test(channel.type()));
  }

  /** Whether a strip may have a pixel of the region. */
  private static boolean isWanted(@Nullable Window region, ImageSource source, int index) {
    return region == null
        || source
            .place(index)
            .map(place -> place.window().intersection(region).isPresent())
            .orElse(true);
  }

  private static Strip read(
      Path path, ImageSource source, int index, java.lang.foreign.SegmentAllocator memory)
      throws ImageException {
    try {
      return source.read(index, memory);
    } catch (InternalError e) {
      // The JVM throws this for a mapped file that has become shorter.
      throw ImageException.truncated(path, e);
    }
  }

  /**
   * A channel that is counted.
   *
   * @param index its index in the part
   * @param ranks finds percentiles exactly; null if bins are exact enough
   */
  record Counted(
      Part part,
      Channel channel,
      int index,
      Meaning meaning,
      Bins bins,
      @Nullable RankSearch ranks) {

    ChannelStatistics statistics(List<Double> percents) {
      return Summary.of(part.name(), channel.name(), meaning, bins, percents, ranks);
    }

    /** Ends the first pass. */
    void wantRanks(List<Double> percents) {
      if (ranks != null) {
        ranks.want(Summary.ranks(meaning, bins, percents));
      }
    }

    void endPass() {
      if (ranks != null && !ranks.isDone()) {
        ranks.next();
      }
    }

    boolean isDone() {
      return ranks == null || ranks.isDone();
    }
  }

  private static List<List<Counted>> counted(
      StatisticsRequest request, ImageInfo info, RowMemory rows) {
    LightChannels names = request.lightChannels();
    List<List<LightChannels.Choice>> light = names.of(info);
    List<List<Counted>> all = new ArrayList<>();
    for (int p = 0; p < info.parts().size(); p++) {
      Part part = info.parts().get(p);
      List<Counted> ofPart = new ArrayList<>();
      for (int c = 0; c < part.channels().size(); c++) {
        Channel channel = part.channels().get(c);
        boolean isLight = light.get(p).get(c).light();
        if (isLight || names.isDefault() && !names.excludes(part, channel)) {
          Meaning meaning = meaning(request.from(), info, part, channel, isLight);
          Domain domain = meaning == Meaning.EXPOSURE ? Domain.EXPOSURE : Domain.INTENSITY;
          RankSearch ranks =
              request.exact() && channel.type() != SampleType.FLOAT16
                  ? new RankSearch(channel.type(), rows)
                  : null;
          ofPart.add(
              new Counted(part, channel, c, meaning, Bins.of(channel.type(), domain, rows), ranks));
        }
      }
      all.add(ofPart);
    }
    return all;
  }

  /**
   * The meaning of a channel's samples. An exposure file that Stops made names the channels that
   * were converted.
   *
   * @param light whether the channel is light by its name
   */
  private static Meaning meaning(
      @Nullable Domain from, ImageInfo info, Part part, Channel channel, boolean light) {
    Domain domain = from == null ? info.domain() : from;
    if (domain == Domain.INTENSITY) {
      return light ? Meaning.INTENSITY : Meaning.VALUE;
    }
    boolean converted =
        info.origins().isEmpty()
            ? light
            : info.origins().containsKey(ImageInfo.originKey(part, channel));
    return converted ? Meaning.EXPOSURE : light ? Meaning.INTENSITY : Meaning.VALUE;
  }

  private static void checkRegion(
      StatisticsRequest request, ImageInfo info, List<List<Counted>> channels)
      throws ImageException {
    Window region = request.region();
    if (region == null) {
      return;
    }
    Window last = info.parts().getFirst().dataWindow();
    for (int p = 0; p < info.parts().size(); p++) {
      if (!channels.get(p).isEmpty()) {
        last = info.parts().get(p).dataWindow();
        if (StripCounter.overlap(region, last) != null) {
          return;
        }
      }
    }
    throw ImageException.input(
        request.input(),
        String.format(
            Locale.ROOT, "has no pixel in the region %s; its data window is %s", region, last));
  }
}
