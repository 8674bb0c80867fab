package stops.soak;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.management.ObjectName;

/**
 * What the process takes after a garbage collection.
 *
 * @param heapMib objects on the heap
 * @param nativeMib memory of the process that is in no file, without the heap's
 * @param descriptors open descriptors
 * @param threads threads, those of drivers included
 */
record SoakWatch(long heapMib, long nativeMib, long descriptors, long threads) {
  /** Time for Java to free native memory behind garbage. */
  private static final int CLEANER_MILLIS = 200;

  private static final Path STATUS = Path.of("/proc/self/status");

  /** What a run may take more at its end than at half time. Drivers keep what they compiled. */
  private static final SoakWatch MOST_GROWTH = new SoakWatch(32, 160, 24, 24);

  /** The same for native memory in a run too short for drivers to have compiled everything. */
  private static final int MOST_MIB_IN_A_SHORT_RUN = 512;

  private static final int SHORT_SECONDS = 300;

  static SoakWatch now() throws Exception {
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    long heap = runtime.totalMemory() - runtime.freeMemory();
    freeNativeMemory();
    // The whole heap is touched when the program starts.
    long resident = status("RssAnon") * 1024 - runtime.totalMemory();
    try (Stream<Path> files = Files.list(Path.of("/proc/self/fd"))) {
      return new SoakWatch(heap >> 20, resident >> 20, files.count(), status("Threads"));
    }
  }

  /** Frees native memory behind garbage, and returns freed memory to the system. */
  private static void freeNativeMemory() throws Exception {
    Thread.sleep(CLEANER_MILLIS);
    ManagementFactory.getPlatformMBeanServer()
        .invoke(
            new ObjectName("com.sun.management:type=DiagnosticCommand"),
            "systemTrimNativeHeap",
            new Object[0],
            new String[0]);
  }

  private static long status(String name) throws IOException {
    Matcher line =
        Pattern.compile("^" + name + ":\\s+(\\d+)", Pattern.MULTILINE)
            .matcher(Files.readString(STATUS));
    return line.find() ? Long.parseLong(line.group(1)) : 0;
  }

  /** Whether this is so much more than {@code before} that it is not noise. */
  boolean hasGrownFrom(SoakWatch before, int seconds) {
    long nativeGrowth = seconds < SHORT_SECONDS ? MOST_MIB_IN_A_SHORT_RUN : MOST_GROWTH.nativeMib;
    return heapMib - before.heapMib > MOST_GROWTH.heapMib
        || nativeMib - before.nativeMib > nativeGrowth
        || descriptors - before.descriptors > MOST_GROWTH.descriptors
        || threads - before.threads > MOST_GROWTH.threads;
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "heap %d MiB, native %d MiB, %d descriptors, %d threads",
        heapMib,
        nativeMib,
        descriptors,
        threads);
  }
}
