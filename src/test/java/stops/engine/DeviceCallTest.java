package stops.engine;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.SynchronousQueue;
import org.junit.jupiter.api.Test;
import stops.cpu.ScalarEngine;
import stops.engine.FaultyEngine.When;

class DeviceCallTest {
  private static final Conversion FLOATS =
      Conversion.of(Direction.TO_EXPOSURE, SampleType.FLOAT32, SampleType.FLOAT32);

  /** A busy machine takes its time; twenty times in a row longer and longer it does not take. */
  private static final int PARTS = 20;

  /** How long the device had stood still, whenever somebody looked. */
  private final SynchronousQueue<Long> looks = new SynchronousQueue<>();

  /**
   * Shows parts until one of them was seen as progress: it has stood still for less than before.
   */
  private final class Slow extends FaultyEngine {
    private final boolean ends;

    Slow(boolean ends) {
      super(
          "0:0",
          new ScalarEngine(),
          When.never(),
          (real, conversion, chunk) -> real.convert(conversion, chunk));
      this.ends = ends;
    }

    @Override
    public Tally convert(Conversion conversion, Chunk chunk, PartCheck check) throws EngineFailure {
      PartCheck.Pending first = check.begin(chunk);
      long before = look();
      for (int part = 0; part < PARTS; part++) {
        if (ends) {
          first.end(new Tally(1));
        } else {
          check.begin(chunk);
        }
        long now = look();
        if (now < before) {
          return new Tally(1);
        }
        before = now;
      }
      throw new EngineFailure("no part was seen as progress");
    }

    private long look() throws EngineFailure {
      try {
        return looks.take();
      } catch (InterruptedException e) {
        throw new EngineFailure("interrupted", e);
      }
    }
  }

  @Test
  void aPartThatBeginsIsProgress() throws Exception {
    call(new Slow(false));
  }

  @Test
  void aPartThatEndsIsProgress() throws Exception {
    call(new Slow(true));
  }

  private void call(Engine engine) throws Exception {
    KnownChunk some = KnownChunk.random(FLOATS, 100, 1);
    DeviceCall call = new DeviceCall(engine, FLOATS, some.chunk, part -> tally -> {});
    Thread.ofPlatform().daemon().start(call);
    assertTrue(
        call.await(nanos -> {
          boolean unused = looks.offer(nanos);
          return false;
        }));
    Tally unused = call.result();
  }
}
