package stops.soak;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import stops.engine.Progress;
import stops.engine.Tally;

/**
 * Converts at random, on devices that all workers share, and now and then closes some and opens
 * others in their place.
 */
final class SoakWorker implements Runnable {
  private static final List<String> FAST = List.of("cpu", "scalar", "0:0", "faulty");

  private final SplittableRandom random;
  private final Map<String, SoakDevices> devices;
  private final Map<String, Boolean> fp64 = new ConcurrentHashMap<>();
  private final List<String> names;
  private final List<SoakFile> files;
  private final Path output;
  private final SoakCounts counts;
  private volatile boolean over;
  private volatile long steps;
  private volatile String doing = "";
  private boolean interruptible;
  private Thread thread = Thread.currentThread();

  /**
   * A worker.
   *
   * @param devices by name; shared by all workers
   * @param output the file that this worker writes
   */
  SoakWorker(
      SplittableRandom random,
      Map<String, SoakDevices> devices,
      List<SoakFile> files,
      Path output,
      SoakCounts counts) {
    this.random = random;
    this.devices = devices;
    this.names = List.copyOf(devices.keySet());
    this.files = files;
    this.output = output;
    this.counts = counts;
  }

  /** From now on, nothing new is begun. */
  void end() {
    over = true;
  }

  /** Grows as long as the worker does not hang. */
  long steps() {
    return steps;
  }

  /** What the worker does now. */
  String doing() {
    return doing;
  }

  /** Interrupts the worker if it converts. */
  synchronized void interrupt() {
    if (interruptible) {
      thread.interrupt();
    }
  }

  private synchronized void setInterruptible(boolean now) {
    interruptible = now;
    thread = Thread.currentThread();
    boolean unused = Thread.interrupted();
  }

  @Override
  public void run() {
    while (!over) {
      String name = name();
      try {
        switch (random.nextInt(20)) {
          case 0 -> reopen(name);
          case 1 -> convertFile(name);
          default -> convert(name);
        }
      } catch (Throwable e) {
        counts.wrong(doing + ": " + e);
        e.printStackTrace(System.out);
      }
      steps++;
    }
  }

  /** A name of devices. Fast ones come more often, so that slow ones do not slow all down. */
  private String name() {
    String name = names.get(random.nextInt(names.size()));
    return FAST.contains(name) || random.nextInt(8) == 0 ? name : "cpu";
  }

  private void reopen(String name) throws Exception {
    doing = "closing and opening " + name;
    SoakDevices old = devices.put(name, SoakDevices.open(name, random));
    counts.opened.increment();
    if (old != null) {
      old.close();
    }
  }

  private SoakDevices devices(String name) {
    SoakDevices present = devices.get(name);
    if (present == null) {
      throw new IllegalStateException("no devices " + name);
    }
    return present;
  }

  private void convert(String name) throws Exception {
    Sample sample = Sample.random(random, fp64.computeIfAbsent(name, SoakDevices::fp64));
    doing = name + ": " + sample.conversion() + " of " + sample.chunk() + ", " + sample.memory();
    boolean heard = random.nextInt(4) == 0;
    Thread closer = null;
    if (sample.memory().kind() == Sample.Kind.CLOSED) {
      closer = Thread.ofPlatform().daemon().start(sample.memory()::close);
    }
    setInterruptible(true);
    try {
      Tally met =
          devices(name)
              .convert(
                  sample.conversion(),
                  sample.chunk(),
                  heard ? (done, total) -> Thread.yield() : Progress.NONE);
      setInterruptible(false);
      counts.conversions.increment();
      if (closer == null && !sample.isRight(met)) {
        counts.wrong(doing + ": wrong bits or " + met + ", not " + sample.tally());
      }
    } catch (InterruptedException e) {
      counts.interrupted.increment();
    } catch (CancellationException e) {
      counts.cancelled.increment();
    } catch (IllegalStateException e) {
      if (closer == null) {
        throw e;
      }
      counts.refused.increment();
    } finally {
      setInterruptible(false);
      sample.memory().close();
      if (closer != null) {
        closer.join();
      }
    }
  }

  private void convertFile(String name) throws Exception {
    SoakFile file = files.get(random.nextInt(files.size()));
    doing = name + ": " + file.input();
    boolean written;
    setInterruptible(true);
    try {
      written = devices(name).convert(file.input(), output, file.raw());
    } catch (InterruptedException e) {
      counts.interrupted.increment();
      return;
    } catch (CancellationException e) {
      counts.cancelled.increment();
      return;
    } finally {
      setInterruptible(false);
    }
    if (written) {
      counts.files.increment();
      check(file);
    }
  }

  private void check(SoakFile file) throws IOException {
    if (Files.mismatch(output, file.expected()) >= 0) {
      counts.wrong(doing + ": wrong file");
    }
    Files.delete(output);
  }
}
