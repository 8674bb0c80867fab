package stops;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * The API of Stops: the root types, which programs call by name, and all types of Stops in their
 * signatures, transitively. The comment of an API type or of its package declares it as API.
 */
final class Api {
  static final List<String> ROOTS =
      List.of(
          "stops.Stops",
          "stops.Report",
          "stops.UndefinedExposure",
          "stops.ev.ExposureSettings",
          "stops.exr.ExrReader",
          "stops.exr.ExrWriter",
          "stops.exr.ExrHeader");

  private static final Path SOURCES = Path.of("src", "main", "java");
  private static final Pattern API = Pattern.compile("^ \\* <p>API: ", Pattern.MULTILINE);
  private static final Pattern INTERNAL = Pattern.compile("^ \\* <p>Internal: ", Pattern.MULTILINE);

  /** Each API type by name, with the element that mentions it. */
  private final Map<String, String> types = new TreeMap<>();

  private Api() {}

  /** Finds the API of {@code code}. */
  static Api of(JavaClasses code) {
    Api api = new Api();
    Deque<JavaClass> left = new ArrayDeque<>();
    for (String root : ROOTS) {
      api.types.put(root, "a root");
      left.add(code.get(root));
    }
    while (!left.isEmpty()) {
      JavaClass type = left.remove();
      api.mentionedBy(type)
          .forEach((mentioned, where) -> {
            if (api.types.putIfAbsent(mentioned.getName(), where) == null) {
              left.add(mentioned);
            }
          });
    }
    return api;
  }

  /** Each API type by name, including nested types, with the element that mentions it. */
  Map<String, String> types() {
    return types;
  }

  private Map<JavaClass, String> mentionedBy(JavaClass type) {
    Map<JavaClass, String> found = new java.util.LinkedHashMap<>();
    type.getRawSuperclass().ifPresent(parent -> add(found, parent, type.getName()));
    type.getSuperclass().ifPresent(parent -> add(found, parent, type.getName()));
    type.getInterfaces().forEach(parent -> add(found, parent, type.getName()));
    type.getTypeParameters()
        .forEach(parameter ->
            parameter.getUpperBounds().forEach(bound -> add(found, bound, type.getName())));
    type.getEnclosingClass().ifPresent(outer -> add(found, outer, type.getName()));
    for (JavaField field : type.getFields()) {
      if (isVisible(field.getModifiers())) {
        add(found, field.getType(), field.getFullName());
      }
    }
    for (JavaCodeUnit unit : type.getCodeUnits()) {
      if (isVisible(unit.getModifiers())) {
        String where = unit.getFullName();
        add(found, unit.getReturnType(), where);
        unit.getParameterTypes().forEach(parameter -> add(found, parameter, where));
        unit.getThrowsClause().getTypes().forEach(thrown -> add(found, thrown, where));
        unit.getTypeParameters()
            .forEach(
                parameter -> parameter.getUpperBounds().forEach(bound -> add(found, bound, where)));
      }
    }
    return found;
  }

  private static void add(Map<JavaClass, String> found, JavaType type, String where) {
    for (JavaClass involved : type.getAllInvolvedRawTypes()) {
      JavaClass element = involved.getBaseComponentType();
      if (element.getPackageName().equals("stops")
          || element.getPackageName().startsWith("stops.")) {
        found.putIfAbsent(element, where);
      }
    }
  }

  private static boolean isVisible(Set<JavaModifier> modifiers) {
    return (modifiers.contains(JavaModifier.PUBLIC) || modifiers.contains(JavaModifier.PROTECTED))
        && !modifiers.contains(JavaModifier.SYNTHETIC)
        && !modifiers.contains(JavaModifier.BRIDGE);
  }

  /** Whether the comment of a type or of its package declares it as API. */
  static boolean isDeclared(String type) {
    return packageIsApi(packageOf(type)) || typeIsApi(type);
  }

  /** Whether the comment of a package declares its public types as API. */
  static boolean packageIsApi(String name) {
    return API.matcher(comment(packageFile(name))).find();
  }

  /** Whether the comment of a package declares it as internal. */
  static boolean packageIsInternal(String name) {
    return INTERNAL.matcher(comment(packageFile(name))).find();
  }

  /** Whether the comment of a type, or of its top-level type, declares it as API. */
  static boolean typeIsApi(String type) {
    return API.matcher(comment(fileOf(type))).find();
  }

  /** The source file of a type. */
  static Path fileOf(String type) {
    return SOURCES.resolve(type.replaceFirst("\\$.*", "").replace('.', '/') + ".java");
  }

  private static Path packageFile(String name) {
    return SOURCES.resolve(name.replace('.', '/')).resolve("package-info.java");
  }

  private static String packageOf(String type) {
    return type.substring(0, type.lastIndexOf('.'));
  }

  /** The text of a file before its first declaration. */
  private static String comment(Path file) {
    try {
      String text = Files.readString(file);
      int begin = text.indexOf("\n/**");
      begin = text.startsWith("/**") ? 0 : begin;
      return begin < 0 ? "" : text.substring(begin, text.indexOf("*/", begin));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
