package stops.device;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.Optional;
import stops.cache.Fingerprint;
import stops.cache.PrivateFolder;

/**
 * Keeps speeds in the user's cache, each in a text file of three lines: the key, the overhead in
 * seconds, the seconds per sample. Any other file is ignored. Thread-safe.
 */
final class SpeedFolder implements SpeedStore {
  private static final String FOLDER = "speed";

  private final PrivateFolder cache;

  SpeedFolder(PrivateFolder cache) {
    this.cache = cache;
  }

  @Override
  public Optional<EngineSpeed> get(String key) {
    return cache.get(FOLDER, fileName(key)).flatMap(content -> parse(key, content));
  }

  @Override
  public void put(String key, EngineSpeed speed) {
    String content = key + "\n" + speed.overheadSeconds() + "\n" + speed.secondsPerSample() + "\n";
    cache.put(FOLDER, fileName(key), content.getBytes(UTF_8));
  }

  private static Optional<EngineSpeed> parse(String key, byte[] content) {
    List<String> lines = new String(content, UTF_8).lines().toList();
    if (lines.size() != 3 || !lines.getFirst().equals(key)) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new EngineSpeed(Double.parseDouble(lines.get(1)), Double.parseDouble(lines.get(2))));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static String fileName(String key) {
    return Fingerprint.of(key) + ".txt";
  }
}
