package stops.opencl;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import stops.cache.Fingerprint;
import stops.cache.PrivateFolder;
import stops.opencl.api.ClException;
import stops.opencl.api.Context;
import stops.opencl.api.OpenClDevice;
import stops.opencl.api.Program;

/**
 * Builds the programs of one device, each once: in memory, and as the driver's binary in the
 * private folder, under a name that the source, the options, the device and the driver determine. A
 * binary that is damaged, or that the driver refuses, is built again. Thread-safe.
 */
final class ProgramStore {
  private static final String FOLDER = "programs";

  private final Context context;
  private final OpenClDevice device;
  private final PrivateFolder cache;
  private final String source;
  private final String compiler;
  private final Map<Variant, Program> programs = new HashMap<>();

  ProgramStore(Context context, OpenClDevice device, String source, EngineOptions options) {
    this.context = context;
    this.device = device;
    this.source = source;
    this.cache = options.cache();
    this.compiler = options.compiler();
  }

  /** The program of {@code variant}, which the context closes. */
  synchronized Program get(Variant variant) throws ClException {
    Program program = programs.get(variant);
    if (program == null) {
      program = make(variant);
      programs.put(variant, program);
    }
    return program;
  }

  /** A name for {@code variant}'s program on this device with this driver. */
  String fingerprint(Variant variant) {
    return Fingerprint.of(
        source,
        options(variant),
        Integer.toString(variant.shape().localItems()),
        device.identity().key());
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
    Program program = Program.compile(context, source, options);
    try {
      cache.put(FOLDER, name, Fingerprint.seal(program.binary()));
    } catch (ClException e) {
      // A driver that keeps its binaries to itself; the program is good.
    }
    return program;
  }
}
