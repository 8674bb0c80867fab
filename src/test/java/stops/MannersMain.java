package stops;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;
import stops.engine.EngineUse;
import stops.image.Domain;
import sun.misc.Signal;

/**
 * A program that sets global state of its process and then uses Stops. It prints the changes of
 * global state, each system property set meanwhile, and the engines found. The arguments are the
 * devices and a folder for files.
 */
final class MannersMain {
  /** Every change of a system property, even if it was reverted at once. */
  private static final ConcurrentLinkedQueue<String> SET = new ConcurrentLinkedQueue<>();

  private MannersMain() {}

  private static final class Watched extends Properties {
    private static final long serialVersionUID = 1;

    private Watched(Properties all) {
      all.stringPropertyNames().forEach(name -> super.put(name, all.getProperty(name)));
    }

    @Override
    public synchronized @Nullable Object setProperty(String key, String value) {
      SET.add("set: " + key + " to " + value);
      return super.setProperty(key, value);
    }

    @Override
    public synchronized @Nullable Object remove(Object key) {
      SET.add("removed: " + key);
      return super.remove(key);
    }
  }

  public static void main(String[] arguments) throws Throwable {
    System.setProperties(new Watched(System.getProperties()));
    for (String signal : new String[] {"HUP", "TERM", "USR1", "TRAP", "ABRT"}) {
      Signal.handle(new Signal(signal), received -> {});
    }
    Path folder = Path.of(arguments[1]);
    Files.write(folder.resolve("a.pfm"), "Pf\n1 1\n-1\n\0\0\0\0".getBytes("US-ASCII"));
    ProcessState before = ProcessState.now();
    SET.clear();
    try (Stops stops = Stops.open(arguments[0])) {
      float[] samples = new float[1 << 22];
      Report report = stops.toExposure(samples, samples);
      for (EngineUse use : report.engines()) {
        System.out.println(
            "engine " + use.engine().id() + " " + use.engine().name() + ", since " + use.reason());
        use.faults().forEach(fault -> System.out.println("fault " + fault));
      }
      for (String target : new String[] {"a.exr", "a.tif"}) {
        stops.convert(folder.resolve("a.pfm"), folder.resolve(target), Domain.EXPOSURE);
        stops.convert(folder.resolve(target), folder.resolve("back-" + target), Domain.INTENSITY);
      }
    }
    System.out.print(ProcessState.now().differences(before));
    SET.forEach(System.out::println);
  }
}
