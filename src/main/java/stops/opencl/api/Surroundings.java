package stops.opencl.api;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The environment on which drivers depend: their settings and the visible parts of the system. A
 * driver that works in one environment may crash a process in another, such as a container that
 * hides parts of the system.
 */
public final class Surroundings {
  /**
   * Environment variables of OpenCL libraries, drivers, their compilers and the system's linker.
   * {@code OCL_ICD_VENDORS} is left out, because the drivers that it selects are identified by
   * their files.
   */
  private static final Pattern VARIABLES =
      Pattern.compile(
          "HOME|XDG_(CACHE_HOME|DATA_HOME|RUNTIME_DIR)|TMPDIR|LANG|DISPLAY|WAYLAND_DISPLAY"
              + "|GLIBC_TUNABLES|OCL_ICD_(?!VENDORS$).*"
              + "|(AMD|CL|CLOVER|CUDA|DRI|GALLIUM|GPU|HIP|HSA|IGC|IRIS|INTEL|KMP|LC|LD|LIBGL|LLVM|LP"
              + "|MALLOC|MESA|NEO|NVIDIA|NV|OCLGRIND|OMP|OPENCL|PAN|PANFROST|POCL|RADV|RADEONSI|ROCM"
              + "|ROCR|RUSTICL|SYCL|TBB|VK|ZE|ZES)_.*");

  /** Folders and files that drivers read. */
  private static final List<String> PLACES =
      List.of("/sys/devices/system/cpu", "/sys/devices/system/node", "/sys/class", "/proc/cpuinfo");

  private static final Pattern DEVICES = Pattern.compile("dri|kfd|dxg|nvidia.*|mali.*");
  private static final Pattern LIMITS =
      Pattern.compile("Max (address space|data size|locked memory|processes|stack size) .*");
  private static final Pattern RIGHTS = Pattern.compile("(Uid|CapEff|Seccomp):.*");
  private static final Pattern PROCESSOR =
      Pattern.compile("(vendor_id|cpu family|model|model name|stepping|flags|Features|CPU part).*");

  /** The limits of a container, each a file of one line. */
  private static final List<String> CONTAINER =
      List.of(
          "/proc/sys/kernel/hostname",
          "/sys/fs/cgroup/memory.max",
          "/sys/fs/cgroup/memory/memory.limit_in_bytes",
          "/sys/fs/cgroup/pids.max");

  /** The list of the system's libraries. It is written anew when one is installed or replaced. */
  private static final Path LIBRARIES = Path.of("/etc/ld.so.cache");

  /** The root folder: its place in its file system, that file system's type and source. */
  private static final Pattern ROOT =
      Pattern.compile("\\S+ \\S+ \\S+ (\\S+) / .* - (\\S+) (\\S+) (?:.*(lowerdir=[^,]*))?.*");

  private static final Pattern MOUNT =
      Pattern.compile("\\S+ \\S+ \\S+ \\S+ (/(?:sys|proc|dev)(?:/\\S*)?) .* - (\\S+) .*");

  private Surroundings() {}

  /** The whole environment, one item a line. */
  public static String text() {
    List<String> lines = new ArrayList<>();
    lines.add(variables());
    for (String place : PLACES) {
      lines.add(place + (Files.isReadable(Path.of(place)) ? " is there" : " is not there"));
    }
    lines.add("system " + System.getProperty("os.version", ""));
    lines.add("processor " + processor());
    CONTAINER.forEach(file -> lines.add(file + " " + firstLine(file)));
    lines.add(
        "root " + linesOf("/proc/self/mountinfo", ROOT).stream().map(Surroundings::root).toList());
    lines.add("libraries " + libraries());
    lines.add("layers " + layers(System.getenv().getOrDefault("OPENCL_LAYERS", "")));
    lines.add("devices " + devices());
    lines.add("mounted " + mounts());
    lines.addAll(linesOf("/proc/self/limits", LIMITS));
    lines.addAll(linesOf("/proc/self/status", RIGHTS));
    return String.join("\n", lines);
  }

  /** The environment variables among the drivers' settings. */
  public static String variables() {
    return variables(System.getenv());
  }

  public static String variables(Map<String, String> environment) {
    Map<String, String> read = new TreeMap<>(environment);
    read.keySet().removeIf(name -> !VARIABLES.matcher(name).matches());
    return read.toString();
  }

  private static String root(String mount) {
    return ROOT.matcher(mount).replaceFirst("$1 $2 $3 $4");
  }

  /** The description of the first processor. */
  private static List<String> processor() {
    try (Stream<String> lines = Files.lines(Path.of("/proc/cpuinfo"))) {
      return lines
          .takeWhile(line -> !line.isEmpty())
          .filter(line -> PROCESSOR.matcher(line).matches())
          .toList();
    } catch (IOException | UncheckedIOException e) {
      return List.of();
    }
  }

  private static String firstLine(String file) {
    try (Stream<String> lines = Files.lines(Path.of(file))) {
      return lines.findFirst().orElse("");
    } catch (IOException | UncheckedIOException e) {
      return "is not there";
    }
  }

  private static String libraries() {
    try {
      return Files.size(LIBRARIES) + " " + Files.getLastModifiedTime(LIBRARIES);
    } catch (IOException e) {
      return "are not listed";
    }
  }

  /** The builds of the libraries that the OpenCL library loads beside the drivers. */
  private static List<String> layers(String names) {
    return Stream.of(names.split(":"))
        .filter(name -> !name.isEmpty())
        .map(name -> name + " " + LinkerPath.build(name))
        .toList();
  }

  private static List<String> devices() {
    List<String> names = new ArrayList<>();
    try (DirectoryStream<Path> files =
        Files.newDirectoryStream(
            Path.of("/dev"),
            file -> DEVICES.matcher(String.valueOf(file.getFileName())).matches())) {
      files.forEach(file -> names.add(file.toString()));
    } catch (IOException | DirectoryIteratorException e) {
      return List.of();
    }
    return names.stream().sorted().toList();
  }

  /** The mounts over parts of the system, with their file system types. */
  private static List<String> mounts() {
    return linesOf("/proc/self/mountinfo", MOUNT).stream()
        .map(line -> MOUNT.matcher(line).replaceFirst("$1 $2"))
        .filter(mount -> !mount.startsWith("/sys/fs/") && !mount.startsWith("/proc/sys/fs/"))
        .distinct()
        .sorted()
        .toList();
  }

  private static List<String> linesOf(String file, Pattern pattern) {
    try (Stream<String> lines = Files.lines(Path.of(file))) {
      return lines.filter(line -> pattern.matcher(line).matches()).toList();
    } catch (IOException | UncheckedIOException e) {
      return List.of();
    }
  }
}
