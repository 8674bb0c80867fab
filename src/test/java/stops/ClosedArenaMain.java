package stops;

import static stops.engine.Direction.TO_EXPOSURE;
import static stops.engine.SampleType.FLOAT32;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.SplittableRandom;
import stops.engine.Conversion;

/**
 * Closes arenas while a device works in their memory, at random moments. The arguments are the
 * devices and the number of rounds. Prints how often the conversion was {@code converted} or {@code
 * refused}, and each fault of a device. A device that reads or writes freed memory ends the
 * process.
 */
final class ClosedArenaMain {
  private static final Conversion FLOATS = Conversion.of(TO_EXPOSURE, FLOAT32, FLOAT32);
  private static final int MOST_SAMPLES = 1 << 20;

  private ClosedArenaMain() {}

  @SuppressWarnings("MustBeClosedChecker") // The other thread closes it.
  public static void main(String[] arguments) throws Exception {
    int rounds = Integer.parseInt(arguments[1]);
    SplittableRandom random = new SplittableRandom(1);
    int converted = 0;
    try (Stops stops = Stops.open(arguments[0])) {
      for (int round = 0; round < rounds; round++) {
        Arena arena = Arena.ofShared();
        int samples = random.nextInt(1 << 18, MOST_SAMPLES);
        MemorySegment source = arena.allocate(4L * samples, 4).fill((byte) 1);
        MemorySegment target = arena.allocate(4L * samples, 4);
        int delay = random.nextInt(1 << random.nextInt(1, 22));
        Thread closer = Thread.ofPlatform().start(() -> close(arena, delay));
        try {
          print(stops.convert(FLOATS, source, target));
          converted++;
        } catch (IllegalStateException e) {
          // Its arena was closed.
        }
        closer.join();
      }
      float[] last = new float[1 << 20];
      print(stops.toExposure(last, last));
    }
    System.out.println("converted " + converted);
    System.out.println("refused " + (rounds - converted));
  }

  private static void print(Report report) {
    report.engines().stream()
        .flatMap(use -> use.faults().stream())
        .forEach(fault -> System.out.println("fault " + fault));
  }

  private static void close(Arena arena, int delay) {
    for (int i = 0; i < delay; i++) {
      Thread.onSpinWait();
    }
    while (arena.scope().isAlive()) {
      try {
        arena.close();
      } catch (IllegalStateException e) {
        Thread.yield(); // A device is at work in it.
      }
    }
  }
}
