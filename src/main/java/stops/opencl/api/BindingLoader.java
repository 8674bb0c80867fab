package stops.opencl.api;

import static java.lang.constant.ConstantDescs.CD_String;
import static java.lang.constant.ConstantDescs.CD_void;

import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.MethodModel;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.invoke.MethodHandles;
import java.nio.file.Path;
import org.jocl.NativePointerObject;

/**
 * Has the OpenCL binding load its native library from a file of our choice. The binding looks in
 * {@code java.library.path}, which is fixed when Java starts, and in {@code java.io.tmpdir}, which
 * belongs to all of the program. So its class that looks there is defined here, before the binding
 * first needs it, with another body for its one method that loads a library. Nothing outside of the
 * binding changes.
 */
final class BindingLoader {
  private static final String LOADER = "LibUtils";

  private BindingLoader() {}

  /**
   * To be called before the binding is used. Does nothing where the program uses the binding by
   * itself, since then it has loaded its library already.
   */
  static void loadFrom(Path library) throws IOException {
    try {
      Class<?> unused =
          MethodHandles.privateLookupIn(NativePointerObject.class, MethodHandles.lookup())
              .defineClass(loading(library));
    } catch (IllegalAccessException e) {
      throw new LinkageError("the OpenCL binding is closed to Stops", e);
    } catch (LinkageError e) {
      // The class is there already.
    }
  }

  /** The binding's class, but that it loads {@code library} whatever it is asked for. */
  private static byte[] loading(Path library) throws IOException {
    try (InputStream original = NativePointerObject.class.getResourceAsStream(LOADER + ".class")) {
      if (original == null) {
        throw new IOException("the OpenCL binding has no class " + LOADER);
      }
      ClassModel model = ClassFile.of().parse(original.readAllBytes());
      return ClassFile.of().transformClass(model, changing(library));
    }
  }

  private static ClassTransform changing(Path library) {
    return (builder, element) -> {
      if (element instanceof MethodModel method
          && method.methodName().equalsString("loadLibrary")) {
        builder.withMethodBody(
            method.methodName(),
            method.methodType(),
            method.flags().flagsMask(),
            code ->
                code.loadConstant(library.toString())
                    .invokestatic(
                        ClassDesc.of("java.lang.System"),
                        "load",
                        MethodTypeDesc.of(CD_void, CD_String))
                    .return_());
      } else {
        builder.with(element);
      }
    };
  }
}
