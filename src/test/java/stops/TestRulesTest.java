package stops;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * Tests pass on a busy machine, and only {@link Required} checks for programs and data that they
 * need.
 */
class TestRulesTest {
  private static final JavaClasses TESTS =
      new ClassFileImporter()
          .withImportOption(new ImportOption.OnlyIncludeTests())
          .withImportOption(location -> !location.contains("/jmh_generated/"))
          .importPackages("stops");

  private static final Set<String> CLOCKS = Set.of("nanoTime", "currentTimeMillis", "sleep");

  private static DescribedPredicate<JavaMethodCall> call(
      String what, java.util.function.Predicate<JavaMethodCall> matches) {
    return DescribedPredicate.describe(what, matches);
  }

  private static boolean is(JavaClass type, Class<?>... candidates) {
    return Set.of(candidates).stream().anyMatch(type::isEquivalentTo);
  }

  /** The soak is no test: it runs for as long as it is told. */
  @Test
  void onlyAwaitKnowsTheTime() {
    noClasses()
        .that(
            DescribedPredicate.describe(
                "are not Await",
                type ->
                    !type.isEquivalentTo(Await.class)
                        && !type.getPackageName().equals("stops.soak")))
        .should()
        .callMethodWhere(
            call(
                "the clock is read, or waiting ends with time",
                made ->
                    CLOCKS.contains(made.getTarget().getName())
                            && made.getTargetOwner().getPackageName().startsWith("java.")
                        || made.getTarget().getName().startsWith("assertTimeout")
                        || made.getTargetOwner().getPackageName().startsWith("java.")
                            && made.getTarget().getRawParameterTypes().stream()
                                .anyMatch(type -> is(type, TimeUnit.class))))
        .check(TESTS);
  }

  @Test
  void theOnlyLimitsOnTestsAreThoseForAllOfThem() {
    noClasses()
        .that()
        .doNotHaveFullyQualifiedName(Exhaustive.class.getName())
        .should()
        .dependOnClassesThat()
        .haveFullyQualifiedName("org.junit.jupiter.api.Timeout")
        .check(TESTS);
  }

  @Test
  void whatTestsNeedIsRequiredInOnePlace() {
    noClasses()
        .that()
        .doNotHaveFullyQualifiedName(Required.class.getName())
        .should()
        .dependOnClassesThat(
            DescribedPredicate.describe(
                "skip tests",
                type ->
                    type.getName().equals("org.junit.jupiter.api.Assumptions")
                        || type.getName().startsWith("org.opentest4j.TestAborted")
                        || type.getPackageName().equals("org.junit.jupiter.api.condition")
                        || type.getName().equals("org.junit.jupiter.api.Disabled")))
        .check(TESTS);
  }
}
