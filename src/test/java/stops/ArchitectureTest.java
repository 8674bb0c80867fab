package stops;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.lang.foreign.Linker;
import java.net.Authenticator;
import java.security.Security;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TimeZone;
import javax.imageio.ImageIO;
import javax.imageio.spi.ServiceRegistry;
import org.junit.jupiter.api.Test;
import stops.image.ImageFormat;

/** The dependencies that packages may have. */
class ArchitectureTest {
  private static final JavaClasses CODE =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("stops");

  @Test
  void onlyOnePackageKnowsTheOpenClBinding() {
    noClasses()
        .that()
        .resideOutsideOfPackage("stops.opencl.api")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.jocl..")
        .check(CODE);
  }

  @Test
  void onlyOnePackageKnowsVectors() {
    noClasses()
        .that()
        .resideOutsideOfPackage("stops.cpu")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("jdk.incubator.vector..")
        .check(CODE);
  }

  @Test
  void enginesKnowNoFilesAndFilesKnowNoDevices() {
    noClasses()
        .that()
        .resideInAnyPackage(
            "stops.engine",
            "stops.math",
            "stops.cpu",
            "stops.opencl..",
            "stops.device",
            "stops.cache")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "stops.image",
            "stops.format..",
            "stops.exr..",
            "stops.strip",
            "stops.convert",
            "stops.sequence",
            "stops.stats",
            "stops.display",
            "stops.wedge",
            "stops.view",
            "stops.cli..")
        .check(CODE);
    noClasses()
        .that()
        .resideInAnyPackage("stops.image", "stops.format..", "stops.exr..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "stops.cpu",
            "stops.opencl..",
            "stops.device",
            "stops.strip",
            "stops.convert",
            "stops.sequence",
            "stops.stats",
            "stops.display",
            "stops.wedge",
            "stops.view",
            "stops.cli..")
        .check(CODE);
  }

  @Test
  void openExrStandsAloneAndItsCodecsKnowNoHeaders() {
    classes()
        .that()
        .resideInAPackage("stops.exr..")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage("stops.exr..", "stops.text", "java..", "org.jspecify..")
        .check(CODE);
    classes()
        .that()
        .resideInAPackage("stops.exr.codec")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "stops.exr.codec",
            "stops.exr.deflate",
            "stops.exr.transform",
            "java..",
            "org.jspecify..")
        .check(CODE);
  }

  @Test
  void formatsKnowOneAnotherNot() {
    String shared = "stops.format.flat";
    List<String> rooms =
        List.of(
            "stops.format.npy", "stops.format.pfm", "stops.format.radiance", "stops.format.tiff");
    for (String room : rooms) {
      classes()
          .that()
          .resideInAPackage(room)
          .should()
          .onlyDependOnClassesThat(
              resideOutsideOfPackages("stops.format..", "stops.exr..")
                  .or(resideInAnyPackage(room, shared)))
          .check(CODE);
      classes()
          .that()
          .resideInAPackage(room)
          .and()
          .arePublic()
          .should()
          .implement(ImageFormat.class)
          .check(CODE);
    }
    classes()
        .that()
        .resideInAPackage(shared)
        .should()
        .onlyDependOnClassesThat(
            resideOutsideOfPackages("stops.format..", "stops.exr..").or(resideInAPackage(shared)))
        .check(CODE);
  }

  @Test
  void waitingAndTextKnowNothingOfWhatTheyAreUsedFor() {
    for (String floor : List.of("stops.waiting", "stops.text")) {
      classes()
          .that()
          .resideInAPackage(floor)
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(floor, "java..", "org.jspecify..")
          .check(CODE);
    }
  }

  /** Text from files and drivers is escaped there. */
  @Test
  void allTextTakesOneWayOut() {
    Set<String> mayPrint =
        Set.of(
            "stops.cli.terminal.Console",
            "stops.cli.terminal.StandardOutput",
            // Prints numbers, by the million.
            "stops.cli.ScalarCommand",
            // A child process, whose output another one reads.
            "stops.opencl.trial.DeviceProbe");
    noClasses()
        .that(
            DescribedPredicate.describe(
                "may not print", type -> !mayPrint.contains(type.getName())))
        .should()
        .accessField(System.class, "out")
        .orShould()
        .accessField(System.class, "err")
        .orShould()
        .callMethod(Throwable.class, "printStackTrace")
        .check(CODE);
  }

  @Test
  void theLibraryKnowsNoCommandLine() {
    noClasses()
        .that()
        .resideOutsideOfPackage("stops.cli..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("stops.cli..", "org.apache.commons.cli..")
        .check(CODE);
  }

  @Test
  void packagesDependInOneDirection() {
    slices().matching("stops.(**)").should().beFreeOfCycles().check(CODE);
  }

  /** What sets something for all of a program that uses the library. */
  private static final Map<Class<?>, Set<String>> PROCESS_WIDE =
      Map.of(
          System.class,
          Set.of(
              "setProperty", "setProperties", "clearProperty", "setIn", "setOut", "setErr", "exit"),
          Runtime.class,
          Set.of("exit", "halt", "addShutdownHook"),
          Locale.class,
          Set.of("setDefault"),
          TimeZone.class,
          Set.of("setDefault"),
          Thread.class,
          Set.of("setDefaultUncaughtExceptionHandler", "setContextClassLoader"),
          ImageIO.class,
          Set.of("setUseCache", "setCacheDirectory", "scanForPlugins"),
          ServiceRegistry.class,
          Set.of("registerServiceProvider", "deregisterServiceProvider", "setOrdering"),
          Security.class,
          Set.of("setProperty", "addProvider", "insertProviderAt", "removeProvider"),
          Authenticator.class,
          Set.of("setDefault"));

  @Test
  void theLibraryChangesNothingThatBelongsToTheWholeProcess() {
    noClasses()
        .that()
        .resideOutsideOfPackage("stops.cli..")
        .and(
            DescribedPredicate.describe(
                "are not those that end a child, remove an unfinished file, or act at the end of a"
                    + " process of Stops' own",
                type ->
                    !type.getName().equals("stops.opencl.trial.DeviceProbe")
                        && !type.getName().startsWith("stops.opencl.trial.UseMarks")
                        && !type.getName().equals("stops.image.TemporaryFile")))
        .should()
        .callMethodWhere(
            DescribedPredicate.describe(
                "it changes the process",
                (JavaMethodCall call) ->
                    PROCESS_WIDE.entrySet().stream()
                        .anyMatch(entry ->
                            call.getTargetOwner().isAssignableTo(entry.getKey())
                                && entry.getValue().contains(call.getTarget().getName()))))
        .check(CODE);
  }

  @Test
  void functionsThatAreNotJavaAreCalledInFewPlaces() {
    noClasses()
        .that()
        .resideOutsideOfPackages("stops.cli..", "stops.opencl.api")
        .and()
        .doNotHaveFullyQualifiedName("stops.opencl.trial.DriverSet")
        .and()
        .haveNameNotMatching("stops\\.image\\.ExtendedAttributes.*")
        .and()
        .haveNameNotMatching("stops\\.engine\\.pool\\.OpenArenas.*")
        .should()
        .dependOnClassesThat()
        .areAssignableTo(Linker.class)
        .check(CODE);
  }
}
