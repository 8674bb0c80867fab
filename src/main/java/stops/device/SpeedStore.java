package stops.device;

import java.util.Optional;

/** Keeps measured speeds from run to run. Thread-safe. */
interface SpeedStore {

  /** The speed that was last stored for {@code key}; empty if there is none, or a damaged one. */
  Optional<EngineSpeed> get(String key);

  /** Stores a speed if that is possible. */
  void put(String key, EngineSpeed speed);
}
