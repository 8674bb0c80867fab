package stops;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequiredTest {
  private static final String[] DEMANDS = {"stops.requireAll", "stops.requireAll"};

  private final String[] before = new String[DEMANDS.length];

  @BeforeEach
  void demandNothing() {
    for (int i = 0; i < DEMANDS.length; i++) {
      before[i] = System.getProperty(DEMANDS[i], "false");
      System.setProperty(DEMANDS[i], "false");
    }
  }

  @AfterEach
  void demandWhatWasDemanded() {
    for (int i = 0; i < DEMANDS.length; i++) {
      System.setProperty(DEMANDS[i], before[i]);
    }
  }

  private static String outcomeOfMissing() {
    Throwable thrown = assertThrows(Throwable.class, () -> Required.program("no such program"));
    assertEquals(
        thrown.getClass(),
        assertThrows(Throwable.class, () -> Required.success("no such program")).getClass());
    return thrown.getClass().getSimpleName();
  }

  @Test
  void whatIsMissingSkipsTheTest() {
    assertEquals("TestAbortedException", outcomeOfMissing());
  }

  @ParameterizedTest
  @ValueSource(strings = "stops.requireAll")
  void whatIsMissingFailsTheTestWhereItIsDemanded(String property) {
    System.setProperty(property, "true");
    assertEquals("AssertionFailedError", outcomeOfMissing());
  }

  @Test
  void whatIsThereDoesNeither() throws Exception {
    Required.program("sh");
    Required.success("sh", "-c", "exit 0");
  }
}
