package stops.device;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import stops.cache.PrivateFolder;

/**
 * Keeps speeds in the user's cache, one small text file each: the key, then the overhead in seconds
 * and the seconds per sample. A file that is not like that is ignored. Thread-safe.
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
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(key.getBytes(UTF_8));
      return HexFormat.of().formatHex(digest, 0, 16) + ".txt";
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
