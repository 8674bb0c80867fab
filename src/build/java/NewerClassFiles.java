import java.io.IOException;
import java.io.OutputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFile.ClassHierarchyResolverOption;
import java.lang.classfile.ClassFile.StackMapsOption;
import java.lang.classfile.ClassFileVersion;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.MethodModel;
import java.lang.classfile.MethodTransform;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Enumeration;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;

/**
 * Brings old class files in jars to a version that Java can keep ready in its start cache: it
 * leaves out those from before Java 6, which have no stack maps and are verified at every start
 * instead.
 *
 * <p>Usage: {@code java NewerClassFiles.java JAR ...}. Jars with no old classes stay as they are.
 */
final class NewerClassFiles {
  /** The first version whose classes have stack maps: Java 6. */
  private static final int LEAST_VERSION = ClassFile.JAVA_6_VERSION;

  /** The version they are given: one of which nothing but the stack maps is different. */
  private static final int NEW_VERSION = ClassFile.JAVA_8_VERSION;

  private NewerClassFiles() {}

  public static void main(String[] jars) throws IOException {
    for (String jar : jars) {
      renew(Path.of(jar));
    }
  }

  private static void renew(Path jar) throws IOException {
    Path renewed = jar.resolveSibling(jar.getFileName() + ".new");
    int old = 0;
    try (JarFile in = new JarFile(jar.toFile());
        URLClassLoader classes = new URLClassLoader(new URL[] {jar.toUri().toURL()})) {
      ClassFile classFile =
          ClassFile.of(
              StackMapsOption.GENERATE_STACK_MAPS,
              ClassHierarchyResolverOption.of(ClassHierarchyResolver.ofResourceParsing(classes)));
      try (OutputStream file = Files.newOutputStream(renewed);
          JarOutputStream out = new JarOutputStream(file)) {
        for (Enumeration<JarEntry> entries = in.entries(); entries.hasMoreElements(); ) {
          JarEntry entry = entries.nextElement();
          byte[] bytes = in.getInputStream(entry).readAllBytes();
          if (entry.getName().endsWith(".class")) {
            ClassModel model = classFile.parse(bytes);
            if (model.majorVersion() < LEAST_VERSION) {
              old++;
              bytes = renew(classFile, model);
            }
          }
          JarEntry copy = new JarEntry(entry.getName());
          copy.setTime(entry.getTime());
          out.putNextEntry(copy);
          out.write(bytes);
        }
      }
    }
    if (old > 0) {
      Files.move(renewed, jar, StandardCopyOption.REPLACE_EXISTING);
    } else {
      Files.delete(renewed);
    }
  }

  /** Writes every method's code anew, and with it a stack map. */
  private static byte[] renew(ClassFile classFile, ClassModel old) {
    return classFile.transformClass(
        old,
        ClassTransform.ofStateful(() ->
            (to, element) -> {
              switch (element) {
                case ClassFileVersion version -> to.withVersion(NEW_VERSION, 0);
                case MethodModel method ->
                    to.transformMethod(
                        method, MethodTransform.transformingCode(CodeTransform.ACCEPT_ALL));
                default -> to.with(element);
              }
            }));
  }
}
