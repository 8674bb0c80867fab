package stops.engine;

import java.util.Locale;

/** {@link SpotCheck}s of all parts of a chunk. Confined to one thread at a time. */
final class SpotChecks implements PartCheck {
  private final Engine trusted;
  private final Conversion conversion;
  private long checkedSamples;

  /**
   * Checks of a chunk.
   *
   * @param trusted what knows the right results
   */
  SpotChecks(Engine trusted, Conversion conversion) {
    this.trusted = trusted;
    this.conversion = conversion;
  }

  @Override
  public Pending begin(Chunk part) {
    SpotCheck check = new SpotCheck(trusted, conversion, part);
    check.mark();
    return tally -> {
      check.verify(tally);
      checkedSamples += part.samples();
    };
  }

  /** Fails if parts of {@code chunk} were not shown. */
  void requireAll(Chunk chunk) throws EngineFailure {
    if (checkedSamples != chunk.samples()) {
      throw new EngineFailure(
          String.format(
              Locale.ROOT,
              "spot check: %d of %d samples were shown",
              checkedSamples,
              chunk.samples()));
    }
  }
}
