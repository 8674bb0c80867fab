package stops.engine.pool;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import stops.engine.Chunk;
import stops.engine.Conversion;
import stops.engine.EngineFailure;
import stops.engine.EngineUse;
import stops.engine.Progress;
import stops.engine.Tally;

/**
 * Which engines of a pool do a conversion, chosen once for a buffer or for all strips of a file,
 * and what each of them did for it. Others are chosen only when all of these have failed.
 * Thread-safe.
 */
public final class EnginePlan {
  private final EnginePool pool;
  private final Conversion conversion;
  private final long samples;
  private final EnginePolicy policy;
  private final Ledger ledger;
  private final List<String> reasons = new CopyOnWriteArrayList<>();
  private volatile List<PoolEngine> engines = List.of();

  EnginePlan(
      EnginePool pool,
      Conversion conversion,
      long samples,
      EnginePolicy policy,
      List<PoolEngine> all) {
    this.pool = pool;
    this.conversion = conversion;
    this.samples = samples;
    this.policy = policy;
    ledger = new Ledger(all);
  }

  /**
   * Converts chunks as one job, with the calling thread alone, which suits callers with threads of
   * their own.
   *
   * @return what was met in each chunk
   * @throws EngineFailure if no engine is left that can do it; the targets then hold anything
   * @throws InterruptedException if the thread was interrupted; likewise
   * @throws java.util.concurrent.CancellationException if the pool was closed meanwhile; likewise
   */
  public List<Tally> convert(List<Chunk> chunks) throws EngineFailure, InterruptedException {
    return pool.run(this, chunks, Progress.NONE, 1);
  }

  /** What each engine did so far, those included that did nothing. */
  public List<EngineUse> uses() {
    return ledger.uses();
  }

  /** Why these engines did it, on one line. */
  public String reason() {
    return String.join("; then ", reasons);
  }

  Conversion conversion() {
    return conversion;
  }

  Ledger ledger() {
    return ledger;
  }

  /** The engines that shall do it. */
  List<PoolEngine> engines() {
    return engines;
  }

  /** Chooses among {@code able}, which is not empty, unless a chosen engine is among them. */
  synchronized void choose(List<PoolEngine> able) {
    if (able.stream().noneMatch(engines::contains)) {
      EngineChoice choice =
          policy.choose(able.stream().map(each -> each.engine).toList(), conversion, samples);
      engines = able.stream().filter(each -> choice.engines().contains(each.engine)).toList();
      reasons.add(choice.reason());
    }
  }
}
