package stops.soak;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * Converts at random on all devices at once, with interrupts, closes and faults, and watches what
 * the process takes. The arguments are the seconds, a folder for files and, if a run is to be
 * repeated, its seed. Prints a line every ten seconds and one at the end. Exit status 1: a result
 * was wrong, a thread hung, or the process grew.
 */
final class SoakMain {
  private static final int THREADS = 4;
  private static final int LOOK_MILLIS = 20;
  private static final int LINE_SECONDS = 10;

  /** Without a step for so long, a thread hangs. A busy machine is slow, too. */
  private static final int HANG_SECONDS = 180;

  private final long start = System.nanoTime();
  private final int seconds;
  private final Path folder;
  private final SplittableRandom random;
  private final Map<String, SoakDevices> devices = new ConcurrentHashMap<>();
  private final SoakCounts counts = new SoakCounts();
  private final List<SoakWorker> workers = new ArrayList<>();
  private final List<Thread> threads = new ArrayList<>();
  private int hung;

  private SoakMain(int seconds, Path folder, long seed) {
    this.seconds = seconds;
    this.folder = folder;
    this.random = new SplittableRandom(seed);
    System.out.println("seed " + seed);
  }

  public static void main(String[] arguments) throws Exception {
    long seed = arguments.length > 2 ? Long.parseLong(arguments[2]) : System.nanoTime();
    boolean sound = new SoakMain(Integer.parseInt(arguments[0]), Path.of(arguments[1]), seed).run();
    System.exit(sound ? 0 : 1);
  }

  private boolean run() throws Exception {
    List<SoakFile> files = SoakFile.make(folder, random.split());
    for (String name : SoakDevices.names()) {
      devices.put(name, SoakDevices.open(name, random));
    }
    System.out.println("devices " + String.join(", ", devices.keySet().stream().sorted().toList()));
    for (int i = 0; i < THREADS; i++) {
      Path output = folder.resolve("output-" + i);
      SoakWorker worker = new SoakWorker(random.split(), devices, files, output, counts);
      workers.add(worker);
      threads.add(Thread.ofPlatform().daemon().name("soak-" + i).start(worker));
    }
    SoakWatch halfTime = soak();
    workers.forEach(SoakWorker::end);
    joinAll();
    SoakWatch last = SoakWatch.now();
    if (hung == 0) {
      devices.values().forEach(SoakDevices::close);
    }
    boolean grew = last.hasGrownFrom(halfTime, seconds);
    long left = leftFiles();
    System.out.printf(
        Locale.ROOT,
        "%d s: %s, %d hung, %d files left behind; half time: %s; end: %s%s%n",
        elapsedSeconds(),
        counts,
        hung,
        left,
        halfTime,
        last,
        grew ? "; grew" : "");
    return counts.wrong.sum() == 0 && hung == 0 && left == 0 && !grew;
  }

  /** Attacks the workers until the time is over or one hangs. Returns what was taken half-way. */
  private SoakWatch soak() throws Exception {
    SoakWatch halfTime = null;
    int lines = 0;
    long[] steps = new long[THREADS];
    long[] moved = new long[THREADS];
    Arrays.fill(moved, System.nanoTime());
    while (elapsedSeconds() < seconds && hung == 0) {
      Thread.sleep(random.nextInt(LOOK_MILLIS));
      workers.get(random.nextInt(THREADS)).interrupt();
      hung = hanging(steps, moved);
      if (halfTime == null && elapsedSeconds() >= seconds / 2) {
        halfTime = SoakWatch.now();
      }
      if (elapsedSeconds() >= (lines + 1) * LINE_SECONDS) {
        lines++;
        System.out.printf(Locale.ROOT, "%d s: %s; %s%n", elapsedSeconds(), counts, SoakWatch.now());
      }
    }
    return halfTime == null ? SoakWatch.now() : halfTime;
  }

  private long elapsedSeconds() {
    return (System.nanoTime() - start) / 1_000_000_000;
  }

  /** The number of workers that hang, whose stacks are printed. */
  private int hanging(long[] steps, long[] moved) {
    int hanging = 0;
    for (int i = 0; i < THREADS; i++) {
      long now = workers.get(i).steps();
      if (now != steps[i]) {
        steps[i] = now;
        moved[i] = System.nanoTime();
      } else if (System.nanoTime() - moved[i] > HANG_SECONDS * 1_000_000_000L) {
        hanging++;
        System.out.println("hung: " + workers.get(i).doing());
      }
    }
    if (hanging > 0) {
      Thread.getAllStackTraces()
          .forEach((thread, stack) -> {
            System.out.println(thread);
            Stream.of(stack).forEach(frame -> System.out.println("  " + frame));
          });
    }
    return hanging;
  }

  private void joinAll() throws InterruptedException {
    for (Thread thread : threads) {
      if (hung == 0 && !thread.join(java.time.Duration.ofSeconds(HANG_SECONDS))) {
        hung++;
        System.out.println("hung at the end: " + thread);
      }
    }
  }

  /** The temporary files of outputs that are left in the folder. */
  private long leftFiles() throws Exception {
    try (Stream<Path> all = Files.list(folder)) {
      return all.filter(file -> file.getFileName().toString().startsWith(".")).count();
    }
  }
}
