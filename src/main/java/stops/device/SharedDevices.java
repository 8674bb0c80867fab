package stops.device;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import stops.engine.Chunk;
import stops.engine.Conversion;
import stops.engine.Engine;
import stops.engine.EngineFailure;
import stops.engine.EngineInfo;
import stops.engine.Tally;
import stops.opencl.api.OpenClDevice;

/**
 * Devices of which each is opened once. Who opens one again gets the same engine. It is closed when
 * this is closed and all who opened it have closed it, so that one that hangs stays open.
 * Thread-safe.
 */
final class SharedDevices implements Devices, AutoCloseable {
  private final Devices devices;
  private final Map<String, Shared> open = new LinkedHashMap<>();

  SharedDevices(Devices devices) {
    this.devices = devices;
  }

  @Override
  public Optional<List<String>> nothingButCpus() {
    return devices.nothingButCpus();
  }

  @Override
  public List<OpenClDevice> all() {
    return devices.all();
  }

  @Override
  public List<String> problems() {
    return devices.problems();
  }

  @Override
  public synchronized Engine open(OpenClDevice device) throws EngineFailure {
    Shared shared = open.get(device.id());
    if (shared == null) {
      shared = new Shared(devices.open(device));
      open.put(device.id(), shared);
    }
    return new View(shared);
  }

  @Override
  public synchronized void close() {
    List.copyOf(open.values()).reversed().forEach(Shared::release);
    open.clear();
  }

  /** An engine and the number of those who have it. */
  private static final class Shared {
    final Engine engine;
    private int owners = 1;

    Shared(Engine engine) {
      this.engine = engine;
    }

    synchronized void take() {
      owners++;
    }

    void release() {
      boolean last;
      synchronized (this) {
        last = --owners == 0;
      }
      if (last) {
        engine.close();
      }
    }
  }

  /** An engine as one of its owners has it. */
  private static final class View implements Engine {
    private final Shared shared;
    private boolean closed;

    View(Shared shared) {
      this.shared = shared;
      shared.take();
    }

    @Override
    public EngineInfo info() {
      return shared.engine.info();
    }

    @Override
    public boolean supports(Conversion conversion) {
      return shared.engine.supports(conversion);
    }

    @Override
    public long mostSamples(Conversion conversion, Chunk chunk) {
      return shared.engine.mostSamples(conversion, chunk);
    }

    @Override
    public Tally convert(Conversion conversion, Chunk chunk) throws EngineFailure {
      return shared.engine.convert(conversion, chunk);
    }

    @Override
    public List<Tally> convert(Conversion conversion, List<Chunk> chunks) throws EngineFailure {
      return shared.engine.convert(conversion, chunks);
    }

    @Override
    public void close() {
      boolean first;
      synchronized (this) {
        first = !closed;
        closed = true;
      }
      if (first) {
        shared.release();
      }
    }
  }
}
