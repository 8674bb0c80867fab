package stops;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The API is small, declared in comments, and mentions only types of the API. */
class ApiTest {
  private static final int MOST_TYPES = 61;

  private static final JavaClasses CODE =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("stops");

  private static final Api REACHED = Api.of(CODE);

  @Test
  void everyPackageSaysWhetherItIsApi() {
    TreeSet<String> packages = new TreeSet<>();
    CODE.forEach(type -> packages.add(type.getPackageName()));
    assertEquals(
        List.of(),
        packages.stream()
            .filter(name -> Api.packageIsApi(name) == Api.packageIsInternal(name))
            .toList());
  }

  @Test
  void whatTheApiMentionsIsApi() {
    assertEquals(
        List.of(),
        REACHED.types().entrySet().stream()
            .filter(type -> !Api.isDeclared(type.getKey()))
            .map(type -> type.getKey() + ", which " + type.getValue() + " mentions")
            .toList());
  }

  @Test
  void whatTheApiMentionsIsPublic() {
    assertEquals(
        List.of(),
        REACHED.types().keySet().stream()
            .filter(type -> !CODE.get(type).getModifiers().contains(JavaModifier.PUBLIC))
            .toList());
  }

  @Test
  void aTypeThatSaysThatItIsApiIsMentioned() {
    assertEquals(
        List.of(),
        CODE.stream()
            .filter(type -> type.getModifiers().contains(JavaModifier.PUBLIC))
            .filter(JavaClass::isTopLevelClass)
            .map(JavaClass::getName)
            .filter(name -> !name.endsWith("package-info"))
            .filter(Api::typeIsApi)
            .filter(name -> !REACHED.types().containsKey(name))
            .toList());
  }

  /**
   * Checks the API with javac's doclint. Every type, method and constant has a comment. Every
   * record component has a line. Every reference resolves. Methods need no tags for parameters and
   * results. Compact constructors of records need no comment.
   */
  @Test
  void theApiIsDocumented(@TempDir Path classes) throws IOException {
    JavaCompiler javac = ToolProvider.getSystemJavaCompiler();
    DiagnosticCollector<JavaFileObject> found = new DiagnosticCollector<>();
    Set<Path> files = new TreeSet<>();
    REACHED.types().keySet().forEach(type -> files.add(Api.fileOf(type)));
    try (StandardJavaFileManager manager =
        javac.getStandardFileManager(found, Locale.ROOT, StandardCharsets.UTF_8)) {
      List<String> options =
          List.of(
              "-Xdoclint:all/protected",
              "-Xmaxwarns",
              "10000",
              "-proc:none",
              "-cp",
              System.getProperty("java.class.path"),
              "-d",
              classes.toString());
      boolean unused =
          javac
              .getTask(
                  null, manager, found, options, null, manager.getJavaFileObjectsFromPaths(files))
              .call();
    }
    List<String> missing = new ArrayList<>();
    for (Diagnostic<? extends JavaFileObject> each : found.getDiagnostics()) {
      JavaFileObject source = each.getSource();
      if (source != null && isMissing(each, source)) {
        missing.add(
            String.format(
                Locale.ROOT,
                "%s:%d: %s",
                source.getName(),
                each.getLineNumber(),
                each.getMessage(Locale.ROOT)));
      }
    }
    assertEquals(List.of(), missing);
  }

  private static boolean isMissing(Diagnostic<?> each, JavaFileObject source) throws IOException {
    String message = each.getMessage(Locale.ROOT);
    Path file = Path.of(source.getName());
    String line = Files.readAllLines(file).get((int) each.getLineNumber() - 1);
    if (message.startsWith("no @")) {
      return message.startsWith("no @param") && line.contains(" record ");
    }
    String type = String.valueOf(file.getFileName()).replace(".java", "");
    boolean compact = line.contains(" " + type + " {");
    return !compact;
  }

  @Test
  void theApiIsSmall() {
    assertTrue(
        REACHED.types().size() <= MOST_TYPES,
        () -> REACHED.types().size() + " types: " + REACHED.types().keySet());
  }
}
