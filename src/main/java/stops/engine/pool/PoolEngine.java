package stops.engine.pool;

import java.util.ArrayList;
import java.util.List;
import stops.engine.Conversion;
import stops.engine.Direction;
import stops.engine.Engine;
import stops.engine.EngineFault;
import stops.engine.EngineInfo;
import stops.engine.SampleType;

/**
 * An engine of a pool, with its state there: free lanes, measured speed, and whether it is
 * excluded. Guarded by the lock of its {@link LeaseQueue}.
 */
final class PoolEngine {
  /**
   * The least samples of a piece that shows an engine's speed. In smaller ones the overhead
   * dominates.
   */
  static final long TELLING_SAMPLES = 1 << 16;

  private static final int TYPES = SampleType.values().length;

  private static final int KINDS = Direction.values().length * TYPES * TYPES;

  final Engine engine;
  final EngineInfo info;
  final String reason;

  private final double[] samplesPerSecond = new double[KINDS];
  private final int[] pieces = new int[KINDS];
  private final List<EngineFault> faults = new ArrayList<>();
  private int freeLanes;
  private boolean out;
  private boolean onTrial;
  private double waitedSeconds;
  private volatile long progressNanos = System.nanoTime();

  PoolEngine(PoolMember member) {
    engine = member.engine();
    info = engine.info();
    reason = member.reason();
    freeLanes = info.lanes();
  }

  /**
   * Whether the engine is this program's own code, so that it cannot hang, nor tear or lose data.
   */
  boolean trusted() {
    return info.kind().isOwn();
  }

  /** Whether the engine computes on the host's cores, which all such engines share. */
  boolean onHostCores() {
    return trusted() || info.kind() == EngineInfo.Kind.OPENCL_CPU;
  }

  boolean works() {
    return !out;
  }

  boolean idle() {
    return freeLanes == info.lanes();
  }

  boolean hasFreeLane() {
    return freeLanes > 0;
  }

  void takeLane(boolean trial) {
    freeLanes--;
    onTrial |= trial;
  }

  /** Whether the engine is converting a piece that measures its speed. See {@link HostCores}. */
  boolean onTrial() {
    return onTrial;
  }

  void endTrial() {
    onTrial = false;
  }

  void freeLane() {
    freeLanes++;
  }

  void takeOut(EngineFault fault) {
    out = true;
    faults.add(fault);
  }

  List<EngineFault> faults() {
    return faults;
  }

  /** Samples per second of one lane; 0 if unknown. */
  double laneRate(Conversion conversion) {
    return samplesPerSecond[pairing(conversion)];
  }

  /** Samples per second of all lanes together; 0 if unknown. */
  double rate(Conversion conversion) {
    return laneRate(conversion) * info.lanes();
  }

  /** The number of pieces converted. */
  int pieces(Conversion conversion) {
    return pieces[pairing(conversion)];
  }

  /** Seconds that the host's cores worked for other engines since the last piece of this one. */
  double waitedSeconds() {
    return waitedSeconds;
  }

  void waited(double seconds) {
    waitedSeconds += seconds;
  }

  void measured(Conversion conversion, long samples, double seconds) {
    waitedSeconds = 0;
    progressNanos = System.nanoTime();
    int at = pairing(conversion);
    if (pieces[at]++ == 0) {
      return; // The first piece is not timed: programs are built and code is compiled.
    }
    double rate = samples / Math.max(seconds, 1e-9);
    if (samplesPerSecond[at] == 0) {
      samplesPerSecond[at] = rate;
    } else if (samples >= TELLING_SAMPLES || rate > samplesPerSecond[at]) {
      samplesPerSecond[at] = (samplesPerSecond[at] + rate) / 2;
    }
  }

  /** The time at which the last piece was done, by {@link System#nanoTime}. Needs no lock. */
  long progressNanos() {
    return progressNanos;
  }

  private static int pairing(Conversion conversion) {
    return (conversion.direction().ordinal() * TYPES + conversion.source().ordinal()) * TYPES
        + conversion.target().ordinal();
  }
}
