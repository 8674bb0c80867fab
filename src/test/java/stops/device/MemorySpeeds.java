package stops.device;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Speeds that are forgotten at the end of a test. */
final class MemorySpeeds implements SpeedStore {
  final Map<String, EngineSpeed> speeds = new ConcurrentHashMap<>();

  @Override
  public Optional<EngineSpeed> get(String key) {
    return Optional.ofNullable(speeds.get(key));
  }

  @Override
  public void put(String key, EngineSpeed speed) {
    speeds.put(key, speed);
  }
}
