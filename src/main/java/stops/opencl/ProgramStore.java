package stops.opencl;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import stops.cache.Fingerprint;
import stops.cache.PrivateFolder;
import stops.opencl.api.ClException;
import stops.opencl.api.Context;
import stops.opencl.api.OpenClDevice;
import stops.opencl.api.Program;

/**
 * Builds each program of one device once. Programs are kept in memory, and as the driver's binaries
 * in the private folder. The name of a binary is a fingerprint of the source, the options, the
 * device and the driver. A binary that is damaged, or that the driver refuses, is built again.
 * Thread-safe.
 */
final class ProgramStore {
  private static final String FOLDER = "programs";

  private final Context context;
  private final OpenClDevice device;
  private final PrivateFolder cache;
  private final Function<Arithmetic, String> source;
  private final String compiler;
  private final Map<Variant, Program> programs = new HashMap<>();
  private final Map<Arithmetic, String> sources = new ConcurrentHashMap<>();

  /** The programs of {@code device}. {@code source} is the source for each arithmetic. */
  ProgramStore(
      Context context,
      OpenClDevice device,
      Function<Arithmetic, String> source,
      EngineOptions options) {
    this.context = context;
    this.device = device;
    this.source = source;
    this.cache = options.cache();
    this.compiler = options.compiler();
  }

  /** The program of {@code variant}. Closing the context closes it. */
  synchronized Program get(Variant variant) throws ClException {
    Program program = programs.get(variant);
    if (program == null) {
      program = make(variant);
      programs.put(variant, program);
    }
    return program;
  }

  /** The name of the program of {@code variant} on this device with this driver. */
  String fingerprint(Variant variant) {
    return Fingerprint.of(
        sourceOf(variant.arithmetic()),
        options(variant),
        Integer.toString(variant.shape().localItems()),
        device.identity().key());
  }

  /** What all programs with {@code arithmetic} have in common. */
  String fingerprint(Arithmetic arithmetic) {
    return Fingerprint.of(sourceOf(arithmetic), compiler, device.identity().key());
  }

  private String sourceOf(Arithmetic arithmetic) {
    return sources.computeIfAbsent(arithmetic, source);
  }

  private String options(Variant variant) {
    return (variant.options() + " " + compiler).strip();
  }

  private Program make(Variant variant) throws ClException {
    String options = options(variant);
    String name = fingerprint(variant);
    Optional<byte[]> binary = cache.get(FOLDER, name).flatMap(Fingerprint::open);
    if (binary.isPresent()) {
      try {
        return Program.load(context, binary.get(), options);
      } catch (ClException e) {
        cache.remove(FOLDER, name);
      }
    }
    Program program = Program.compile(context, sourceOf(variant.arithmetic()), options);
    try {
      cache.put(FOLDER, name, Fingerprint.seal(program.binary()));
    } catch (ClException e) {
      // This driver does not return binaries. The program works all the same.
    }
    return program;
  }
}
