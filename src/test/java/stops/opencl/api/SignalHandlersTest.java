package stops.opencl.api;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import stops.Command;
import stops.Required;

/** Handlers that drivers install are removed. All other handlers stay. */
final class SignalHandlersTest {
  @TempDir Path folder = Path.of("");

  private String run(List<String> options) throws Exception {
    Required.machine(Files.isDirectory(Path.of("/proc/self")), "signals have Linux's numbers");
    List<String> flags = new java.util.ArrayList<>(options);
    flags.add("--enable-native-access=ALL-UNNAMED");
    return Command.java(flags, SignalHandlersMain.class, library("taker"), library("other"))
        .output();
  }

  private String library(String name) throws Exception {
    Required.program("gcc");
    Path source = folder.resolve(name + ".c");
    Files.writeString(source, "void handle(int signal) {}\n");
    String library = folder.toRealPath().resolve(name + ".so").toString();
    String unused = Command.outputOf("gcc", "-shared", "-fPIC", "-o", library, source.toString());
    return library;
  }

  @Test
  void inSomebodysProgramAHandlerIsTakenBackOnlyFromWhatAChildHasNamed() throws Exception {
    assertEquals(
        """
        given back: true
        given back to another: true
        left to another: true
        takers: [taker.so]
        """,
        run(List.of()));
  }

  @Test
  void inAProcessOfOurOwnWhateverTakesAHandlerIsADriver() throws Exception {
    assertEquals(
        """
        given back: true
        given back to another: true
        left to another: false
        takers: [other.so, taker.so]
        """,
        run(List.of(OwnProcess.OPTION)));
  }
}
