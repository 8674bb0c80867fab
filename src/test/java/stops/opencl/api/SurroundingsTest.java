package stops.opencl.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import stops.Required;
import stops.opencl.ChildJvm;

/** A verdict is valid only in the same surroundings. */
final class SurroundingsTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "POCL_DEVICES", "POCL_CACHE_DIR", "OCL_ICD_FILENAMES", "RUSTICL_ENABLE", "LD_LIBRARY_PATH",
        "LD_PRELOAD", "CUDA_VISIBLE_DEVICES", "LP_NUM_THREADS", "HOME", "LC_ALL"
      })
  void aDriversSettingMakesOtherSurroundings(String name) {
    assertNotEquals(
        Surroundings.variables(Map.of()), Surroundings.variables(Map.of(name, "another")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"EDITOR", "PWD", "STOPS_JAVA_OPTS", "OLDPWD", "OCL_ICD_VENDORS"})
  void whatNoDriverReadsDoesNot(String name) {
    assertEquals(Surroundings.variables(Map.of()), Surroundings.variables(Map.of(name, "another")));
  }

  @Test
  void theyAreTheSameInTheNextProcess() throws Exception {
    assertEquals(surroundings(List.of()), surroundings(List.of()));
  }

  @Test
  void aSystemFolderThatIsHiddenMakesOtherSurroundings() throws Exception {
    List<String> hidden =
        List.of("unshare", "--mount", "sh", "-c", "mount -t tmpfs none /sys && exec \"$@\"", "-");
    Required.machine(
        canRun(List.of("unshare", "--mount", "mount", "-t", "tmpfs", "none", "/sys")),
        "this user cannot hide a folder");
    assertNotEquals(surroundings(List.of()), surroundings(hidden));
  }

  private static boolean canRun(List<String> command) throws Exception {
    try {
      return new ProcessBuilder(command).start().waitFor() == 0;
    } catch (java.io.IOException e) {
      return false;
    }
  }

  private static String surroundings(List<String> prefix) throws Exception {
    return ChildJvm.run(prefix, SurroundingsMain.class, Map.of(), List.of());
  }
}
