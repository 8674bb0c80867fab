package stops.soak;

import java.util.Locale;
import java.util.concurrent.atomic.LongAdder;

/** What happened so far. Thread-safe. */
final class SoakCounts {
  final LongAdder conversions = new LongAdder();
  final LongAdder files = new LongAdder();
  final LongAdder interrupted = new LongAdder();
  final LongAdder cancelled = new LongAdder();

  /** Conversions whose arena was closed. */
  final LongAdder refused = new LongAdder();

  final LongAdder opened = new LongAdder();
  final LongAdder wrong = new LongAdder();

  /** Says what went wrong, and counts it. */
  void wrong(String what) {
    wrong.increment();
    System.out.println("wrong: " + what);
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%d conversions, %d files, %d interrupted, %d cancelled, %d refused, %d opened, %d wrong",
        conversions.sum(),
        files.sum(),
        interrupted.sum(),
        cancelled.sum(),
        refused.sum(),
        opened.sum(),
        wrong.sum());
  }
}
