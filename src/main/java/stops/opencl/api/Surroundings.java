package stops.opencl.api;

import java.io.IOException;
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
 * What drivers depend on beside themselves: their settings, and what they find of the system. A
 * driver that is sound here may bring a process down where these are others, such as in a container
 * that hides a part of the system.
 */
public final class Surroundings {
  /**
   * Environment variables of OpenCL libraries, drivers, their compilers and the system's linker.
   * {@code OCL_ICD_VENDORS} is left out: the drivers that it leads to are known by their files.
   */
  private static final Pattern VARIABLES =
      Pattern.compile(
          "HOME|XDG_CACHE_HOME|TMPDIR|LANG|DISPLAY|OCL_ICD_(?!VENDORS$).*"
              + "|(AMD|CL|CLOVER|CUDA|DRI|GALLIUM|GPU|HIP|HSA|IGC|INTEL|LC|LD|LIBGL|LLVM|LP|MESA|NEO"
              + "|NVIDIA|OCLGRIND|OPENCL|POCL|ROCR|RUSTICL|SYCL|VK|ZE)_.*");

  /** Folders and files that drivers look into. */
  private static final List<String> PLACES =
      List.of("/sys/devices/system/cpu", "/sys/devices/system/node", "/sys/class", "/proc/cpuinfo");

  private static final Pattern DEVICES = Pattern.compile("dri|kfd|dxg|nvidia.*|mali.*");
  private static final Pattern LIMITS =
      Pattern.compile("Max (address space|data size|locked memory|processes|stack size) .*");
  private static final Pattern RIGHTS = Pattern.compile("(Uid|CapEff|Seccomp):.*");
  private static final Pattern MOUNT =
      Pattern.compile("\\S+ \\S+ \\S+ \\S+ (/(?:sys|proc|dev)(?:/\\S*)?) .* - (\\S+) .*");

  private Surroundings() {}

  /** All of it, one thing a line. */
  public static String text() {
    List<String> lines = new ArrayList<>();
    lines.add(variables());
    for (String place : PLACES) {
      lines.add(place + (Files.isReadable(Path.of(place)) ? " is there" : " is not there"));
    }
    lines.add("devices " + devices());
    lines.add("mounted " + mounts());
    lines.addAll(linesOf("/proc/self/limits", LIMITS));
    lines.addAll(linesOf("/proc/self/status", RIGHTS));
    return String.join("\n", lines);
  }

  /** The drivers' settings. */
  public static String variables() {
    return variables(System.getenv());
  }

  public static String variables(Map<String, String> environment) {
    Map<String, String> read = new TreeMap<>(environment);
    read.keySet().removeIf(name -> !VARIABLES.matcher(name).matches());
    return read.toString();
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

  /** What covers a part of the system, and with which kind of file system. */
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
    } catch (IOException | java.io.UncheckedIOException e) {
      return List.of();
    }
  }
}
