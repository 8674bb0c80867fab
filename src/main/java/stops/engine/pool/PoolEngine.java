package stops.engine.pool;

import java.util.ArrayList;
import java.util.List;
import stops.engine.Conversion;
import stops.engine.Engine;
import stops.engine.EngineFault;
import stops.engine.EngineInfo;
import stops.engine.SampleType;

/**
 * An engine of a pool and what the pool knows of it: free lanes, speed, and whether it is out.
 * Guarded by the lock of its {@link LeaseQueue}.
 */
final class PoolEngine {
  /** Pieces below this are too short to tell an engine's speed from its overhead. */
  static final long TELLING_SAMPLES = 1 << 16;

  private static final int TYPES = SampleType.values().length;

  final Engine engine;
  final EngineInfo info;
  final String reason;

  private final double[] samplesPerSecond = new double[2 * TYPES * TYPES];
  private final int[] pieces = new int[2 * TYPES * TYPES];
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

  /** Whether it runs in this process under our own control: it cannot hang, tear or lose data. */
  boolean trusted() {
    return info.kind().isOwn();
  }

  /** Whether it computes on the host's own cores, which all such engines share. */
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

  /** Whether it was given a piece to see how fast it is, and has not done it yet. */
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

  /** Samples per second of one lane, or 0 as long as it is not known. */
  double laneRate(Conversion conversion) {
    return samplesPerSecond[pairing(conversion)];
  }

  /** Samples per second of all lanes, or 0 as long as it is not known. */
  double rate(Conversion conversion) {
    return laneRate(conversion) * info.lanes();
  }

  /** How many pieces it has done. */
  int pieces(Conversion conversion) {
    return pieces[pairing(conversion)];
  }

  /** Seconds that the host's cores worked for others since it had a piece. */
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
      return; // What a first piece takes, others do not: programs are made, code is compiled.
    }
    double rate = samples / Math.max(seconds, 1e-9);
    if (samplesPerSecond[at] == 0) {
      samplesPerSecond[at] = rate;
    } else if (samples >= TELLING_SAMPLES || rate > samplesPerSecond[at]) {
      samplesPerSecond[at] = (samplesPerSecond[at] + rate) / 2;
    }
  }

  /** When a piece was last done, by {@link System#nanoTime}. Needs no lock. */
  long progressNanos() {
    return progressNanos;
  }

  private static int pairing(Conversion conversion) {
    return (conversion.direction().ordinal() * TYPES + conversion.source().ordinal()) * TYPES
        + conversion.target().ordinal();
  }
}
