package stops.opencl.trial;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import stops.Command;
import stops.cache.PrivateFolder;
import stops.opencl.ChildJvm;
import stops.opencl.trial.UseMarks.Death;

/** A process learns how those before it died that used a device. */
final class UseMarksTest {
  @TempDir Path folder = Path.of("");

  private UseMarks marks() {
    return new UseMarks(new PrivateFolder(folder.resolve("cache")));
  }

  private void use(String state, String end) throws Exception {
    ChildJvm.run(
        UseMain.class, Map.of(), List.of(), folder.resolve("cache").toString(), state, end);
  }

  private Optional<Death> death() {
    return marks().takeDeath(UseMain.KEY);
  }

  @Test
  void whoEndsProperlyLeavesNothing() throws Exception {
    use("starting", "exit");
    use("working", "exit");
    assertEquals(Optional.empty(), death());
  }

  @Test
  void aProcessThatDiedIsFoundOnce() throws Exception {
    use("starting", "halt");
    assertEquals(Optional.empty(), marks().takeDeath("another device"));
    assertEquals(Optional.of(Death.STARTING), death());
    assertEquals(Optional.empty(), death());
  }

  @Test
  void aSecondDeathIsToldFromTheFirst() throws Exception {
    use("working", "halt");
    assertEquals(Optional.of(Death.WORKING), death());
    use("working", "halt");
    assertEquals(Optional.of(Death.WORKING_AGAIN), death());
  }

  @Test
  void aProperEndBetweenTwoDeathsMakesUpForTheFirst() throws Exception {
    use("working", "halt");
    assertEquals(Optional.of(Death.WORKING), death());
    use("working", "exit");
    use("working", "halt");
    assertEquals(Optional.of(Death.WORKING), death());
  }

  /** Programs that use the library need not close it before they end. */
  @Test
  void whoNeverClosesWhatItUsesIsNotBlamedForIt() throws Exception {
    for (int time = 0; time < 2; time++) {
      List<String> options = List.of();
      Command.java(options, UseMain.class, folder.resolve("cache").toString(), "working", "exit")
          .output();
      assertEquals(Optional.of(Death.UNEXPLAINED), death());
    }
  }

  @Test
  void aLivingProcessIsNotDead() {
    try (UseMark mark = marks().begin(UseMain.KEY);
        UseMark.Starting starting = mark.starting()) {
      assertEquals(Optional.empty(), death());
    }
    assertEquals(Optional.empty(), death());
  }
}
