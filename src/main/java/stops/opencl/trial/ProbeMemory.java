package stops.opencl.trial;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.gson.Gson;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import stops.cache.Fingerprint;
import stops.cache.PrivateFolder;
import stops.cache.ThisMachine;
import stops.opencl.EngineOptions;
import stops.opencl.KernelSource;
import stops.opencl.api.OpenClDevice;
import stops.opencl.api.RegisteredDriver;
import stops.opencl.api.Surroundings;

/**
 * Remembers which drivers and devices crashed or hung a {@link ProbeProcess}, and which did not.
 * Faults are forgotten when the machine restarts, or earlier. The keys contain all that a result
 * depends on: the machine, the drivers' files, the {@linkplain Surroundings surroundings}, the
 * device and the kernels. Thread-safe.
 */
public final class ProbeMemory {
  private static final String FAULTS = "faults";
  private static final String SOUND = "sound";

  /** How long a fault is remembered that a busy machine may have caused. */
  private static final Duration BRIEFLY = Duration.ofMinutes(10);

  private final PrivateFolder cache;
  private final InstantSource clock;

  ProbeMemory(PrivateFolder cache) {
    this(cache, InstantSource.system());
  }

  ProbeMemory(PrivateFolder cache, InstantSource clock) {
    this.cache = cache;
    this.clock = clock;
  }

  /**
   * A remembered fault.
   *
   * @param verdict the fault
   * @param seconds when it was found, in seconds since 1970
   * @param brief whether it is forgotten after {@link #BRIEFLY}
   */
  private record Remembered(DeviceVerdict verdict, long seconds, boolean brief) {
    Remembered {
      Objects.requireNonNull(verdict);
    }

    boolean isValid(Instant now) {
      long age = now.getEpochSecond() - seconds;
      return !brief || (age >= 0 && age < BRIEFLY.toSeconds());
    }
  }

  /** The key of several drivers used together in the present surroundings. */
  public static String key(List<RegisteredDriver> drivers) {
    return String.join("\n", drivers.stream().map(RegisteredDriver::key).toList())
        + "\n"
        + Surroundings.text();
  }

  /**
   * The key of {@code device} when used with {@code drivers} in the present surroundings. The index
   * of the device on its platform distinguishes devices of the same model.
   */
  public static String key(List<RegisteredDriver> drivers, OpenClDevice device) {
    return String.join(
        "\n",
        device.identity().key(),
        Integer.toString(device.index()),
        key(drivers),
        EngineOptions.standard().arithmetics().stream()
            .map(KernelSource::read)
            .collect(Collectors.joining()));
  }

  /** The fault stored under {@code key}; empty if there is none. */
  Optional<DeviceVerdict> fault(String key) {
    return cache
        .get(FAULTS, faultName(key))
        .flatMap(Fingerprint::open)
        .flatMap(ProbeMemory::read)
        .filter(remembered -> remembered.isValid(clock.instant()))
        .map(Remembered::verdict);
  }

  private static Optional<Remembered> read(byte[] content) {
    try {
      return Optional.ofNullable(new Gson().fromJson(new String(content, UTF_8), Remembered.class));
    } catch (RuntimeException e) {
      return Optional.empty(); // Another version wrote it.
    }
  }

  /**
   * Stores a fault under {@code key}. Unless a busy machine may have caused it, it is remembered
   * until the machine restarts.
   */
  void noteFault(String key, DeviceVerdict fault) {
    noteFault(key, fault, fault.mayPass());
  }

  /** Stores a fault under {@code key} for some minutes. */
  void noteBriefly(String key, DeviceVerdict fault) {
    noteFault(key, fault, true);
  }

  private void noteFault(String key, DeviceVerdict fault, boolean brief) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
    DeviceVerdict dated = new DeviceVerdict(fault.outcome(), fault.text() + " at " + now);
    Remembered remembered = new Remembered(dated, now.getEpochSecond(), brief);
    cache.remove(SOUND, soundName(key));
    cache.put(
        FAULTS, faultName(key), Fingerprint.seal(new Gson().toJson(remembered).getBytes(UTF_8)));
  }

  /** Forgets all about {@code key}. */
  void forget(String key) {
    cache.remove(SOUND, soundName(key));
    cache.remove(FAULTS, faultName(key));
  }

  /** Forgets that the drivers of {@code key} are sound. */
  void forgetSound(String key) {
    cache.remove(SOUND, soundName(key));
  }

  /**
   * The {@linkplain stops.opencl.api.HandlerTakers takers} stored under {@code key}. Empty unless
   * the drivers of the key are known to be sound.
   */
  Optional<List<String>> takers(String key) {
    return cache.get(SOUND, soundName(key)).flatMap(Fingerprint::open).flatMap(ProbeMemory::lines);
  }

  private static Optional<List<String>> lines(byte[] content) {
    return Optional.of(new String(content, UTF_8).lines().toList());
  }

  /**
   * Stores under {@code key} that the drivers did not crash or hang a process, and their takers.
   */
  void noteSound(String key, List<String> takers) {
    cache.remove(FAULTS, faultName(key));
    byte[] lines = String.join("\n", takers).getBytes(UTF_8);
    cache.put(SOUND, soundName(key), Fingerprint.seal(lines));
  }

  private static String faultName(String key) {
    return Fingerprint.of(ThisMachine.sinceBoot(), key);
  }

  private static String soundName(String key) {
    return Fingerprint.of(ThisMachine.key(), key);
  }
}
