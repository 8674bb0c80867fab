package stops.engine.pool;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import stops.engine.EngineFault;
import stops.engine.EngineUse;

/** Sums up the work of each engine: samples, pieces, seconds and faults. Thread-safe. */
final class Ledger {
  private final Map<PoolEngine, Account> accounts = new LinkedHashMap<>();

  private static final class Account {
    long samples;
    long chunks;
    double busySeconds;
    final List<EngineFault> faults = new ArrayList<>();
  }

  Ledger(List<PoolEngine> engines) {
    engines.forEach(engine -> accounts.put(engine, new Account()));
  }

  synchronized void done(PoolEngine engine, long samples, double seconds) {
    Account account = account(engine);
    account.samples += samples;
    account.chunks++;
    account.busySeconds += seconds;
  }

  synchronized void failed(PoolEngine engine, EngineFault fault) {
    account(engine).faults.add(fault);
  }

  synchronized List<EngineUse> uses() {
    List<EngineUse> uses = new ArrayList<>();
    accounts.forEach((engine, account) ->
        uses.add(
            new EngineUse(
                engine.info,
                engine.reason,
                account.samples,
                account.chunks,
                account.busySeconds,
                account.faults)));
    return uses;
  }

  private Account account(PoolEngine engine) {
    return accounts.computeIfAbsent(engine, absent -> new Account());
  }
}
