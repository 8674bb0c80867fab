package stops;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import stops.convert.FileProgress;
import stops.convert.FileReport;
import stops.convert.FileRequest;
import stops.engine.Anomaly;
import stops.engine.Conversion;
import stops.engine.Direction;
import stops.engine.ExactStops;
import stops.engine.SampleType;
import stops.engine.ZeroPolicy;
import stops.ev.Ev100;
import stops.ev.ExposureSettings;
import stops.image.Domain;
import stops.image.Window;
import stops.match.Match;
import stops.match.MatchRequest;
import stops.stats.ChannelStatistics;
import stops.stats.StatisticsRequest;

/** The examples of the library in README and src/docs. */
final class ReadmeExample {
  private ReadmeExample() {}

  public static void main(String[] args) throws Exception {
    float[] intensities = {0.18f, 1, 2, 1e6f};
    float[] exposures = new float[intensities.length];
    try (Stops stops = Stops.open()) {
      Report report = stops.toExposure(intensities, exposures);
      System.out.println(Arrays.toString(exposures) + " stops, " + report);
      stops.convert(
          Path.of("src/main/examples/desk.exr"), Path.of("target/stops.exr"), Domain.EXPOSURE);
    }
  }

  static void memory(int samples) throws Exception {
    Conversion brighter =
        new Conversion(
            Direction.TO_EXPOSURE, SampleType.FLOAT16, SampleType.FLOAT32, 1.5, ZeroPolicy.NAN);
    try (Stops stops = Stops.open("all");
        Arena arena = Arena.ofShared()) {
      MemorySegment halves = arena.allocate(2L * samples, 64);
      MemorySegment floats = arena.allocate(4L * samples, 64);
      Report report = stops.convert(brighter, halves, floats);
      System.out.println(report.tally().count(Anomaly.UNDEFINED) + " zeros");
    }
  }

  @SuppressWarnings("NullAway") // the samples of the example are light
  static void statistics(float[] intensities, Path input) throws Exception {
    ChannelStatistics found = Stops.statistics(intensities);
    System.out.println(found.intensities().arithmeticMeanIntensity() + " linear");
    System.out.println(found.exposures().geometricMeanStops() + " stops");
    StatisticsRequest corner =
        StatisticsRequest.of(input)
            .withRegion(new Window(0, 0, 63, 63))
            .withPercents(List.of(99.0));
    for (ChannelStatistics each : Stops.statistics(corner, FileFormat.told(), 512L << 20)) {
      System.out.println(each.channel() + ": " + each.intensities());
    }
  }

  static void files(Path input, Path output) throws Exception {
    FileRequest request =
        FileRequest.of(input, output, Domain.EXPOSURE)
            .withFrom(Domain.INTENSITY)
            .withChannels(List.of("R", "G"), List.of("B"));
    try (Stops stops = Stops.open()) {
      FileReport report =
          stops.convert(request, FileFormat.told(), FileFormat.told(), FileProgress.NONE);
      report.notes().forEach(System.out::println);
    }
  }

  static void adjusting(Stops stops, float[] intensities, Path input, Path output)
      throws Exception {
    ExactStops third = ExactStops.parse("1/3");
    stops.adjustIntensity(intensities, intensities, third);
    FileReport report = stops.adjust(input, output, third.negate());
    System.out.println(report.count(Anomaly.ROUNDED) + " samples do not come back exactly");
  }

  static void settings() {
    ExposureSettings first = ExposureSettings.parse("1/240,f8,ISO100");
    ExposureSettings second = first.withSeconds(1.0 / 120);
    Ev100 light = first.ev100();
    System.out.println(second.stopsAbove(first) + " stops brighter");
    System.out.println(first.ev() + ", " + light + ", " + light.luminance() + " cd/m²");
    System.out.println(first.withFNumber(4).withSecondsFor(light).seconds() + " s at f/4");
  }

  static void matching(Path reference, Path other) throws Exception {
    MatchRequest request = MatchRequest.byDefault().withPerChannel(true);
    for (Match match : Stops.match(reference, other, request)) {
      System.out.println(
          match.channel() + ": " + match.stops() + " ± " + 2 * match.standardError() + " stops");
    }
  }
}
