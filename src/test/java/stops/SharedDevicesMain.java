package stops;

import static stops.engine.SampleType.FLOAT16;
import static stops.engine.SampleType.FLOAT32;
import static stops.engine.SampleType.FLOAT64;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import stops.cpu.ScalarEngine;
import stops.engine.Chunk;
import stops.engine.Conversion;
import stops.engine.Direction;
import stops.engine.EngineFault;
import stops.engine.EngineUse;
import stops.engine.Progress;
import stops.engine.SampleType;
import stops.engine.Tally;

/**
 * Converts different buffers on eight threads at once. The first argument names the devices, and
 * the second is the number of rounds. Prints the process's memory {@code early} and {@code late},
 * and the amount {@code converted} in between, all in KiB. Fails on the first wrong result.
 */
final class SharedDevicesMain {
  private static final int THREADS = 8;
  private static final int MOST_SAMPLES = 1 << 20;
  private static final Pattern ANONYMOUS = Pattern.compile("RssAnon:\\s+(\\d+) kB");
  private static final List<Conversion> CONVERSIONS =
      List.of(
          Conversion.of(Direction.TO_EXPOSURE, FLOAT32, FLOAT32),
          Conversion.of(Direction.TO_INTENSITY, FLOAT32, FLOAT32),
          Conversion.of(Direction.TO_EXPOSURE, FLOAT16, FLOAT32),
          Conversion.of(Direction.TO_INTENSITY, FLOAT32, FLOAT16),
          Conversion.of(Direction.TO_EXPOSURE, FLOAT64, FLOAT64));

  private SharedDevicesMain() {}

  /** A buffer and its right results. */
  private record Case(Conversion conversion, Chunk chunk, MemorySegment expected, Tally tally) {

    static Case of(Arena arena, int number) throws Exception {
      Conversion conversion = CONVERSIONS.get(number % CONVERSIONS.size());
      SplittableRandom random = new SplittableRandom(number);
      int samples =
          random.nextInt(1 << 16, conversion.source() == FLOAT64 ? 1 << 17 : MOST_SAMPLES);
      MemorySegment source = arena.allocate((long) samples * conversion.source().bytes(), 64);
      byte[] bytes = new byte[(int) source.byteSize()];
      random.nextBytes(bytes);
      source.copyFrom(MemorySegment.ofArray(bytes));
      MemorySegment expected = target(arena, conversion, samples);
      Chunk known = new Chunk(source, expected, samples, 3, 1);
      try (ScalarEngine scalar = new ScalarEngine()) {
        Tally tally = scalar.convert(conversion, known);
        MemorySegment target = target(arena, conversion, samples);
        return new Case(conversion, new Chunk(source, target, samples, 3, 1), expected, tally);
      }
    }

    private static MemorySegment target(Arena arena, Conversion conversion, int samples) {
      SampleType type = conversion.target();
      return arena.allocate((long) samples * type.bytes(), 64);
    }

    long kibibytes() {
      return (chunk.source().byteSize() + chunk.target().byteSize()) / 1024;
    }

    void convert(Stops stops) throws Exception {
      chunk.target().fill((byte) 0x55);
      Report report = stops.convert(conversion, chunk, Progress.NONE);
      long wrong = expected.mismatch(chunk.target());
      if (wrong >= 0 || !tally.equals(report.tally())) {
        throw new AssertionError(
            String.format(
                Locale.ROOT, "%s: byte %d, %s, %s", conversion, wrong, report.tally(), report));
      }
      for (EngineUse use : report.engines()) {
        for (EngineFault fault : use.faults()) {
          throw new AssertionError(fault.toString());
        }
      }
    }
  }

  public static void main(String[] args) throws Exception {
    int rounds = Integer.parseInt(args[1]);
    try (Arena arena = Arena.ofShared();
        Stops stops = Stops.open(args[0]);
        ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
      List<List<Case>> cases = new ArrayList<>();
      for (int thread = 0; thread < THREADS; thread++) {
        cases.add(new ArrayList<>());
        for (int i = 0; i < CONVERSIONS.size(); i++) {
          cases.getLast().add(Case.of(arena, thread * CONVERSIONS.size() + i));
        }
      }
      // The first third of the rounds compiles, opens lanes, and allocates memory that is kept.
      convert(stops, threads, cases, rounds / 3);
      long early = anonymousKibibytes();
      convert(stops, threads, cases, rounds - rounds / 3);
      long once = cases.stream().flatMap(List::stream).mapToLong(Case::kibibytes).sum();
      System.out.printf(
          Locale.ROOT,
          "early %d%nlate %d%nconverted %d%n",
          early,
          anonymousKibibytes(),
          once * (rounds - rounds / 3));
    }
  }

  private static void convert(
      Stops stops, ExecutorService threads, List<List<Case>> cases, int rounds) throws Exception {
    List<Future<Boolean>> results = new ArrayList<>();
    for (List<Case> own : cases) {
      Callable<Boolean> task =
          () -> {
            for (int round = 0; round < rounds; round++) {
              for (Case each : own) {
                each.convert(stops);
              }
            }
            return true;
          };
      results.add(threads.submit(task));
    }
    for (Future<Boolean> result : results) {
      result.get();
    }
  }

  private static long anonymousKibibytes() throws IOException {
    Path status = Path.of("/proc/self/status");
    if (!Files.exists(status)) {
      return 0;
    }
    Matcher line = ANONYMOUS.matcher(Files.readString(status));
    return line.find() ? Long.parseLong(line.group(1)) : 0;
  }
}
