package stops.opencl.trial;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import stops.cache.PrivateFolder;
import stops.opencl.trial.DeviceVerdict.Outcome;

/** Faults that a busy machine may have caused are not remembered for long. */
final class ProbeMemoryTest {
  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

  @TempDir Path folder = Path.of("");

  private ProbeMemory at(Instant time) {
    return new ProbeMemory(new PrivateFolder(folder.resolve("cache")), InstantSource.fixed(time));
  }

  private Optional<String> fault(Instant time) {
    return at(time).fault("key").map(DeviceVerdict::text);
  }

  @Test
  void aCrashIsRememberedUntilTheMachineRestarts() {
    at(NOON).noteFault("key", new DeviceVerdict(Outcome.CRASHED, "crashed"));
    String text = "crashed at 2026-01-01T12:00:00Z";
    assertEquals(Optional.of(text), fault(NOON));
    assertEquals(Optional.of(text), fault(NOON.plus(300, ChronoUnit.DAYS)));
    assertEquals(Optional.of(text), fault(NOON.minus(300, ChronoUnit.DAYS)));
  }

  @Test
  void whatABusyMachineMayHaveCausedIsTriedAgainAfterMinutes() {
    for (Outcome outcome : List.of(Outcome.TIMED_OUT, Outcome.KILLED)) {
      at(NOON).noteFault("key", new DeviceVerdict(outcome, "ended"));
      assertTrue(fault(NOON).isPresent());
      assertTrue(fault(NOON.plusSeconds(599)).isPresent());
      assertEquals(Optional.empty(), fault(NOON.plusSeconds(600)));
      assertEquals(Optional.empty(), fault(NOON.minusSeconds(1)));
    }
  }

  @Test
  void aDamagedEntryIsNone() {
    PrivateFolder cache = new PrivateFolder(folder.resolve("cache"));
    at(NOON).noteFault("key", new DeviceVerdict(Outcome.CRASHED, "crashed"));
    for (String name : cache.names("faults", "")) {
      cache.put(
          "faults",
          name,
          stops.cache.Fingerprint.seal(
              "{\"outcome\":\"CRASHED\"}".getBytes(java.nio.charset.StandardCharsets.UTF_8)));
    }
    assertEquals(Optional.empty(), fault(NOON));
  }

  @Test
  void aFaultTakesBackThatDriversAreSound() {
    at(NOON).noteSound("key", List.of("taker"));
    assertEquals(Optional.of(List.of("taker")), at(NOON).takers("key"));
    at(NOON).noteFault("key", new DeviceVerdict(Outcome.TIMED_OUT, "ended"));
    assertEquals(Optional.empty(), at(NOON).takers("key"));
  }
}
