package stops;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The limits of ci/house: a package that one can overlook, and an API that one can learn. */
class HouseTest {
  @TempDir Path folder = Path.of("");

  private void write(String file, String text) throws Exception {
    Path path = folder.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
  }

  private void write(String name, int count, String text) throws Exception {
    for (int i = 0; i < count; i++) {
      write(name + i + ".java", String.format(java.util.Locale.ROOT, text, i));
    }
  }

  private Command.Result house() throws Exception {
    return Command.of("ci/house", folder.toString()).run();
  }

  @Test
  void thePackagesAndTheApiAreSmall() throws Exception {
    String house = Command.outputOf("ci/house");
    System.out.print(house);
    assertTrue(house.contains("\nAPI types: "), house);
  }

  @Test
  void packagesAndTypesAreCounted() throws Exception {
    write("a/package-info.java", "/**\n * A.\n *\n * <p>API: all.\n */\npackage a;\n");
    write("a/A", 2, "package a;\n\npublic final class A%d {}\n");
    write("a/b/package-info.java", "/**\n * B.\n *\n * <p>Internal: all.\n */\npackage a.b;\n");
    write("a/b/B", 3, "package a.b;\n\npublic sealed interface B%d {}\n");
    write("a/b/C", 1, "/**\n * C.\n *\n * <p>API: it.\n */\npublic record C%d() {}\n");
    write("a/b/D", 1, "enum D%d {\n  ONE\n}\n");
    assertEquals(
        """
         files   lines  public   API  package
             3      12       2     2  a
             6      24       4     1  a.b
             9      36       6     3  in 2 packages

        largest package: a.b, 6 files (at most 40)
        public types: 6 of 7
        API types: 3 (at most 53)
        """,
        house().output());
  }

  @Test
  void aPackageThatIsTooLargeIsAFailure() throws Exception {
    write("a/A", 40, "class A%d {}\n");
    assertEquals(0, house().status());
    write("a/B", 1, "class B%d {}\n");
    assertEquals(1, house().status());
  }

  @Test
  void anApiThatIsTooLargeIsAFailure() throws Exception {
    String api = "/**\n * A.\n *\n * <p>API: it.\n */\npublic class A%d {}\n";
    write("a/A", 27, api);
    write("b/A", 26, api);
    assertEquals(0, house().status());
    write("c/A", 1, api);
    assertEquals(1, house().status());
  }
}
