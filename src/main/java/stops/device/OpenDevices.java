package stops.device;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import stops.cache.PrivateFolder;
import stops.engine.pool.EnginePool;

/**
 * Devices that stay open from one job to the next. Each device is looked for and opened once,
 * whatever the jobs call it. One that fails is out for the jobs that follow. Thread-safe.
 */
public final class OpenDevices implements AutoCloseable {
  /** More choices than there are sensible ones. Beyond that, the one not used for longest goes. */
  static final int MOST_CHOICES = 16;

  private final SharedDevices devices;
  private final SpeedStore speeds;
  private final Map<List<String>, EnginePool> pools = new LinkedHashMap<>(16, 0.75f, true);

  /** The devices of this machine. None is looked for yet. */
  public OpenDevices() {
    this(new ProbedDevices(), new SpeedFolder(PrivateFolder.ofUser()));
  }

  OpenDevices(Devices devices, SpeedStore speeds) {
    this.devices = new SharedDevices(devices);
    this.speeds = speeds;
  }

  /**
   * The engines of the devices that {@code choice} names. They are closed by this, not by the
   * caller. Those of the last {@value #MOST_CHOICES} choices are open.
   *
   * @throws DeviceUnavailable if a device that was named is absent or cannot be used
   */
  public synchronized EnginePool of(DeviceChoice choice) throws DeviceUnavailable {
    EnginePool pool = pools.get(choice.key());
    if (pool == null) {
      pool = choice.open(devices, speeds);
      pools.put(choice.key(), pool);
      if (pools.size() > MOST_CHOICES) {
        close(pools.keySet().iterator().next());
      }
    }
    return pool;
  }

  private void close(List<String> key) {
    EnginePool pool = pools.remove(key);
    if (pool != null) {
      pool.close();
    }
  }

  @Override
  public synchronized void close() {
    new ArrayList<>(pools.keySet()).reversed().forEach(this::close);
    devices.close();
  }
}
