package stops.opencl.trial;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import stops.cache.Fingerprint;
import stops.cache.PrivateFolder;
import stops.cache.ThisMachine;
import stops.opencl.api.OwnProcess;

/**
 * The marks of processes that use drivers and devices. A driver may bring a process down though it
 * passed its trial. The marks of processes that died tell so. Thread-safe, also among processes.
 */
final class UseMarks {
  private static final String FOLDER = "uses";

  /** The folder of what was used when a process died. The next clean end removes it. */
  private static final String SUSPECTS = "suspects";

  /** How far two readings of the start of a process may differ, in seconds. */
  private static final long START_SECONDS = 10;

  private final PrivateFolder cache;

  UseMarks(PrivateFolder cache) {
    this.cache = cache;
  }

  /** How a process died that used drivers. */
  enum Death {
    /** It ended without removing its mark, which other programs than Stops need not do. */
    UNEXPLAINED,
    /** Users and systems may have ended it, or the drivers. */
    WORKING,
    /** So did the process before it. */
    WORKING_AGAIN,
    /** It died during the drivers' first calls, which are short. They are the likely reason. */
    STARTING
  }

  /** Marks that this process uses the drivers or the device of {@code key}. */
  UseMark begin(String key) {
    ProcessHandle own = ProcessHandle.current();
    String name =
        String.format(
            Locale.ROOT,
            "%s.%d.%d.%s",
            prefix(key),
            own.pid(),
            startSeconds(own),
            UUID.randomUUID());
    File file = new File(cache, prefix(key), name);
    UseMark mark = new UseMark(file);
    file.removeAtExit(mark);
    return mark;
  }

  /**
   * The file of a mark. In a process of Stops' own, every end that is none of a driver removes it.
   */
  private static final class File implements UseMark.Store {
    private final PrivateFolder cache;
    private final String suspect;
    private final String name;
    private @Nullable Thread atExit;

    File(PrivateFolder cache, String suspect, String name) {
      this.cache = cache;
      this.suspect = suspect;
      this.name = name;
    }

    void removeAtExit(UseMark mark) {
      if (OwnProcess.isThis()) {
        Thread hook = new Thread(mark::close, "stops-use");
        try {
          Runtime.getRuntime().addShutdownHook(hook);
          atExit = hook;
        } catch (IllegalStateException e) {
          // The process is ending.
        }
      }
    }

    @Override
    public void write(boolean starting) {
      Death ifItDies =
          starting ? Death.STARTING : OwnProcess.isThis() ? Death.WORKING : Death.UNEXPLAINED;
      cache.put(FOLDER, name, ifItDies.name().getBytes(UTF_8));
    }

    @Override
    public void remove() {
      cache.remove(FOLDER, name);
      cache.remove(SUSPECTS, suspect);
      if (atExit != null) {
        try {
          Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IllegalStateException e) {
          // The process is ending.
        }
      }
    }
  }

  /**
   * How the last processes died that used the drivers or the device of {@code key}; empty if none
   * did since this was last asked.
   */
  Optional<Death> takeDeath(String key) {
    Death worst = null;
    for (String name : cache.names(FOLDER, prefix(key) + ".")) {
      if (!isOfLivingProcess(name)) {
        Death death = death(cache.get(FOLDER, name));
        cache.remove(FOLDER, name);
        worst = worst == null || death.compareTo(worst) > 0 ? death : worst;
      }
    }
    if (worst == Death.WORKING) {
      if (cache.get(SUSPECTS, prefix(key)).isPresent()) {
        worst = Death.WORKING_AGAIN;
      }
      cache.put(SUSPECTS, prefix(key), new byte[0]);
    }
    return Optional.ofNullable(worst);
  }

  private static Death death(Optional<byte[]> content) {
    String name = content.map(bytes -> new String(bytes, UTF_8)).orElse("");
    for (Death death : Death.values()) {
      if (death.name().equals(name)) {
        return death;
      }
    }
    return Death.UNEXPLAINED;
  }

  private static boolean isOfLivingProcess(String name) {
    String[] parts = name.split("\\.");
    try {
      long start = Long.parseLong(parts[2]);
      return ProcessHandle.of(Long.parseLong(parts[1]))
          .filter(ProcessHandle::isAlive)
          .filter(process -> Math.abs(startSeconds(process) - start) <= START_SECONDS)
          .isPresent();
    } catch (NumberFormatException | IndexOutOfBoundsException e) {
      return true; // It is no mark.
    }
  }

  private static long startSeconds(ProcessHandle process) {
    return process.info().startInstant().map(Instant::getEpochSecond).orElse(0L);
  }

  /** The same for processes that see one another, since the last start of the machine. */
  private static String prefix(String key) {
    return Fingerprint.of(ThisMachine.sinceBoot(), processSpace(), key).substring(0, 32);
  }

  private static String processSpace() {
    try {
      return Files.readSymbolicLink(Path.of("/proc/self/ns/pid")).toString();
    } catch (IOException | UnsupportedOperationException e) {
      return "";
    }
  }
}
