package stops.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import stops.cli.syntax.Command;
import stops.cli.terminal.ProgressBar;

class ParagraphsTest {

  @ParameterizedTest
  @ValueSource(ints = {20, 40, 57, 80, 200})
  void textFitsTheTerminalAndLosesNoWord(int columns) {
    for (Command command :
        new Command[] {
          new ConvertCommand(), new BenchCommand(), new InfoCommand(), new DevicesCommand(),
        }) {
      String help = command.syntax().help(columns);
      assertTrue(help.lines().allMatch(line -> line.length() < columns), help);
      assertEquals(
          command.syntax().help(500).replaceAll("\\s+", " "), help.replaceAll("\\s+", " "));
    }
    assertTrue(Help.text(columns).lines().allMatch(line -> line.length() < columns));
  }

  @ParameterizedTest
  @ValueSource(ints = {9, 10, 20, 80})
  void theProgressBarLeavesTheLastColumnFree(int columns) {
    for (int done : new int[] {0, 1, 99, 1000}) {
      String line = ProgressBar.line(done, 1000, columns);
      assertTrue(line.length() < columns, line);
      assertTrue(line.endsWith(100 * done / 1000 + " %"), line);
    }
  }
}
