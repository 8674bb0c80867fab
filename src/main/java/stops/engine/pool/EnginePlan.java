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
 * The engines of a pool that do one conversion, with an account of their work. They are chosen once
 * for a buffer or for all strips of a file. Others are chosen only when all of these have failed.
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
   * Converts chunks as one job on the calling thread alone, for callers that have threads of their
   * own.
   *
   * @return the tally of each chunk, in the order of {@code chunks}
   * @throws EngineFailure if no engine is left that can do it. After this and the other exceptions,
   *     the content of the targets is undefined
   * @throws InterruptedException if the thread was interrupted
   * @throws java.util.concurrent.CancellationException if the pool was closed meanwhile
   */
  public List<Tally> convert(List<Chunk> chunks) throws EngineFailure, InterruptedException {
    return pool.run(this, chunks, Progress.NONE, 1);
  }

  /** The work of each engine so far, including engines that did nothing. */
  public List<EngineUse> uses() {
    return ledger.uses();
  }

  /** Why these engines were chosen, on one line. */
  public String reason() {
    return String.join("; then ", reasons);
  }

  Conversion conversion() {
    return conversion;
  }

  Ledger ledger() {
    return ledger;
  }

  /** The chosen engines. */
  List<PoolEngine> engines() {
    return engines;
  }

  /**
   * Chooses among {@code able}, which is not empty. Keeps the last choice if one of its engines is
   * in {@code able}.
   */
  synchronized void choose(List<PoolEngine> able) {
    if (able.stream().noneMatch(engines::contains)) {
      EngineChoice choice =
          policy.choose(able.stream().map(each -> each.engine).toList(), conversion, samples);
      engines = able.stream().filter(each -> choice.engines().contains(each.engine)).toList();
      reasons.add(choice.reason());
    }
  }
}
