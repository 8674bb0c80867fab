package stops.opencl;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import stops.cache.Fingerprint;
import stops.cache.PrivateFolder;
import stops.engine.Conversion;
import stops.opencl.api.OpenClDevice;
import stops.opencl.api.Surroundings;

/**
 * The kernel for each kind of conversion: the one that {@link KernelTuning} found to be the
 * fastest, otherwise the preferred one. What was measured is kept in the private folder, for the
 * device, the driver and its settings, and the kernels' sources. Thread-safe.
 */
public final class KernelChoices {
  private static final String FOLDER = "choices";

  private final OpenClDevice device;
  private final List<Arithmetic> arithmetics;
  private final ProgramStore programs;
  private final PrivateFolder cache;
  private final String surroundings = Surroundings.text();
  private final Map<ConversionKind, List<KernelTiming>> known = new ConcurrentHashMap<>();

  /**
   * Choices for {@code device}.
   *
   * @param arithmetics what its kernels may compute with, the preferred one first
   */
  KernelChoices(
      OpenClDevice device,
      List<Arithmetic> arithmetics,
      ProgramStore programs,
      PrivateFolder cache) {
    this.device = device;
    this.arithmetics =
        arithmetics.stream()
            .filter(each -> each == arithmetics.getFirst() || !each.isLastResortOn(device))
            .toList();
    this.programs = programs;
    this.cache = cache;
  }

  /** Forgets what was measured on any device. */
  public static void forgetAll(PrivateFolder cache) {
    cache.names(FOLDER, "").forEach(name -> cache.remove(FOLDER, name));
  }

  /** What kernels may compute with, the preferred one first. */
  List<Arithmetic> arithmetics() {
    return arithmetics;
  }

  /** The kernel that is used for {@code conversion} as long as nothing was measured. */
  KernelChoice preferred() {
    return KernelChoice.preferred(device, arithmetics.getFirst());
  }

  /** The kernel for {@code conversion}. */
  KernelChoice of(Conversion conversion) {
    return measured(ConversionKind.of(conversion)).stream()
        .flatMap(List::stream)
        .map(KernelTiming::choice)
        .findFirst()
        .orElse(preferred());
  }

  /**
   * What was measured for {@code kind}, the choice first. The list is empty if the device is too
   * slow to be measured. Nothing is measured for some kinds: see {@link ConversionKind#isMeasured}.
   */
  Optional<List<KernelTiming>> measured(ConversionKind kind) {
    if (!kind.isMeasured()) {
      return Optional.of(List.of());
    }
    List<KernelTiming> timings = known.get(kind);
    if (timings == null) {
      timings =
          cache.get(FOLDER, name(kind)).flatMap(Fingerprint::open).flatMap(this::read).orElse(null);
      if (timings == null) {
        return Optional.empty();
      }
      known.put(kind, timings);
    }
    return Optional.of(timings);
  }

  private Optional<List<KernelTiming>> read(byte[] content) {
    List<KernelTiming> timings = new ArrayList<>();
    for (String line : new String(content, UTF_8).lines().toList()) {
      Optional<KernelTiming> timing =
          KernelTiming.read(line).filter(each -> arithmetics.contains(each.choice().arithmetic()));
      if (timing.isEmpty()) {
        return Optional.empty();
      }
      timings.add(timing.get());
    }
    return Optional.of(List.copyOf(timings));
  }

  /** Stores what was measured for {@code kind}, the choice first. */
  void put(ConversionKind kind, List<KernelTiming> timings) {
    known.put(kind, List.copyOf(timings));
    String lines = timings.stream().map(KernelTiming::line).collect(Collectors.joining("\n"));
    cache.put(FOLDER, name(kind), Fingerprint.seal(lines.getBytes(UTF_8)));
  }

  private String name(ConversionKind kind) {
    List<String> parts = new ArrayList<>();
    parts.add(kind.text());
    parts.add(surroundings);
    for (Arithmetic arithmetic : arithmetics) {
      parts.add(programs.fingerprint(arithmetic));
    }
    return Fingerprint.of(parts.toArray(new String[0]));
  }
}
