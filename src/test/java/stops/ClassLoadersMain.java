package stops;

import java.lang.ref.WeakReference;
import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Uses Stops in several class loaders, one after the other, as servers and build tools do. The
 * first argument names the devices. With a second one, {@code shared}, the loaders share a parent
 * that has the OpenCL binding alone. Prints for each loader the report or the exception, and at the
 * end whether each was {@code unloaded}.
 */
final class ClassLoadersMain {
  private static final int LOADERS = 3;
  private static final int MOST_COLLECTIONS = 100;

  private ClassLoadersMain() {}

  public static void main(String[] arguments) throws Exception {
    List<URL> path = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(java.io.File.pathSeparator)) {
      path.add(Path.of(entry).toUri().toURL());
    }
    List<URL> binding = path.stream().filter(url -> url.getPath().contains("/jocl-")).toList();
    ClassLoader parent = ClassLoader.getPlatformClassLoader();
    if (arguments.length > 1) {
      parent = new URLClassLoader(binding.toArray(URL[]::new), parent);
      path.removeAll(binding);
    }
    List<WeakReference<ClassLoader>> loaders = new ArrayList<>();
    for (int i = 0; i < LOADERS; i++) {
      loaders.add(use(path, parent, arguments[0]));
    }
    for (int i = 0; i < MOST_COLLECTIONS && !areGone(loaders); i++) {
      System.gc();
      Thread.yield();
    }
    loaders.forEach(loader -> System.out.println("unloaded " + (loader.get() == null)));
  }

  private static boolean areGone(List<WeakReference<ClassLoader>> loaders) {
    return loaders.stream().allMatch(loader -> loader.get() == null);
  }

  private static WeakReference<ClassLoader> use(List<URL> path, ClassLoader parent, String devices)
      throws Exception {
    try (URLClassLoader loader = new URLClassLoader(path.toArray(URL[]::new), parent)) {
      Class<?> type = loader.loadClass("stops.Stops");
      try (AutoCloseable stops =
          (AutoCloseable) type.getMethod("open", String.class).invoke(null, devices)) {
        float[] samples = {8};
        Object report =
            type.getMethod("toExposure", float[].class, float[].class)
                .invoke(stops, samples, samples);
        System.out.println("converted " + samples[0] + " " + report);
      } catch (InvocationTargetException e) {
        System.out.println("exception " + e.getCause());
      }
      return new WeakReference<>(loader);
    }
  }
}
